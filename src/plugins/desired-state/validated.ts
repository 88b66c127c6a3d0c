/** Validates wishes with the kinds in use, without holding the event loop. */

import { fault, isFault, reasonOf } from '../../sdk/index.js';
import { type Verdict, validateWishAsync, type Wish } from '../../wish/index.js';
import type { KindsInUse } from './kinds-in-use.js';

export interface ValidationOptions {
  readonly kinds: KindsInUse;
  /** Ends it: it rejects with the reason. */
  readonly signal: AbortSignal;
  /** Default `the wish`. */
  readonly what?: string;
}

/** Rejects with EIO where it cannot be read, whatever its text. */
export async function verdictOn(
  text: string,
  { kinds, signal, what = 'the wish' }: ValidationOptions,
): Promise<Verdict> {
  try {
    return await validateWishAsync(text, { kinds: kinds.list, signal });
  } catch (error) {
    if (signal.aborted || isFault(error)) throw error;
    throw fault('EIO', `${what} cannot be read: ${reasonOf(error)}`);
  }
}

/** Rejects with EINVAL and the first mistakes, and as `verdictOn`. */
export async function validWish(text: string, options: ValidationOptions): Promise<Wish> {
  const { wish, errors } = await verdictOn(text, options);
  if (errors.length === 0 && wish !== undefined) return wish;
  const { what = 'the wish' } = options;
  const shown = errors.slice(0, SHOWN).map(({ place, message }) => `line ${place.line}: ${message}`);
  const more = errors.length > SHOWN ? `; and ${errors.length - SHOWN} more` : '';
  throw fault('EINVAL', `${what} has mistakes: ${shown.join('; ')}${more}`, { path: 'text' });
}

/** Mistakes in the text of an error. */
const SHOWN = 5;
