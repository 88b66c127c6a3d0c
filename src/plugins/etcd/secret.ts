// biome-ignore-all lint/plugin: an object with a secret in it may be logged

/** The password and the files that etcd.conf names. Whatever is wrong with one is a mistake in etcd.conf. */

import { join } from 'node:path';
import { AgentError, readSecretFile, reasonOf, z } from '../../sdk/index.js';

export const secretSource = z
  .string()
  .refine(
    (text) => !/^(file|credential|env):$/.test(text),
    'must be file:PATH, credential:NAME, env:NAME, or the secret',
  )
  .meta({ secret: true })
  .default('');

/** Name of a credential, which must not be a path. */
const CREDENTIAL = /^(?!\.{1,2}$)[A-Za-z0-9._-]{1,255}$/;

/** The path that `source` of the key `key` means. Throws `confMistake`. */
export function pathOf(key: string, source: string): string {
  const [, kind, place = ''] = /^(file|credential):(.*)$/s.exec(source) ?? [];
  if (kind !== 'credential') return kind === 'file' ? place : source;
  if (!CREDENTIAL.test(place)) throw confMistake(`${key}: credential:NAME takes a name; file:PATH takes a path`);
  const folder = process.env.CREDENTIALS_DIRECTORY;
  if (folder) return join(folder, place);
  throw confMistake(
    `${key}: there is no credential ${place}: CREDENTIALS_DIRECTORY is not set, as systemd sets it for a unit with LoadCredential=${place}:/etc/vppmux/secrets/${place}`,
  );
}

/** Checks a file that others must not be able to read, and gives its path. Warns of one that another user owns. */
export function secretPath(key: string, source: string, warn: (text: string) => void): string {
  const path = pathOf(key, source);
  contentOf(key, path, warn);
  return path;
}

/** The secret that `source` means; undefined where there is none. */
export function findSecret(key: string, source: string, warn: (text: string) => void): string | undefined {
  if (source === '') return undefined;
  const [, kind, name = ''] = /^(file|credential|env):(.*)$/s.exec(source) ?? [];
  if (kind === undefined) return source;
  const place = kind === 'env' ? `the environment variable ${name}` : `the file ${pathOf(key, source)}`;
  const secret = kind === 'env' ? process.env[name] : contentOf(key, pathOf(key, source), warn);
  const text = secret?.trim();
  if (!text) throw confMistake(`${key}: ${place} is empty${kind === 'env' ? ' or not set' : ''}`);
  return text;
}

function contentOf(key: string, path: string, warn: (text: string) => void): string {
  try {
    return readSecretFile(path, (text) => warn(`${key}: ${text}`)).toString();
  } catch (cause) {
    throw confMistake(`${key}: cannot read ${path}: ${reasonOf(cause)}`, cause);
  }
}

/** An error with a code, so that the log shows no stack, which would be one of ours. */
export const confMistake = (text: string, cause?: unknown) =>
  new AgentError('CONFIG_INVALID', text, { plugin: 'etcd', cause });
