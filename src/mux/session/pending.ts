/**
 * Table of what is in flight on one session, keyed by context: the only such table, and the only place
 * that empties it.
 *
 * A context is 31 bits (never ≥ 0x80000000: that range is client indexes), handed out once per request
 * and counted on, so that a slot of `context & mask` is nearly always free; an occupied one is
 * skipped. Counting starts at a random number: VPP may hand us a reply meant for a former owner of our
 * client index (WIRE 3.4), and its context must not look like one of ours.
 *
 *   add ──▶ slot ──▶ take (answered, failed, cancelled)
 *            └─────▶ failAll(cause)   (the link ended)
 */

/** Something that waits for replies; settles exactly once. */
export interface InFlight {
  /** Set by `add`; the key on the wire. */
  context: number;
  /** The link ended or the session is destroyed. */
  fail(cause: Error): void;
}

const CONTEXT_MASK = 0x7fffffff;
/** Compares two contexts: the later one is less than half of all contexts ahead. */
const HALF = 0x40000000;
const FIRST_SIZE = 1024;

export class Pending<T extends InFlight> {
  private slots: (T | undefined)[] = new Array(FIRST_SIZE).fill(undefined);
  private mask = FIRST_SIZE - 1;
  private next: number;
  private used = 0;
  private issued = 0;
  /** Nothing older than this is in the table. */
  private first: number;
  /** Everything older was seen by `passBy`. */
  private passed: number;

  constructor(firstContext: number = Math.floor(Math.random() * CONTEXT_MASK)) {
    this.next = firstContext & CONTEXT_MASK;
    this.first = this.next;
    this.passed = this.next;
  }

  get size(): number {
    return this.used;
  }

  /** Gives `item` a context of its own and keeps it. */
  add(item: T): void {
    if (this.used * 2 >= this.slots.length) this.grow();
    let context = this.next;
    while (this.slots[context & this.mask] !== undefined) context = (context + 1) & CONTEXT_MASK;
    this.next = (context + 1) & CONTEXT_MASK;
    item.context = context;
    this.slots[context & this.mask] = item;
    this.used++;
    this.issued++;
  }

  get(context: number): T | undefined {
    const item = this.slots[context & this.mask];
    return item !== undefined && item.context === context ? item : undefined;
  }

  /** Forgets `item`; false when it was not there. */
  take(item: T): boolean {
    const slot = item.context & this.mask;
    if (this.slots[slot] !== item) return false;
    this.slots[slot] = undefined;
    this.used--;
    return true;
  }

  /** True when `context` was handed out by this table, be it answered or not. */
  isOurs(context: number): boolean {
    const age = (this.next - context) & CONTEXT_MASK;
    return age > 0 && age <= this.issued;
  }

  /**
   * The one that was added first. Contexts are handed out in order, so a look goes on where the last one ended; after
   * a long time it is shorter to look at every slot.
   */
  oldest(): T | undefined {
    const { slots, mask, next } = this;
    if (this.used === 0) return undefined;
    if (((next - this.first) & CONTEXT_MASK) > slots.length) this.first = this.firstOfAll();
    while (slots[this.first & mask]?.context !== this.first) this.first = (this.first + 1) & CONTEXT_MASK;
    return slots[this.first & mask];
  }

  /** Calls `visit` with each that was added before `context` and was not visited before; each is looked at once. */
  passBy(context: number, visit: (item: T) => void): void {
    if (((context - this.passed) & CONTEXT_MASK) > this.slots.length * 4) {
      for (const item of this.items()) if (isLater(context, item.context)) visit(item);
      this.passed = context;
      return;
    }
    while (isLater(context, this.passed)) {
      const item = this.get(this.passed);
      this.passed = (this.passed + 1) & CONTEXT_MASK;
      if (item !== undefined) visit(item);
    }
  }

  /** All of them, as they are now. */
  items(): T[] {
    return this.slots.filter((item) => item !== undefined);
  }

  failAll(cause: Error): void {
    const { slots } = this;
    this.slots = new Array(FIRST_SIZE).fill(undefined);
    this.mask = FIRST_SIZE - 1;
    this.used = 0;
    for (const item of slots) item?.fail(cause);
  }

  private firstOfAll(): number {
    const { next } = this;
    let first = next;
    for (const item of this.slots) {
      if (item !== undefined && isLater(first, item.context)) first = item.context;
    }
    return first;
  }

  private grow(): void {
    // Twice the room until no two contexts share a slot; contexts are near each other, so once is the rule.
    for (let size = this.slots.length * 2; ; size *= 2) {
      const slots: (T | undefined)[] = new Array(size).fill(undefined);
      let clash = false;
      for (const item of this.slots) {
        if (item === undefined) continue;
        const slot = item.context & (size - 1);
        if (slots[slot] !== undefined) {
          clash = true;
          break;
        }
        slots[slot] = item;
      }
      if (clash) continue;
      this.slots = slots;
      this.mask = size - 1;
      return;
    }
  }
}

/** Whether `a` was handed out after `b`. */
export function isLater(a: number, b: number): boolean {
  const ahead = (a - b) & CONTEXT_MASK;
  return ahead > 0 && ahead < HALF;
}
