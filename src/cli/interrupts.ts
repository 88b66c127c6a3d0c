/** Ctrl-C: the first shuts the command down cleanly, the second stops it immediately. */

import { EXIT } from './exit-codes.js';
import type { Io, Signal } from './io.js';

export interface Interrupts {
  /** Aborted at the first signal, with the signal's name as reason. */
  readonly signal: AbortSignal;
  /** The signal that came, if any. */
  readonly received: Signal | undefined;
  /** Stops listening for signals. */
  dispose(): void;
}

export function watchInterrupts(io: Io): Interrupts {
  const abort = new AbortController();
  let received: Signal | undefined;
  const dispose = io.onSignal((signal) => {
    if (received) io.exit(signal === 'SIGINT' ? EXIT.INTERRUPTED : EXIT.TERMINATED);
    received = signal;
    abort.abort(signal);
  });
  return {
    signal: abort.signal,
    get received() {
      return received;
    },
    dispose,
  };
}
