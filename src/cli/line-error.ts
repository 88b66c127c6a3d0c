/** A request of many that failed: which line of the input it was, and what became of the others. */

import { placeOf, quoted } from './fields/json-lines.js';

export class LineError extends Error {
  constructor(
    readonly given: { readonly line?: number; readonly text: string },
    /** The fate of the other lines. */
    readonly others: string,
    override readonly cause: unknown,
  ) {
    super(`${placeOf(given, 'stdin')} failed`);
  }

  get place(): string {
    return placeOf(this.given, 'stdin');
  }

  get quoted(): string {
    return quoted(this.given.text);
  }
}
