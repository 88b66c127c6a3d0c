/**
 * The newest items of one event stream, as they are sent: each with its number, the oldest dropped when they are too many. Numbers count
 * up by one, and begin with the time of the ring in microseconds: so a number of an earlier ring, or of an earlier agent, is none of this one.
 */

export interface RingBounds {
  readonly items: number;
  readonly bytes: number;
}

export class EventRing {
  private readonly texts: string[] = [];
  /** Index of the oldest in `texts`: those before it are gone. */
  private start = 0;
  private bytes = 0;
  /** Number of the oldest item, or of the next one where there is none. */
  first: number;

  constructor(
    private readonly bounds: RingBounds,
    now = Date.now(),
  ) {
    this.first = now * 1000 + 1;
  }

  /** Number of the next item. */
  get next(): number {
    return this.first + this.texts.length - this.start;
  }

  /** Takes the next item; `make` gives its text. */
  add(make: (number: number) => string): void {
    const text = make(this.next);
    this.texts.push(text);
    this.bytes += text.length;
    while (this.texts.length - this.start > this.bounds.items || this.bytes > this.bounds.bytes) this.drop();
  }

  /** The item; undefined where it is gone, or has not come. */
  at(number: number): string | undefined {
    return number < this.first ? undefined : this.texts[this.start + number - this.first];
  }

  private drop(): void {
    this.bytes -= this.texts[this.start].length;
    this.texts[this.start] = '';
    this.start += 1;
    this.first += 1;
    // Half of the list is rest: moved rarely, so that each item costs the same.
    if (this.start * 2 > this.texts.length) {
      this.texts.splice(0, this.start);
      this.start = 0;
    }
  }
}
