/** An answer in chunks, no faster than its reader takes them: what VPP has sent meanwhile waits in the channel, within its bounds. */

import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Visit } from '../visit.js';

/** Bytes that are on their way to the reader: some reads of VPP's socket, so that the network is never idle. */
const UNDERWAY = 1024 * 1024;

export interface ChunkStreamOptions {
  readonly visit: Pick<Visit, 'signal' | 'spend'>;
  /** Called before the first chunk is written. */
  readonly begin: (stream: PassThrough) => void;
}

export class ChunkStream {
  private readonly stream = new PassThrough();
  private begun = false;

  constructor(private readonly options: ChunkStreamOptions) {
    // Ended by its reader: the visit ends as well, and says so.
    this.stream.on('error', () => {});
  }

  /** Whether anything, and so the status of the answer, has been sent. */
  get isBegun(): boolean {
    return this.begun;
  }

  /** Writes a chunk. The promise, where there is one, resolves when there is room for more; it rejects when the reader leaves. */
  add(chunk: Uint8Array | string): Promise<void> | undefined {
    this.begin();
    this.stream.write(chunk);
    const wait = this.options.visit.spend(chunk.length);
    return wait > 0 || this.stream.writableLength > UNDERWAY ? this.room(wait) : undefined;
  }

  end(): void {
    this.begin();
    this.stream.end();
  }

  /** Ends an answer that has begun such that nobody takes it for whole: its connection is cut off. */
  breakOff(cause: Error): void {
    this.stream.destroy(cause);
  }

  private begin(): void {
    if (this.begun) return;
    this.begun = true;
    this.options.begin(this.stream);
  }

  private async room(wait: number): Promise<void> {
    const { signal } = this.options.visit;
    if (wait > 0) await sleep(wait, undefined, { signal });
    if (this.stream.writableNeedDrain) await once(this.stream, 'drain', { signal });
  }
}
