/**
 * A bounded queue between the socket, which never waits, and one `for await`.
 *
 * It only stores and hands out; what does not fit is its owner's affair (a dump fails, events leave a
 * gap). `waiting` and `bytes` are what the owner compares with its bounds.
 */

import { type CallSite, failing } from '../call-site.js';
import { Fifo } from '../fifo.js';

interface Waiting<T> {
  readonly value: T;
  readonly size: number;
}

export class Reader<T> implements AsyncIterator<T, undefined> {
  bytes = 0;
  private readonly queue = new Fifo<Waiting<T>>();
  private asked: ((result: IteratorResult<T, undefined> | Promise<never>) => void)[] = [];
  private over: { error?: Error } | undefined;

  /** Calls `onTake` when something was read, so that there is room, and `onLeave` when the reader stops. The stacks of errors lead to `site`. */
  constructor(
    private readonly onTake: () => void,
    private readonly onLeave: () => void,
    private readonly site?: CallSite,
  ) {}

  get waiting(): number {
    return this.queue.length;
  }

  get ended(): boolean {
    return this.over !== undefined;
  }

  put(value: T, size: number): void {
    if (this.over) return;
    const asker = this.asked.shift();
    if (asker) {
      asker({ value, done: false });
      return;
    }
    this.bytes += size;
    this.queue.push({ value, size });
  }

  /** Ends it: what waits is still read; then comes the error, or the end. */
  end(error?: Error): void {
    if (this.over) return;
    this.over = { error };
    const { asked } = this;
    this.asked = [];
    for (const [index, asker] of asked.entries()) {
      if (error && index === 0) {
        this.over = {};
        asker(failing(error, this.site));
      } else asker({ value: undefined, done: true });
    }
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const first = this.queue.shift();
    if (first !== undefined) {
      this.bytes -= first.size;
      this.onTake();
      return Promise.resolve({ value: first.value, done: false });
    }
    if (this.over) {
      const { error } = this.over;
      this.over = {};
      return error ? failing(error, this.site) : Promise.resolve({ value: undefined, done: true });
    }
    return new Promise((resolve) => this.asked.push(resolve));
  }

  return(): Promise<IteratorResult<T, undefined>> {
    this.queue.drain();
    this.bytes = 0;
    const left = !this.over;
    this.end();
    this.over = {};
    if (left) this.onLeave();
    return Promise.resolve({ value: undefined, done: true });
  }
}
