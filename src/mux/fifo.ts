/** A queue: first in, first out, without moving what it holds at every turn. */
export class Fifo<T> {
  private items: T[] = [];
  private head = 0;

  get length(): number {
    return this.items.length - this.head;
  }

  push(item: T): void {
    this.items.push(item);
  }

  /** The first, which stays. */
  peek(): T | undefined {
    return this.items[this.head];
  }

  shift(): T | undefined {
    if (this.head === this.items.length) return undefined;
    const item = this.items[this.head];
    this.items[this.head] = undefined as T;
    this.head++;
    if (this.head === this.items.length) {
      this.items = [];
      this.head = 0;
    } else if (this.head > 1024 && this.head * 2 > this.items.length) {
      this.items = this.items.slice(this.head);
      this.head = 0;
    }
    return item;
  }

  /** All elements, the oldest first. */
  list(): T[] {
    return this.items.slice(this.head);
  }

  /** Puts `other` in the place of `item`; nothing where that is not there. */
  replace(item: T, other: T): void {
    const at = this.items.indexOf(item, this.head);
    if (at >= 0) this.items[at] = other;
  }

  /** Drops what `wanted` says no to. */
  keep(wanted: (item: T) => boolean): void {
    this.items = this.items.slice(this.head).filter(wanted);
    this.head = 0;
  }

  /** Takes everything out. */
  drain(): T[] {
    const rest = this.items.slice(this.head);
    this.items = [];
    this.head = 0;
    return rest;
  }
}
