/** The certificate and the key of the server. */

import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { reasonOf } from '../../agent/errors.js';
import type { HttpConfig } from './config.js';
import { confMistake, readNamed } from './named-file.js';

/** What the server needs for TLS; undefined without a certificate. Throws when the files cannot be used. */
export function tlsOptions(config: HttpConfig): SecureContextOptions | undefined {
  const { 'tls-cert': cert, 'tls-key': key } = config;
  if (cert === '' && key === '') return undefined;
  if (cert === '' || key === '') throw confMistake('tls-cert and tls-key belong together; one of them is not set');
  const options = { cert: readNamed('tls-cert', cert), key: readNamed('tls-key', key), minVersion: 'TLSv1.2' } as const;
  try {
    createSecureContext(options);
  } catch (cause) {
    const why = `${reasonOf(cause)}; both must be PEM, the key without a passphrase and of that certificate`;
    throw confMistake(`TLS does not work with tls-cert ${cert} and tls-key ${key}: ${why}`, cause);
  }
  return options;
}
