/** The certificate and the key of the server. */

import { readFileSync } from 'node:fs';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { reasonOf } from '../../agent/errors.js';
import type { HttpConfig } from './config.js';

/** What the server needs for TLS; undefined without a certificate. Throws when the files cannot be used. */
export function tlsOptions(config: HttpConfig): SecureContextOptions | undefined {
  const { 'tls-cert': cert, 'tls-key': key } = config;
  if (cert === '' && key === '') return undefined;
  if (cert === '' || key === '') throw new Error('tls-cert and tls-key belong together; one of them is not set');
  const options = { cert: read('tls-cert', cert), key: read('tls-key', key), minVersion: 'TLSv1.2' } as const;
  try {
    createSecureContext(options);
  } catch (cause) {
    const why = `${reasonOf(cause)}; both must be PEM, the key without a passphrase and of that certificate`;
    throw new Error(`TLS does not work with tls-cert ${cert} and tls-key ${key}: ${why}`, { cause });
  }
  return options;
}

function read(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw new Error(`${name}: cannot read ${file}: ${HINTS[code] ?? reasonOf(cause)}`, { cause });
  }
}

const HINTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file (a relative path begins in the directory the agent was started in)',
  EACCES: `no permission for user ${process.getuid?.() ?? ''}; let its group read it (chgrp, chmod 640)`,
  EISDIR: 'it is a folder; name the PEM file in it',
};
