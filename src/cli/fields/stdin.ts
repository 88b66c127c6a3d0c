/** Fields as JSON on standard input: one object, or several one behind the other (JSON lines). */

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

/** The objects in `text`: none when it is blank, one when it is one JSON object, else one per line. `source` is named in errors. */
export function parseJsonObjects(text: string, source = 'stdin'): Record<string, unknown>[] {
  if (text.trim() === '') return [];
  const whole = tryJson(text);
  if ('value' in whole) return [objectOrThrow(whole.value, source)];
  const lines = text.split('\n').map((line, at) => ({ line, where: `${source}, line ${at + 1}` }));
  const filled = lines.filter(({ line }) => line.trim() !== '');
  // When not even the first line is JSON, it is one object with a mistake in it.
  if (!('value' in tryJson(filled[0].line))) throw new UsageError(`${source} is not JSON: ${whole.error}`);
  return filled.map(({ line, where }) => {
    const parsed = tryJson(line);
    if ('value' in parsed) return objectOrThrow(parsed.value, where);
    throw new UsageError(`${where} is not JSON: ${parsed.error}`);
  });
}

function tryJson(text: string): { value: unknown } | { error: string } {
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

function objectOrThrow(value: unknown, where: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new UsageError(`${where}: an object is wanted, as {"name": 1}`);
}
