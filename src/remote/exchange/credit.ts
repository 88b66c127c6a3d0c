/**
 * The rows that the agent may send for one stream, so that what waits for its reader stays within replyBuffer and replyBytes: half of
 * them wait at the most when more is asked for, and the other half may be on its way.
 */

/** Bytes that a row is taken to have before one has come, and at least: what it is in memory is more than on the wire. */
const ROW_BYTES = 256;

export interface CreditBounds {
  readonly replyBuffer: number;
  readonly replyBytes: number;
}

export class Credit {
  private open = 0;
  private rowBytes = ROW_BYTES;
  private most = 1;

  constructor(private readonly bounds: CreditBounds) {}

  /** True while the agent may not send. */
  get isSpent(): boolean {
    return this.open <= 0;
  }

  /** The first credit on a link whose agent gives `most` at the most. */
  begin(most: number): number {
    this.most = most;
    this.open = this.target;
    return this.open;
  }

  /** Takes `rows` off, which had `size` bytes together. Returns the bytes of each. */
  take(rows: number, size: number): number {
    this.open -= rows;
    const bytes = Math.max(1, Math.round(size / Math.max(1, rows)));
    if (bytes > this.rowBytes) this.rowBytes = bytes;
    return bytes;
  }

  /** Credit to give now that there is room; 0: enough is open, and a frame for each row would cost more than the row. */
  more(): number {
    const { target, open } = this;
    if (open > target / 2) return 0;
    this.open = target;
    return target - open;
  }

  private get target(): number {
    const { replyBuffer, replyBytes } = this.bounds;
    return Math.max(1, Math.floor(Math.min(replyBuffer / 2, replyBytes / 2 / this.rowBytes, this.most)));
  }
}
