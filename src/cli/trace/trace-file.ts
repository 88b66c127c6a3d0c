/** A trace on its way into a file. */

import { once } from 'node:events';
import { createWriteStream, type WriteStream } from 'node:fs';
import { UsageError } from '../errors.js';
import { LineWriter } from '../output/line-writer.js';

/** Messages may hold secrets: only the owner may read the file. */
const MODE = 0o600;

export class TraceFile {
  private opened: { readonly stream: WriteStream; readonly writer: LineWriter } | undefined;
  private messages = 0;

  /** Opens the file with the first line: an agent that is not there costs no older trace. */
  constructor(private readonly path: string) {}

  /** Throws UsageError when the file cannot be made, and what the system says of a full disk. */
  async line(text: string, isMessage: boolean): Promise<void> {
    this.opened ??= await this.open();
    const { writer } = this.opened;
    if (writer.failure) throw writer.failure;
    if (isMessage) this.messages++;
    await writer.line(text);
  }

  /** Gives the number of messages, once all is written; undefined when there never was a line. */
  async close(): Promise<number | undefined> {
    if (this.opened === undefined) return undefined;
    const { stream, writer } = this.opened;
    await writer.end();
    stream.destroy();
    if (writer.failure) throw writer.failure;
    return this.messages;
  }

  private async open() {
    const stream = createWriteStream(this.path, { mode: MODE });
    try {
      await once(stream, 'open');
    } catch (error) {
      throw new UsageError(`--save ${this.path}: ${(error as Error).message}`);
    }
    return { stream, writer: new LineWriter(stream, () => {}) };
  }
}
