// biome-ignore-all lint/plugin: an object with a secret in it may be logged

/**
 * Tokens: where they are found, and how one that was sent is compared with them. Only their hashes are kept; and hashes have one
 * length, so that comparing takes the same time whatever was sent.
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { confMistake, pathOf, readNamedSecret } from './named-files.js';

/** A token that `Authorization: Bearer` can carry (RFC 6750), long enough not to be guessed. It has no colon. */
const TOKEN = /^[A-Za-z0-9._~+/-]{16,}=*$/;
const TOKEN_FORM = 'a token of at least 16 letters, digits and . _ ~ + / - (openssl rand -hex 32)';

/** A value of http.conf: a token, or its place. Empty: none. */
export const tokenSource = z
  .string()
  .refine(
    (text) => text === '' || /^(file|credential|env):./.test(text) || TOKEN.test(text),
    `must be file:PATH, credential:NAME, env:NAME, or ${TOKEN_FORM}`,
  )
  .meta({ secret: true })
  .default('');

/** The hash of a token. */
export class Secret {
  readonly #hash: Buffer;

  constructor(token: string) {
    this.#hash = sha256(token);
  }

  equals(token: string): boolean {
    return timingSafeEqual(this.#hash, sha256(token));
  }
}

/**
 * Finds the token that `source` of the key `key` means; undefined when there is none. Warns of a file that another
 * user owns. Throws when it is not where it should be, can be read by others, or is no token.
 */
export function findToken(key: string, source: string, warn: (text: string) => void): string | undefined {
  if (source === '') return undefined;
  const [, kind, name = ''] = /^(file|credential|env):(.*)$/s.exec(source) ?? [];
  if (kind === undefined) return source;
  const place = kind === 'env' ? `the environment variable ${name}` : `the file ${pathOf(key, source)}`;
  const token = kind === 'env' ? process.env[name]?.trim() : readNamedSecret(key, source, warn).toString().trim();
  if (!token) throw confMistake(`${key}: ${place} is empty${kind === 'env' ? ' or not set' : ''}`);
  if (!TOKEN.test(token)) throw confMistake(`${key}: there is no token in ${place}; it must be ${TOKEN_FORM}`);
  return token;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();
