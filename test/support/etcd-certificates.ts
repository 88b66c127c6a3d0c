/** Certificates that openssl makes for a test of etcd: of its CA, and of another one. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EtcdTls } from './etcd.js';

export interface EtcdCertificates {
  readonly server: EtcdTls;
  /** Makes that of a client with this common name. */
  client(name: string): EtcdTls;
  /** Signed by a CA that etcd does not know. */
  stranger(name: string): EtcdTls;
  remove(): void;
}

export function makeCertificates(): EtcdCertificates {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-etcd-tls-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const newKey = (name: string) => [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-keyout',
    at(`${name}.key`),
  ];

  const authority = (name: string) => {
    openssl('req', '-x509', ...newKey(name), '-out', at(`${name}.pem`), '-subj', `/CN=${name}`, '-days', '2');
    return name;
  };
  const signed = (ca: string, file: string, subject: string, usage: string): EtcdTls => {
    writeFileSync(at(`${file}.ext`), `subjectAltName=IP:127.0.0.1,DNS:etcd.test\nextendedKeyUsage=${usage}\n`);
    openssl('req', ...newKey(file), '-out', at(`${file}.csr`), '-subj', subject);
    openssl(
      ...[
        'x509',
        '-req',
        '-in',
        at(`${file}.csr`),
        '-CA',
        at(`${ca}.pem`),
        '-CAkey',
        at(`${ca}.key`),
        '-CAcreateserial',
      ],
      ...['-out', at(`${file}.pem`), '-days', '2', '-extfile', at(`${file}.ext`)],
    );
    return { ca: at(`${authorities.own}.pem`), cert: at(`${file}.pem`), key: at(`${file}.key`) };
  };
  const authorities = { own: authority('ca'), other: authority('other-ca') };
  return {
    server: signed(authorities.own, 'server', '/O=etcd', 'serverAuth,clientAuth'),
    client: (name) => signed(authorities.own, name, `/CN=${name}`, 'clientAuth'),
    stranger: (name) => signed(authorities.other, `${name}-stranger`, `/CN=${name}`, 'clientAuth'),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
