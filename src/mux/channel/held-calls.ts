/** Calls of one channel that wait before they have an exchange: for the gate, for VPP's state, for a registration. */

import { onAbort } from '../../abort.js';
import { EFFECT, type Outcome, TimeoutError, VppmuxError } from '../errors.js';
import type { RequestOptions } from '../types.js';

/** Facts of a call that is given up while it waits. */
export interface Waiting extends Pick<RequestOptions, 'timeoutMs' | 'signal'> {
  readonly messageName: string;
  readonly channel: number;
  readonly outcome: Outcome;
}

export class HeldCalls {
  private readonly ends = new Map<(error: Error) => void, Waiting>();

  /** Settles as `work` does, or rejects before it when the channel is closed, at the signal, or when the time is over. */
  wait<T>(work: Promise<T>, waiting: Waiting): Promise<T> {
    const { signal, timeoutMs, ...fields } = waiting;
    const subject = `${fields.messageName} (channel ${fields.channel})`;
    return new Promise((resolve, reject) => {
      const givenUp = () =>
        reject(
          new VppmuxError(
            'ABORTED',
            `${subject} was given up by the caller; ${EFFECT[fields.outcome]}`,
            fields,
            signal?.reason,
          ),
        );
      const late = () => {
        const text = `no answer to ${subject} within ${timeoutMs} ms; ${EFFECT[fields.outcome]}`;
        reject(new TimeoutError('REPLY_TIMEOUT', text, { ...fields, afterMs: timeoutMs }));
      };
      const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
      timer?.unref();
      const forgetSignal = signal && !signal.aborted ? onAbort(signal, givenUp) : undefined;
      this.ends.set(reject, waiting);
      if (signal?.aborted) givenUp();
      work.then(resolve, reject).finally(() => {
        clearTimeout(timer);
        forgetSignal?.();
        this.ends.delete(reject);
      });
    });
  }

  end(why: (waiting: Waiting) => Error): void {
    for (const [reject, waiting] of this.ends) reject(why(waiting));
    this.ends.clear();
  }
}
