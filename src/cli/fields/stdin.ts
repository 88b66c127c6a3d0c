/** Standard input as text. */

import type { Io } from '../io.js';
import { UsageError } from '../usage-error.js';

/**
 * Text of standard input up to its end. `waitMs` bounds how long the first byte may take: undefined comes back
 * when it took longer, since a pipe that nobody writes to or closes must not hold up a command for ever.
 */
export async function readStdin(io: Io, signal: AbortSignal, waitMs?: number): Promise<string | undefined> {
  signal.throwIfAborted();
  const { stdin } = io;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const onData = (chunk: Buffer | string) => {
      clearTimeout(timer);
      chunks.push(Buffer.from(chunk));
    };
    const onEnd = () => finish(() => resolve(Buffer.concat(chunks).toString('utf8')));
    const onError = (error: Error) => finish(() => reject(new UsageError(`stdin cannot be read: ${error.message}`)));
    const onAbort = () => finish(() => reject(signal.reason));
    const finish = (settle: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      stdin.off('data', onData).off('end', onEnd).off('error', onError).pause();
      settle();
    };
    const timer = waitMs === undefined ? undefined : setTimeout(() => finish(() => resolve(undefined)), waitMs);
    signal.addEventListener('abort', onAbort);
    stdin.on('data', onData).on('end', onEnd).on('error', onError);
  });
}
