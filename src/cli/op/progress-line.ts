/** Progress of an operation: one line on a terminal that is rewritten, and removed at the end. */

import { printableLine } from '../../printable.js';
import type { Io } from '../io.js';
import { cut } from '../output/display-width.js';
import { terminalWidth } from '../output/terminal-width.js';
import type { Progress } from './agent-client.js';

const ANEW = '\r\u001b[K';

export class ProgressLine {
  private shown = false;
  private lastLine = '';

  constructor(private readonly io: Io) {}

  show({ done, total }: Progress): void {
    const share = total ? ` of ${total} (${Math.floor((100 * done) / total)} %)` : '';
    this.lastLine = printableLine(`${done}${share}`, 100);
    if (!this.io.stderr.isTTY) return;
    this.shown = true;
    // The last column stays free: some terminals begin a new line behind it.
    const room = terminalWidth(this.io.stderr, this.io.env) - 1;
    this.io.stderr.write(ANEW + cut(`vppmux: ${this.lastLine}`, room));
  }

  /** The last progress shown, or that a terminal would have shown; empty where there was none. */
  get last(): string {
    return this.lastLine;
  }

  end(): void {
    if (this.shown) this.io.stderr.write(ANEW);
    this.shown = false;
  }
}
