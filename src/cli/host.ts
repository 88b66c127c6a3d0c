/** Everything a command gets from the process: its streams, and the signal that ends it. */

import type { Command } from 'commander';
import type { Connection } from '../mux/index.js';
import type { Io } from './io.js';
import type { LineWriter } from './output/line-writer.js';

/** Loads a command; the names in the order of the program's help. */
export type CommandTable = Readonly<Record<string, () => Promise<(host: Host) => Command>>>;

export interface Host {
  /** The program's commands. */
  readonly commands: CommandTable;
  readonly io: Io;
  /** Machine output and tables; everything else is a `note`. */
  readonly out: LineWriter;
  /** Standard error, for what `note` and `complain` are too little. */
  readonly err: LineWriter;
  /** The connection that the lines of a session share; commands on a command line of their own have none. */
  readonly vpp?: Connection;
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
