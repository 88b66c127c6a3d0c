/**
 * All deadlines of a connection on one timer.
 *
 * Requests with the same timeout stand in one list, oldest first: adding, renewing and removing cost a
 * few pointer writes, and only the heads of the few lists are ever compared.
 *
 * When the program's own event loop stood still, the timer comes late and replies may lie unread in the
 * socket, or requests unwritten in the outbox. That time is not held against VPP: the clock here stops
 * for it, and what is due gets one time of grace.
 *
 * Profile: reading the clock was 10 % of a pipelined request, so long timeouts take a reading that is at
 * most a tick of the event loop or 32 requests old. Whole milliseconds: V8 puts a fraction in an object of its own.
 */

export interface Timed {
  /** Milliseconds, fixed before it is added. */
  readonly timeoutMs: number;
  /** Called once when the time is over; the item has been removed by then. */
  expire(): void;
  due: number;
  list: DeadlineList | undefined;
  earlier: Timed | undefined;
  later: Timed | undefined;
}

export interface DeadlineList {
  readonly timeoutMs: number;
  head: Timed | undefined;
  tail: Timed | undefined;
}

/** `timeoutMs` of an item that is never added. */
export const NO_DEADLINE = Number.POSITIVE_INFINITY;

const NO_LIST: DeadlineList = { timeoutMs: Number.NaN, head: undefined, tail: undefined };
/** Timeouts from here on take an older reading of the clock, milliseconds. */
const LONG = 1000;
const READINGS = 32;
/** A timer this late, or a tick this long, means that the event loop stood still, milliseconds. */
const STALL = 50;
/** Time for writing and reading what a stall held up, milliseconds. */
const GRACE = 100;

export class Deadlines {
  private readonly lists = new Map<number, DeadlineList>();
  /** List that was added to last; nearly always the next one, too. */
  private usual: DeadlineList = NO_LIST;
  private timer: NodeJS.Timeout | undefined;
  private armedFor = Number.POSITIVE_INFINITY;
  /** Items due before this time had their grace: a loop that is always slow must not postpone them for ever. */
  private gracedUntil = Number.NEGATIVE_INFINITY;
  /** Milliseconds this clock is behind `now()` because of stalls. */
  private stalled = 0;
  private reading = 0;
  /** The first reading of this tick. */
  private tickStart = 0;
  private usesLeft = 0;
  private tickEnds = false;
  private pendingWork: Set<() => void> | undefined;

  constructor(
    private readonly now: () => number = () => performance.now(),
    /** Called with what an item throws when it expires: that must not keep the others waiting for ever. */
    private readonly onThrow: (error: unknown) => void = () => {},
  ) {}

  /** Event-loop stalls so far, milliseconds. */
  get stalledMs(): number {
    return this.stalled;
  }

  add(item: Timed): void {
    const list = item.timeoutMs === this.usual.timeoutMs ? this.usual : this.listOf(item.timeoutMs);
    const now = item.timeoutMs >= LONG ? this.recently() : this.now();
    item.due = Math.ceil(now - this.stalled + item.timeoutMs);
    append(list, item);
    if (item.due < this.armedFor) this.arm(item.due);
  }

  remove(item: Timed): void {
    unlink(item);
  }

  /** Starts the time of an item anew. */
  renew(item: Timed): void {
    unlink(item);
    this.add(item);
  }

  /** Forgets everything; nothing expires any more. */
  clear(): void {
    clearTimeout(this.timer);
    this.armedFor = Number.POSITIVE_INFINITY;
    this.lists.clear();
    this.usual = NO_LIST;
  }

  /** The clock, read in this tick of the event loop and not many calls ago. */
  recently(): number {
    if (this.usesLeft === 0) {
      this.usesLeft = READINGS;
      this.reading = this.now();
      if (!this.tickEnds) {
        this.tickStart = this.reading;
        this.tickEnds = true;
        setImmediate(this.endTick);
      }
    }
    this.usesLeft--;
    return this.reading;
  }

  /** True while items expire; `afterwards` runs something once all that are due have. */
  get expiring(): boolean {
    return this.pendingWork !== undefined;
  }

  afterwards(work: () => void): void {
    this.pendingWork?.add(work);
  }

  /**
   * Postpones items that were added late in a long tick, with a reading from before it: their time begins now, when
   * they are written. The clock does not stop for the tick: where all ticks are long, nothing would ever be due.
   */
  private readonly endTick = () => {
    this.tickEnds = false;
    this.usesLeft = 0;
    const now = this.now();
    if (now - this.tickStart <= STALL) return;
    const { stalled, tickStart } = this;
    for (const [timeoutMs, list] of this.lists) {
      if (timeoutMs >= LONG) postpone(list, tickStart - stalled + timeoutMs, now - stalled + timeoutMs);
    }
  };

  private listOf(timeoutMs: number): DeadlineList {
    let list = this.lists.get(timeoutMs);
    if (list === undefined) {
      list = { timeoutMs, head: undefined, tail: undefined };
      this.lists.set(timeoutMs, list);
    }
    this.usual = list;
    return list;
  }

  private arm(due: number): void {
    this.armedFor = due;
    this.wakeIn(Math.max(1, Math.ceil(due - (this.now() - this.stalled))));
  }

  private wakeIn(ms: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), ms);
    // The socket keeps the process alive, not our waiting for it.
    this.timer.unref();
  }

  private wake(): void {
    const late = this.now() - this.stalled - this.armedFor;
    if (late <= STALL) this.expireDue();
    else if (this.armedFor > this.gracedUntil) {
      this.stalled += late;
      this.usesLeft = 0; // a reading from before the stall is none of this clock
      this.gracedUntil = this.armedFor;
      this.wakeIn(GRACE);
    } else setImmediate(() => this.expireDue()); // one more turn of the loop, so that the socket is read
  }

  private expireDue(): void {
    this.armedFor = Number.POSITIVE_INFINITY;
    const work = new Set<() => void>();
    this.pendingWork = work;
    const next = this.expireUntil(this.now() - this.stalled);
    this.pendingWork = undefined;
    if (next < this.armedFor) this.arm(next);
    for (const each of work) this.guarded(each);
  }

  private guarded(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.onThrow(error);
    }
  }

  /** Returns when the next one is due. */
  private expireUntil(now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const [timeoutMs, list] of this.lists) {
      while (list.head !== undefined && list.head.due <= now) {
        const item = list.head;
        unlink(item);
        this.guarded(() => item.expire());
      }
      if (list.head === undefined) {
        this.lists.delete(timeoutMs);
        if (this.usual === list) this.usual = NO_LIST; // read now, since the next item to expire may add to it
      } else if (list.head.due < next) next = list.head.due;
    }
    return next;
  }
}

function append(list: DeadlineList, item: Timed): void {
  item.list = list;
  item.later = undefined;
  item.earlier = list.tail;
  if (list.tail === undefined) list.head = item;
  else list.tail.later = item;
  list.tail = item;
}

/** Postpones what is due at `from` or later to `to`. */
function postpone({ tail }: DeadlineList, from: number, to: number): void {
  for (let item = tail; item !== undefined && item.due >= from; item = item.earlier) item.due = to;
}

function unlink(item: Timed): void {
  const { list, earlier, later } = item;
  if (list === undefined) return;
  if (earlier === undefined) list.head = later;
  else earlier.later = later;
  if (later === undefined) list.tail = earlier;
  else later.earlier = earlier;
  item.list = undefined;
  item.earlier = undefined;
  item.later = undefined;
}
