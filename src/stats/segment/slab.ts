/**
 * Hands out arrays of counters from larger blocks: a read makes tens of thousands of arrays, most of them of a few numbers.
 * Counters are moved as words of 32 bits, since a bigint for each would take ten times as long.
 */

/** Counters of a block: the first one, and at most. */
const FIRST_BLOCK = 64;
const LARGEST_BLOCK = 32 * 1024;

export class Slab {
  private buffer = new ArrayBuffer(0);
  /** The block as words: `words[2 * at]` belongs to the counter at `at`. */
  words = new Uint32Array(0);
  private used = 0;
  private block = FIRST_BLOCK;

  /** Makes room for `count` counters, and returns where they begin: index in `words` and `counters`. */
  take(count: number): number {
    if (this.used + count > this.buffer.byteLength / 8) this.renew(count);
    const at = this.used;
    this.used += count;
    return at;
  }

  /** Takes back the last `count` counters. */
  giveBack(count: number): void {
    this.used -= count;
  }

  counters(at: number, count: number): BigUint64Array {
    return new BigUint64Array(this.buffer, at * 8, count);
  }

  private renew(count: number): void {
    this.buffer = new ArrayBuffer(Math.max(this.block, count) * 8);
    this.words = new Uint32Array(this.buffer);
    this.used = 0;
    this.block = Math.min(this.block * 4, LARGEST_BLOCK);
  }
}
