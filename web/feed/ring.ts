/** The last values of several lines over time, in arrays that never grow. */

export class Ring {
  private readonly columns: readonly Float64Array[];
  private next = 0;
  private count = 0;

  /** `lines` besides the time. */
  constructor(
    lines: number,
    private readonly capacity: number,
  ) {
    this.columns = Array.from({ length: lines + 1 }, () => new Float64Array(capacity));
  }

  get length(): number {
    return this.count;
  }

  /** Time of the newest values; undefined without any. */
  get latest(): number | undefined {
    return this.count === 0 ? undefined : this.columns[0][(this.next + this.capacity - 1) % this.capacity];
  }

  /** Adds the values at a time; those that are undefined are gaps. Values of a time that is there already are ignored. */
  add(time: number, values: readonly (number | undefined)[]): void {
    if (this.latest !== undefined && time <= this.latest) return;
    this.columns[0][this.next] = time;
    for (let i = 1; i < this.columns.length; i++) this.columns[i][this.next] = values[i - 1] ?? Number.NaN;
    this.next = (this.next + 1) % this.capacity;
    this.count = Math.min(this.count + 1, this.capacity);
  }

  /** Time, and each line, from the oldest on; gaps are null. New arrays each time. */
  read(): (number | null)[][] {
    const start = (this.next + this.capacity - this.count) % this.capacity;
    return this.columns.map((column) =>
      Array.from({ length: this.count }, (_, i) => {
        const value = column[(start + i) % this.capacity];
        return Number.isNaN(value) ? null : value;
      }),
    );
  }
}
