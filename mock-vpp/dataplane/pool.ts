/** A pool as VPP keeps them: items have indices, and the index freed last is given out first. */
export class Pool<T> {
  private readonly items: (T | undefined)[] = [];
  private readonly free: number[] = [];

  get size(): number {
    return this.items.length - this.free.length;
  }

  /** Index that the next item gets. */
  get nextIndex(): number {
    return this.free.at(-1) ?? this.items.length;
  }

  /** Puts in the item that `make` builds for its index. */
  add(make: (index: number) => T): T {
    const index = this.free.pop() ?? this.items.length;
    const item = make(index);
    this.items[index] = item;
    return item;
  }

  get(index: number): T | undefined {
    return this.items[index];
  }

  remove(index: number): void {
    if (this.items[index] === undefined) return;
    this.items[index] = undefined;
    this.free.push(index);
  }

  /** The smallest used index that is at least `from`; -1 when there is none. */
  next(from: number): number {
    for (let index = from; index < this.items.length; index++) if (this.items[index] !== undefined) return index;
    return -1;
  }

  *values(): Generator<T> {
    for (const item of this.items) if (item !== undefined) yield item;
  }
}
