/**
 * A number of bytes that may wait over all dumps of one caller. Nothing is taken in advance, and no dump waits for another one: while
 * too many bytes wait, the dumps of which more than an equal part of them wait get no more, and fail by that.
 */

import type { SharedBound } from '../../mux/index.js';

interface Waiting {
  readonly bytes: number;
}

export class Budget {
  private readonly parts = new Set<Part>();

  constructor(private most: number) {}

  /** Bytes that wait now. */
  get used(): number {
    let used = 0;
    for (const { bytes } of this.parts) used += bytes;
    return used;
  }

  /** Begins the part of one dump. `waiting`: gives the bytes that wait besides those of its reader. */
  share(waiting: () => number = () => 0): Part {
    const part: Part = new Part(
      waiting,
      () => this.used <= this.most || part.bytes * this.parts.size <= this.most,
      () => void this.parts.delete(part),
    );
    this.parts.add(part);
    return part;
  }

  /** Changes the number, from the next read on. */
  configure(most: number): void {
    this.most = most;
  }
}

/** The bytes that wait of one dump. */
export class Part implements SharedBound {
  private reader: Waiting | undefined;

  constructor(
    private readonly waiting: () => number,
    readonly fits: () => boolean,
    /** Ends it: nothing of it counts any more. */
    readonly end: () => void,
  ) {}

  get bytes(): number {
    return this.waiting() + (this.reader?.bytes ?? 0);
  }

  add(reader: Waiting): void {
    this.reader = reader;
  }
}
