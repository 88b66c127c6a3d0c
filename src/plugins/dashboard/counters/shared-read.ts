/** A read that several topics share: those of one moment get the same, with the one before it. */

export interface Read<T> {
  readonly now: T;
  readonly before?: T;
  /** Between the two. */
  readonly seconds?: number;
}

/** Milliseconds between two reads after which a rate would say nothing of now. */
const LONGEST_MS = 10_000;

export class SharedRead<T> {
  private readonly read: () => Promise<T>;
  private readonly clock: () => number;
  private underWay: Promise<Read<T>> | undefined;
  private last: { readonly value: T; readonly at: number; readonly result: Read<T> } | undefined;

  /** `clock` gives milliseconds that only grow. */
  constructor(read: () => Promise<T>, clock: () => number = () => performance.now()) {
    this.read = read;
    this.clock = clock;
  }

  /** The present values, at most `ageMs` old. Rejects as `read` does; what was read before is forgotten then. */
  get(ageMs: number): Promise<Read<T>> {
    const { last } = this;
    if (last !== undefined && this.clock() - last.at < ageMs) return Promise.resolve(last.result);
    this.underWay ??= this.next().finally(() => {
      this.underWay = undefined;
    });
    return this.underWay;
  }

  private async next(): Promise<Read<T>> {
    try {
      // The first one opens what it reads from, which takes a while: its values would be older than their time.
      if (this.last === undefined) await this.read();
      const now = await this.read();
      const at = this.clock();
      const last = this.last !== undefined && at - this.last.at <= LONGEST_MS ? this.last : undefined;
      const result = last === undefined ? { now } : { now, before: last.value, seconds: (at - last.at) / 1000 };
      this.last = { value: now, at, result };
      return result;
    } catch (error) {
      this.last = undefined;
      throw error;
    }
  }
}
