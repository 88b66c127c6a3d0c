/** Finds secrets in clear text in a configuration file that others can read, or that a commit would publish. */

import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { isMarkedSecret, wrapped } from '../../zod-insides.js';

/** Values that point to a secret elsewhere. */
const ELSEWHERE = /^(file|credential|env):./;

/**
 * The top-level keys of `value` that `schema` marks with `.meta({ secret: true })` and that hold the secret itself, and
 * the reason why `file` is not safe for one. Undefined where it is safe.
 */
export function clearSecrets(
  schema: z.ZodType,
  value: Readonly<Record<string, unknown>>,
  file: string,
): { readonly keys: readonly string[]; readonly why: string } | undefined {
  if (!(schema instanceof z.ZodObject)) return undefined;
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  const keys = Object.entries(value).flatMap(([key, text]) => {
    const isClear = typeof text === 'string' && text !== '' && !ELSEWHERE.test(text);
    return isClear && Object.hasOwn(shape, key) && isSecret(shape[key]) ? [key] : [];
  });
  if (keys.length === 0) return undefined;
  const why = whyOpen(file);
  return why === undefined ? undefined : { keys, why };
}

/** Looks behind `.default()`, `.optional()` and similar wrappers, too. */
function isSecret(schema: z.core.$ZodType): boolean {
  const inner = wrapped(schema);
  return isMarkedSecret(schema) || (inner !== undefined && isSecret(inner));
}

/** The reason why others get at the file. Undefined for a safe one, and for one that cannot be examined (a pipe). */
function whyOpen(file: string): string | undefined {
  try {
    const path = realpathSync(file);
    if ((statSync(path).mode & 0o004) !== 0) return `every user of this machine can read this file (chmod 640 ${file})`;
    return isInGitTree(path) ? 'this file lies in a git working tree, where a commit would publish it' : undefined;
  } catch {
    return undefined;
  }
}

/** Whether `path` lies in a git working tree: one of the folders above it has a `.git`. */
export function isInGitTree(path: string): boolean {
  const folder = dirname(path);
  if (folder === path) return false;
  return existsSync(join(folder, '.git')) || isInGitTree(folder);
}
