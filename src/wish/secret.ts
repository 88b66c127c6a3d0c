/**
 * Keys and passwords. A wish names the file, or the environment variable of the agent, that has one; the secret itself is read when a
 * message that needs it is sent, and is in no plan and no value of an object.
 */

import { timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';
import { z } from 'zod';
import { readRegularFile } from '../regular-file.js';
import { reasonOf } from '../thrown.js';

/** A secret in the place of its source is not repeated in the error. */
const isMapping = (value: unknown) => typeof value === 'object' && value !== null;

/** `{ file: /etc/vpp/wg0.key }` or `{ env: WG0_KEY }` */
export const secret = z
  .unknown()
  .refine(isMapping, 'must say where it is: { file: PATH } or { env: NAME }')
  .pipe(
    z
      .strictObject({
        file: z.string().regex(/^\//, 'must be an absolute path').optional(),
        env: z
          .string()
          .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable')
          .optional(),
      })
      .refine(({ file, env }) => (file === undefined) !== (env === undefined), 'needs a file or an env, and not both'),
  );

export type SecretSource = z.output<typeof secret>;

/** Bytes of a file at most. */
const MOST_BYTES = 64 * 1024;
const PRINTABLE = /^[\x20-\x7e]+$/;

/** Shown in its place. */
export const HIDDEN = '(secret)';

/** The secret, without blanks around it. Throws, without the secret, where it cannot be read or is empty. */
export function readSecret({ file, env }: SecretSource): string {
  const text = (file === undefined ? process.env[env as string] : read(file))?.trim();
  const place = file ?? `the environment variable ${env}`;
  if (text === undefined || text === '') throw new Error(`${place} has no secret in it`);
  if (!PRINTABLE.test(text)) throw new Error(`the secret in ${place} is not one line of printable characters`);
  return text;
}

function read(file: string): string {
  try {
    return readRegularFile(file, { max: MOST_BYTES }).toString('utf8');
  } catch (error) {
    throw new Error(`the secret in ${file} cannot be read: ${reasonOf(error)}`);
  }
}

/** A secret that VPP has told, for comparison only: shown as `(secret)`, whichever way it is written. */
export class HiddenBytes {
  constructor(private readonly bytes: Uint8Array) {}

  equals(other: Uint8Array): boolean {
    return this.bytes.length === other.length && timingSafeEqual(this.bytes, other);
  }

  toJSON(): string {
    return HIDDEN;
  }

  [inspect.custom](): string {
    return HIDDEN;
  }
}
