/** A trace on its way into a file. */

import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { LineWriter } from '../output/line-writer.js';
import { UsageError } from '../usage-error.js';

/** Messages may hold secrets: nobody else is to read them. */
const MODE = 0o600;

export interface TraceFile {
  /** Wait for the promise, when there is one. Throws what the system says: a full disk. */
  line(text: string, isMessage: boolean): Promise<void> | undefined;
  /** Gives the number of messages, once all is written. */
  close(): Promise<number>;
}

/** Throws UsageError when the file cannot be made. */
export async function openTraceFile(path: string): Promise<TraceFile> {
  const stream = createWriteStream(path, { mode: MODE });
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new UsageError(`--save ${path}: ${(error as Error).message}`);
  }
  const writer = new LineWriter(stream, () => {});
  const check = () => {
    if (writer.failure) throw writer.failure;
  };
  let messages = 0;
  return {
    line(text, isMessage) {
      check();
      if (isMessage) messages++;
      return writer.line(text);
    },
    async close() {
      await writer.end();
      stream.destroy();
      check();
      return messages;
    },
  };
}
