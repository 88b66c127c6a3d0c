/** Number of rows or items of a stream that its client lets the agent send. */

import { FrameFault } from './frame-fault.js';

export class Credit {
  private count = 0;
  private granted = 0;
  /** The most that was open at a time. */
  private widest = 0;

  constructor(
    private readonly id: number,
    private readonly most: number,
  ) {}

  get left(): number {
    return this.count;
  }

  /**
   * Number of items that the client must have got by now. It gives more credit for those that it has: what it has not may be as many as
   * were ever open at a time.
   */
  get arrived(): number {
    return this.granted - this.widest;
  }

  /** Throws FrameFault. */
  add(count: number): void {
    if (this.count + count > this.most) {
      const text = `a stream may have a credit of ${this.most} open (max-credit in remote.conf), not ${this.count} and ${count}`;
      throw new FrameFault(text, { id: this.id }, 'credit');
    }
    this.count += count;
    this.granted += count;
    this.widest = Math.max(this.widest, this.count);
  }

  /** Puts another one in place of what is left, of a client that has got `arrived` items. Throws FrameFault. */
  reset(count: number, arrived: number): void {
    this.count = 0;
    this.widest = 0;
    this.granted = arrived;
    this.add(count);
  }

  spend(count: number): void {
    this.count -= count;
  }
}
