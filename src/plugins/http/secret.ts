/**
 * Tokens: where they are written, and how one that was sent is compared with them. Their text is kept nowhere, only
 * its hash; and hashes are of one length, so that comparing them takes the same time whatever was sent.
 */

import { createHash, timingSafeEqual } from 'node:crypto';
import { statSync } from 'node:fs';
import { z } from 'zod';
import { confMistake, readNamed } from './named-file.js';

/** What `Authorization: Bearer` may carry (RFC 6750), long enough not to be guessed. A colon is never in it. */
const TOKEN = /^[A-Za-z0-9._~+/-]{16,}=*$/;
const FORMS =
  'must be file:PATH, env:NAME, or a token of at least 16 letters, digits and . _ ~ + / - (openssl rand -hex 32)';

/** Of http.conf: a token, or where it is. Empty: none. */
export const tokenSource = z
  .string()
  .refine((text) => text === '' || /^(file|env):./.test(text) || TOKEN.test(text), FORMS)
  .default('');

/** What is kept of a token. */
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
 * Finds the token that `source` of the key `key` means; undefined when there is none. `warn` is told of a file that
 * others can read. Throws when it is not where it should be, or is no token.
 */
export function findToken(key: string, source: string, warn: (text: string) => void): string | undefined {
  if (source === '') return undefined;
  const [, kind, place = ''] = /^(file|env):(.*)$/.exec(source) ?? [];
  if (kind === undefined) return source;
  const token = kind === 'file' ? readToken(key, place, warn) : process.env[place]?.trim();
  if (!token)
    throw confMistake(
      `${key}: ${kind === 'file' ? 'the file' : 'the environment variable'} ${place} is empty or not there`,
    );
  if (!TOKEN.test(token))
    throw confMistake(`${key}: what is in ${place} is no token; ${FORMS.replace('file:PATH, env:NAME, or ', '')}`);
  return token;
}

function readToken(key: string, file: string, warn: (text: string) => void): string {
  const token = readNamed(key, file).toString().trim();
  if ((statSync(file).mode & 0o004) !== 0)
    warn(`${key}: everybody on this machine can read ${file}; chmod 640 ${file}`);
  return token;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();
