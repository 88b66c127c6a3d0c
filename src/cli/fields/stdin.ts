/** Standard input as a string. */

import { UsageError } from '../errors.js';
import { INPUT_BYTES, inputText } from '../files/input.js';
import type { Io } from '../io.js';

/**
 * Text of standard input up to its end. `waitMs` bounds how long the first byte may take: undefined comes back
 * when it took longer, since a pipe that nobody writes to or closes must not hold up a command for ever.
 */
export async function readStdin(io: Io, signal: AbortSignal, waitMs?: number): Promise<string | undefined> {
  const bytes = await readAll(io, signal, waitMs);
  try {
    return bytes && inputText(bytes);
  } catch (error) {
    throw new UsageError(`stdin cannot be read: ${(error as Error).message}`);
  }
}

async function readAll(io: Io, signal: AbortSignal, waitMs: number | undefined): Promise<Buffer | undefined> {
  signal.throwIfAborted();
  const { stdin } = io;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer | string) => {
      clearTimeout(timer);
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      size += bytes.length;
      if (size > INPUT_BYTES) finish(() => reject(tooLarge()));
      else chunks.push(bytes);
    };
    const onEnd = () => finish(() => resolve(Buffer.concat(chunks)));
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

const tooLarge = () =>
  new UsageError(`stdin has more than ${INPUT_BYTES >> 20} MiB; it is read as a whole: give it in parts (split -l)`);
