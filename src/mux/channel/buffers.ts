/** What waits for the readers of one channel, for statistics. */

interface Waiting {
  readonly bytes: number;
  readonly ended: boolean;
}

/** Looked through for what is gone when there are so many more. */
const SWEEP = 16;

/** Holds readers weakly: whoever stops reading without a word must not keep alive what waits for him. */
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
