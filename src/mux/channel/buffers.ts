/** Bytes that wait for the readers of one channel, for statistics. */

interface Waiting {
  readonly bytes: number;
  readonly ended: boolean;
}

/** Number of new readers after which the list is swept of those that are gone. */
const SWEEP = 16;

/** Holds readers weakly: a program that stops reading without a call must not keep alive what waits for it. */
export class Buffers {
  private readers: WeakRef<Waiting>[] = [];
  private sweepAt = SWEEP;

  add(reader: Waiting): void {
    if (this.readers.length >= this.sweepAt) this.sweep();
    this.readers.push(new WeakRef(reader));
  }

  get bytes(): number {
    this.sweep();
    return this.readers.reduce((sum, reader) => sum + (reader.deref()?.bytes ?? 0), 0);
  }

  private sweep(): void {
    this.readers = this.readers.filter((reader) => {
      const found = reader.deref();
      return found !== undefined && !(found.ended && found.bytes === 0);
    });
    this.sweepAt = this.readers.length + SWEEP;
  }
}
