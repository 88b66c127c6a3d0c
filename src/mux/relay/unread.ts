/**
 * The bound of what waits for one client. VPP writes a dump faster than most programs read it, and VPP's socket is always drained:
 * so a client that reads may have much waiting, and one that does not read may have little.
 */

/**
 * Largest sum of what waits for clients beyond their limits, however well they read, bytes: two million routes. Those beyond their
 * limits share it, so that many of them take no more memory than one.
 */
const MOST = 512 * 1024 * 1024;
/** Time in which a client with too much waiting has to take some of it, milliseconds, and how much, bytes. */
const LOOK_MS = 1000;
const LEAST_TAKEN = 64 * 1024;

export interface UnreadBytes {
  readonly waiting: number;
  readonly bytesTaken: number;
}

/** All of this process that are beyond their limits. */
const beyond = new Set<Unread>();

export class Unread {
  private timer: NodeJS.Timeout | undefined;
  private taken = 0;

  constructor(
    private readonly output: UnreadBytes,
    /** Bytes that may wait for a client that does not read. */
    private readonly limit: number,
    private readonly tooMuch: (reason: string) => void,
  ) {}

  /** Call when something was added and more than the limit waits. */
  check(): void {
    const { waiting } = this.output;
    beyond.add(this);
    const most = Math.max(this.limit, Math.floor(MOST / beyond.size));
    if (waiting > most) {
      const others = beyond.size > 1 ? `, as ${beyond.size - 1} others read slowly, too` : '';
      this.tooMuch(`it reads too slowly: ${waiting} bytes wait for it, ${most} are the most${others}`);
    } else if (this.timer === undefined) this.look();
  }

  stop(): void {
    beyond.delete(this);
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    this.taken = this.output.bytesTaken;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const { waiting, bytesTaken } = this.output;
      if (waiting <= this.limit) {
        beyond.delete(this);
        return;
      }
      if (bytesTaken - this.taken >= LEAST_TAKEN) this.look();
      else this.tooMuch(`it does not read: ${waiting} bytes wait for it, ${this.limit} are the limit`);
    }, LOOK_MS);
    this.timer.unref();
  }
}
