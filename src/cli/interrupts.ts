/** Ctrl-C: the first asks the command to end in order, the second ends it at once. */

import { EXIT } from './exit-codes.js';
import type { Io, Signal } from './io.js';

export interface Interrupts {
  /** Aborted at the first signal, with the signal's name as reason. */
  readonly signal: AbortSignal;
  /** The signal that came, if any. */
  readonly received: Signal | undefined;
  /** From here on signals are somebody else's. */
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
