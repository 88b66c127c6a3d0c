/** The last messages of a connection, both ways: `connect({ trace: new TraceRing(1000) })`. */

import { VppmuxError } from '../errors.js';
import { Fifo } from '../fifo.js';
import type { TraceEntry } from '../types.js';

export interface TraceRingOptions {
  /** Largest sum of the bodies' bytes; a larger body is kept only while it is the newest. Default 16 MiB. */
  readonly maxBytes?: number;
}

const MAX_BYTES = 16 * 1024 * 1024;

export class TraceRing {
  /** Number of messages dropped for newer ones. */
  dropped = 0;
  private readonly kept = new Fifo<TraceEntry>();
  private bytes = 0;
  private readonly maxBytes: number;

  /** Keeps the last `keep` messages. Throws BAD_OPTION. */
  constructor(
    readonly keep: number,
    { maxBytes = MAX_BYTES }: TraceRingOptions = {},
  ) {
    for (const [name, value] of Object.entries({ keep, maxBytes })) {
      if (Number.isSafeInteger(value) && value > 0) continue;
      throw new VppmuxError('BAD_OPTION', `${name} of a trace must be a whole number above 0, not ${value}`, {
        path: name,
      });
    }
    this.maxBytes = maxBytes;
  }

  get size(): number {
    return this.kept.length;
  }

  add(entry: TraceEntry): void {
    this.kept.push(entry);
    this.bytes += entry.body.length;
    while (this.kept.length > this.keep || (this.bytes > this.maxBytes && this.kept.length > 1)) {
      this.shift();
      this.dropped++;
    }
  }

  /** Kept messages, oldest first. */
  entries(): TraceEntry[] {
    return this.kept.list();
  }

  /** Removes the oldest message and returns it. */
  shift(): TraceEntry | undefined {
    const oldest = this.kept.shift();
    if (oldest !== undefined) this.bytes -= oldest.body.length;
    return oldest;
  }

  clear(): void {
    this.kept.drain();
    this.bytes = 0;
    this.dropped = 0;
  }
}
