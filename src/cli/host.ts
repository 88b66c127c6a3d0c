/** Everything a command gets from the process: its streams, and the signal that ends it. */

import type { Io } from './io.js';
import type { LineWriter } from './output/line-writer.js';

export interface Host {
  readonly io: Io;
  /** Machine output and tables; everything else is a `note`. */
  readonly out: LineWriter;
  /** Aborted by the first Ctrl-C or SIGTERM, and when the reader of the output goes away. */
  readonly signal: AbortSignal;
  /**
   * Ends the command as soon as nobody reads its output any more, also while it has nothing to print. For commands that
   * only wait and show: one that changes something must not be cut off between its request and the reply.
   */
  endWithReader(): void;
  /** A line for the person, on stderr. */
  note(line: string): void;
  /** Lines for the person as they are, on stderr. */
  complain(text: string): void;
}
