/**
 * Items of an event stream by their numbers: those that wait to be sent, and the last ones that were, for a client that comes back on
 * another socket without having got them.
 *
 *   first           sent           first + items.length
 *     │ kept for a resume │ wait to be sent │
 */

/** Bytes of items that are kept for a resume, as they were on the wire. */
const KEPT_BYTES = 64 * 1024;

export class SentItems<T> {
  private items: T[] = [];
  /** Number of the first item that is kept. */
  private first = 1;
  /** Number of the last item that was sent. */
  private lastSent = 0;
  /** Bytes of an item on the wire, roughly. */
  private itemBytes = 256;

  /** Number of items that wait. */
  get waiting(): number {
    return this.first + this.items.length - 1 - this.lastSent;
  }

  push(item: T): void {
    this.items.push(item);
  }

  /** The next `most` items that wait, and the number of the first one. They count as sent. */
  take(most: number): { readonly seq: number; readonly items: readonly T[] } {
    const at = this.lastSent + 1 - this.first;
    const items = this.items.slice(at, at + most);
    const seq = this.lastSent + 1;
    this.lastSent += items.length;
    return { seq, items };
  }

  /** Forgets of the items that were sent what is more than is kept; `count` of them had `bytes`. */
  sent(count: number, bytes: number): void {
    this.itemBytes = Math.max(1, bytes / count);
    const keep = Math.floor(KEPT_BYTES / this.itemBytes);
    this.arrived(this.lastSent - keep);
  }

  /** Forgets the items up to number `seq`, as far as they were sent: the client has them. */
  arrived(seq: number): void {
    const count = Math.min(seq, this.lastSent) + 1 - this.first;
    if (count <= 0) return;
    this.items.splice(0, count);
    this.first += count;
  }

  /**
   * Goes back to behind item `seq`, the last one that the client has. Where that cannot be, because items behind it are not kept any
   * more, `missed` comes in their place, and the items that had not been sent follow.
   */
  resume(seq: number, missed: T): void {
    if (seq >= this.first - 1 && seq <= this.lastSent) {
      this.items.splice(0, seq + 1 - this.first);
    } else {
      this.items = [missed, ...this.items.slice(this.lastSent + 1 - this.first)];
    }
    this.first = seq + 1;
    this.lastSent = seq;
  }
}
