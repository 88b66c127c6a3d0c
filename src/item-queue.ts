/** A bounded queue between a watch, which never waits, and one reader. */

interface Waiting<T> {
  readonly item: T;
  readonly size: number;
}

interface Asker<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
}

export class ItemQueue<T> {
  private waiting: Waiting<T>[] = [];
  private bytes = 0;
  private askers: Asker<T>[] = [];
  private over: { readonly error?: unknown } | undefined;
  private whenAsked: (() => void) | undefined;

  constructor(
    private readonly maxItems: number,
    private readonly maxBytes: number,
  ) {}

  /** False where it does not fit; then it is not taken. One item fits always. */
  put(item: T, size: number): boolean {
    if (this.over) return true;
    const asker = this.askers.shift();
    if (asker) {
      asker.resolve({ value: item, done: false });
      return true;
    }
    const { waiting } = this;
    if (waiting.length > 0 && (waiting.length >= this.maxItems || this.bytes + size > this.maxBytes)) return false;
    waiting.push({ item, size });
    this.bytes += size;
    return true;
  }

  /** Puts an item that has all in it that waits. It fits always. */
  replace(item: T): void {
    this.clear();
    this.put(item, 0);
  }

  /** Drops what waits. */
  clear(): void {
    this.waiting = [];
    this.bytes = 0;
  }

  /** Resolves when the reader has read everything and asks for more, or has left. */
  asked(): Promise<void> {
    if (this.over || this.askers.length > 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.whenAsked = resolve;
    });
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const first = this.waiting.shift();
    if (first) {
      this.bytes -= first.size;
      return Promise.resolve({ value: first.item, done: false });
    }
    if (this.over) {
      const { error } = this.over;
      this.over = {};
      return error === undefined ? Promise.resolve({ value: undefined, done: true }) : Promise.reject(error);
    }
    return new Promise((resolve, reject) => {
      this.askers.push({ resolve, reject });
      this.tellAsked();
    });
  }

  /** Ends it: what waits is still read, then comes the error, once, or the end. */
  end(error?: unknown): void {
    if (this.over) return;
    const [first, ...others] = this.askers;
    this.askers = [];
    this.over = first ? {} : { error };
    if (first && error !== undefined) first.reject(error);
    else first?.resolve({ value: undefined, done: true });
    for (const asker of others) asker.resolve({ value: undefined, done: true });
    this.tellAsked();
  }

  private tellAsked(): void {
    this.whenAsked?.();
    this.whenAsked = undefined;
  }
}
