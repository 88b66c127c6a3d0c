/** The certificate and the key of the server. */

import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { reasonOf } from '../../sdk/index.js';
import type { HttpConfig } from './config.js';
import { confMistake, readNamed, readNamedSecret } from './named-file.js';

/**
 * Reads what the server needs for TLS; undefined without a certificate. Throws when the files cannot be used, or others
 * can read the key.
 */
export function tlsOptions(config: HttpConfig, warn: (text: string) => void): SecureContextOptions | undefined {
  const { 'tls-cert': cert, 'tls-key': key } = config;
  if (cert === '' && key === '') return undefined;
  if (cert === '' || key === '') throw confMistake('tls-cert and tls-key belong together; one of them is not set');
  const files = { cert: readNamed('tls-cert', cert), key: readNamedSecret('tls-key', key, warn) };
  const options = { ...files, minVersion: 'TLSv1.2' } as const;
  try {
    createSecureContext(options);
  } catch (cause) {
    const why = `${reasonOf(cause)}; both must be PEM, the key without a passphrase and of that certificate`;
    throw confMistake(`TLS does not work with tls-cert ${cert} and tls-key ${key}: ${why}`, cause);
  }
  return options;
}
