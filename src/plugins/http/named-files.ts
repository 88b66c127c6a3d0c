/** Reads the files that http.conf names: tokens, a certificate, its key. Whatever is wrong with one is a mistake in http.conf. */

import { join } from 'node:path';
import { createSecureContext, type SecureContextOptions } from 'node:tls';
import { NAMED_BYTES, readRegularFile } from '../../regular-file.js';
import { AgentError, readSecretFile, reasonOf } from '../../sdk/index.js';

/** Name of a credential, which must not be a path; `.` and `..` lead elsewhere. */
const CREDENTIAL = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,255}$/;

/**
 * The path that `source` of the key `key` means: `credential:NAME` is a file of the folder that systemd makes for
 * `LoadCredential=`; `file:PATH` and PATH are that path. Throws `confMistake`.
 */
export function pathOf(key: string, source: string): string {
  const [, kind, place = ''] = /^(file|credential):(.*)$/s.exec(source) ?? [];
  if (kind !== 'credential') return kind === 'file' ? place : source;
  if (!CREDENTIAL.test(place))
    throw confMistake(`${key}: credential:NAME takes a name, not a path; file:PATH takes one`);
  const folder = process.env.CREDENTIALS_DIRECTORY;
  if (folder) return join(folder, place);
  throw confMistake(
    `${key}: there is no credential ${place}: CREDENTIALS_DIRECTORY is not set, as systemd sets it for a unit with LoadCredential=${place}:/etc/vppmux/secrets/${place}`,
  );
}

/** The content of the file that `key` names. Throws `confMistake`. */
export function readNamed(key: string, source: string): Buffer {
  return read(key, pathOf(key, source), (path) => readRegularFile(path, { max: NAMED_BYTES }));
}

/** The content of a file that others must not be able to read. Warns of one that another user owns. */
export function readNamedSecret(key: string, source: string, warn: (text: string) => void): Buffer {
  return read(key, pathOf(key, source), (path) => readSecretFile(path, (text) => warn(`${key}: ${text}`)));
}

function read(key: string, path: string, readPath: (path: string) => Buffer): Buffer {
  try {
    return readPath(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
    throw confMistake(`${key}: cannot read ${path}: ${HINTS[code] ?? reasonOf(cause)}`, cause);
  }
}

/** An error with a code, so that the log shows no stack, which would be one of ours. */
export const confMistake = (text: string, cause?: unknown) =>
  new AgentError('CONFIG_INVALID', text, { plugin: 'http', cause });

const HINTS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file (a relative path begins in the directory the agent was started in)',
  EACCES: `no permission for user ${process.getuid?.() ?? ''}; let its group read it (chgrp, chmod 640)`,
  EISDIR: 'it is a folder; name the file in it',
};

/**
 * Reads what the server needs for TLS; undefined without a certificate. Throws when the files cannot be used, or others
 * can read the key.
 */
export function tlsOptions(
  config: { readonly 'tls-cert': string; readonly 'tls-key': string },
  warn: (text: string) => void,
): SecureContextOptions | undefined {
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
