/**
 * Lets a request wait before it is sent: until the other VPP serves, when that is about to, and while the request is
 * suspected of crashing VPP (poison.ts).
 */

import { onAbort } from '../../abort.js';
import { debug } from '../../debug.js';
import type { Gate } from '../channel/host.js';
import { TimeoutError, VppmuxError } from '../errors.js';
import type { RequestOptions } from '../types.js';
import type { PoisonGuard } from './poison.js';
import type { StatusCell } from './status.js';

export class RequestGate implements Gate {
  constructor(
    private readonly cell: StatusCell,
    /** Whether another VPP serves in a moment. */
    private readonly isMoving: () => boolean,
    private readonly poison: PoisonGuard | undefined,
    private readonly replyTimeoutMs: number,
  ) {}

  /** Returns undefined when `name` may be sent; else resolves when it may. Rejects with REPLY_TIMEOUT, ABORTED or POISONED, all not sent. */
  admit(name: string, options: RequestOptions = {}): Promise<void> | undefined {
    if (this.isMoving() && this.cell.value.state === 'connecting') return this.afterMove(name, options);
    return this.poison?.admit(name, options);
  }

  private async afterMove(name: string, options: RequestOptions): Promise<void> {
    await this.moved(name, options);
    await this.poison?.admit(name, options);
  }

  /** Resolves when one of the two serves, or both are away. */
  private moved(name: string, { timeoutMs = this.replyTimeoutMs, signal }: RequestOptions): Promise<void> {
    const { cell } = this;
    const fields = { messageName: name, outcome: 'not-sent' } as const;
    const why = () => `it waited for another dataplane: ${cell.value.reason}`;
    const aborted = () =>
      new VppmuxError(
        'ABORTED',
        `${name} was given up by the caller before it was sent; ${why()}`,
        fields,
        signal?.reason,
      );
    if (signal?.aborted) return Promise.reject(aborted());
    debug.requests?.(`${name} waits for another dataplane: ${cell.value.reason}`);
    return new Promise((resolve, reject) => {
      const settle = (error?: Error) => {
        stop();
        clearTimeout(timer);
        forgetSignal?.();
        if (error) reject(error);
        else resolve();
      };
      const late = () => {
        const text = `${name} was not sent within ${timeoutMs} ms; ${why()}`;
        settle(new TimeoutError('REPLY_TIMEOUT', text, { ...fields, afterMs: timeoutMs }));
      };
      const timer = setTimeout(late, timeoutMs);
      const forgetSignal = signal && onAbort(signal, () => settle(aborted()));
      const stop = cell.onChange(({ state }) => {
        if (state !== 'connecting') settle();
      });
    });
  }
}
