/** Reads the files of TLS anew for each attempt to connect: certificates are renewed while the program runs. */

import { readFile } from 'node:fs/promises';
import { reasonOf } from '../../thrown.js';
import { etcdError } from '../errors.js';
import type { EtcdSettings } from '../options.js';

export interface TlsMaterial {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
}

/** @throws EtcdError ETCD_TLS, naming the file. */
export async function readTlsFiles(tls: EtcdSettings['tls']): Promise<TlsMaterial> {
  const read = async (name: 'ca' | 'cert' | 'key') => {
    const path = tls?.[name];
    if (path === undefined) return {};
    try {
      return { [name]: await readFile(path) };
    } catch (error) {
      throw etcdError('ETCD_TLS', `tls.${name} cannot be read: ${reasonOf(error)}`, { outcome: 'not-sent' }, error);
    }
  };
  const [ca, cert, key] = await Promise.all([read('ca'), read('cert'), read('key')]);
  return { ...ca, ...cert, ...key };
}
