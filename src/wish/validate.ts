/**
 * Says whether a wish is one: first its form, then whether its parts fit each other. No VPP is asked.
 *
 * A large wish takes seconds. `validateWishAsync` holds the event loop for a few milliseconds at a time: the text is read by a thread of its
 * own, since the YAML library cannot be interrupted, and the rest is done in slices.
 */

import { Sequence } from '../sequence.js';
import { inOneGo, Slices } from '../slices.js';
import { type LocatedProblem, readForm } from './form.js';
import { judge } from './judge.js';
import { builtInKinds } from './kinds/index.js';
import type { Kind } from './kinds/kind.js';
import { formsOf } from './sections.js';
import { FormHere } from './thread/form-here.js';
import type { FormReader } from './thread/form-reader.js';
import { readerOf } from './thread/reader-of.js';
import { threadFor } from './thread/thread-for.js';
import type { Wish } from './wish.js';

export interface Verdict {
  readonly valid: boolean;
  /** In the order of the checks: a wish that does not have its form is not checked further. */
  readonly errors: readonly LocatedProblem[];
  /** Likely mistakes, which vppcfg does not refuse. */
  readonly warnings: readonly LocatedProblem[];
  /** The wish; undefined where it does not have its form. */
  readonly wish: Wish | undefined;
}

export interface ValidateOptions {
  /** Kinds of objects, which read `x-vppmux`. Default: those of vppmux. */
  readonly kinds?: readonly Kind[];
}

export interface ValidateAsyncOptions extends ValidateOptions {
  /** Ends it: it rejects with the reason. */
  readonly signal?: AbortSignal;
}

/** Validates in one go, for programs that serve nobody meanwhile. */
export function validateWish(text: string, { kinds = builtInKinds }: ValidateOptions = {}): Verdict {
  const { form, placeOf } = readForm(text, formsOf(kinds));
  const { problems, wish } = inOneGo(judge(form, kinds));
  const errors = problems.map(({ path, message, place }) => ({ path, message, place: place ?? placeOf(path) }));
  return { valid: errors.length === 0, errors, warnings: form.warnings, wish };
}

/** The same verdict, without holding the event loop. Rejects where the thread ends before it has read the text, and when it is aborted. */
export async function validateWishAsync(text: string, options: ValidateAsyncOptions = {}): Promise<Verdict> {
  const { kinds = builtInKinds, signal } = options;
  signal?.throwIfAborted();
  const file = threadFor(text);
  if (file === undefined) return validateWith(new FormHere(text, kinds), kinds, signal);
  return threads.take(() => validateWith(readerOf({ text, kinds, signal, file }), kinds, signal), signal);
}

/** One at a time in the process: each takes a hundred times the memory of its text. */
const threads = new Sequence();

/** Ends the reader, whatever becomes of it. */
export async function validateWith(reader: FormReader, kinds: readonly Kind[], signal?: AbortSignal): Promise<Verdict> {
  try {
    const form = await reader.form();
    const { problems, wish } = await new Slices().take(judge(form, kinds), signal);
    const missing = problems.flatMap(({ path, place }) => (place === undefined ? [path] : []));
    const places = missing.length === 0 ? [] : await reader.places(missing);
    let next = 0;
    const errors = problems.map(({ path, message, place }) => ({ path, message, place: place ?? places[next++] }));
    return { valid: errors.length === 0, errors, warnings: form.warnings, wish };
  } finally {
    await reader.end();
  }
}
