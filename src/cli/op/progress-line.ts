/** How far an operation is: one line on a terminal that is written anew, and gone at the end. */

import type { Io } from '../io.js';
import type { Progress } from './agent-client.js';

const ANEW = '\r\u001b[K';

export class ProgressLine {
  #shown = false;

  constructor(private readonly io: Io) {}

  show({ done, total }: Progress): void {
    if (!this.io.stderr.isTTY) return;
    this.#shown = true;
    const share = total ? ` of ${total} (${Math.floor((100 * done) / total)} %)` : '';
    this.io.stderr.write(`${ANEW}vppmux: ${done}${share}`);
  }

  end(): void {
    if (this.#shown) this.io.stderr.write(ANEW);
    this.#shown = false;
  }
}
