/** Waits until a connection can be used, or cannot be any more. */

import { ConnectionError, TimeoutError } from '../errors.js';
import type { StatusCell } from './status.js';

/** Rejects with NOT_CONNECTED after `timeoutMs`, ABORTED, or with `closedError()` once it is closed. */
export function whenReady(
  cell: Pick<StatusCell, 'value' | 'watch'>,
  closedError: () => Error,
  { timeoutMs, signal }: { timeoutMs?: number; signal?: AbortSignal },
): Promise<void> {
  return new Promise((resolve, reject) => {
    let stop = () => {};
    const settle = (error?: Error) => {
      stop();
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      if (error) reject(error);
      else resolve();
    };
    const abort = () =>
      settle(new ConnectionError('ABORTED', 'waiting for VPP was given up by the caller', {}, signal?.reason));
    const late = () => {
      const { state, reason, socket } = cell.value;
      const text = `VPP at ${socket} was not ready within ${timeoutMs} ms: ${state}: ${reason}`;
      settle(new TimeoutError('NOT_CONNECTED', text, { socket, afterMs: timeoutMs }));
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted) return abort();
    let over = false;
    stop = cell.watch(({ state }) => {
      if (over || (state !== 'ready' && state !== 'degraded' && state !== 'closed')) return;
      over = true;
      settle(state === 'closed' ? closedError() : undefined);
    });
    if (over) stop();
  });
}
