/** The reader of a large text: a thread of its own, else in one go. */

import { FormHere } from './form-here.js';
import type { FormReader } from './form-reader.js';
import { FormThread, type FormThreadOptions } from './form-thread.js';

/** A program may be without the permission for threads (`--permission`), and a system without room for one more. */
export function readerOf(options: FormThreadOptions): FormReader {
  try {
    return new FormThread(options);
  } catch {
    return new FormHere(options.text, options.kinds);
  }
}
