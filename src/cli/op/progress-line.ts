/** How far an operation is: one line on a terminal that is written anew, and gone at the end. */

import { printableLine } from '../../printable.js';
import type { Io } from '../io.js';
import type { Progress } from './agent-client.js';

const ANEW = '\r\u001b[K';

export class ProgressLine {
  #shown = false;
  #last = '';

  constructor(private readonly io: Io) {}

  show({ done, total }: Progress): void {
    const share = total ? ` of ${total} (${Math.floor((100 * done) / total)} %)` : '';
    this.#last = printableLine(`${done}${share}`, 100);
    if (!this.io.stderr.isTTY) return;
    this.#shown = true;
    this.io.stderr.write(`${ANEW}vppmux: ${this.#last}`);
  }

  /** What was shown, or would have been on a terminal; empty where nothing was told. */
  get last(): string {
    return this.#last;
  }

  end(): void {
    if (this.#shown) this.io.stderr.write(ANEW);
    this.#shown = false;
  }
}
