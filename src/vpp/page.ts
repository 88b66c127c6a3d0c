/**
 * A page of a table that VPP gives whole and in no order: the first values by a key, behind a cursor. However long the table is, at
 * most twice as many values as the page has room for are kept.
 */

interface Kept<T> {
  readonly key: string;
  readonly value: T;
}

const byKey = <T>(one: Kept<T>, other: Kept<T>) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0);

export class Page<T> {
  /** Number of the values that were offered. */
  total = 0;
  private kept: Kept<T>[] = [];
  /** Whether values behind this page were seen. */
  private isCut = false;
  /** Largest key that still has a place, once the page was full. */
  private last: string | undefined;

  /** `limit` is the length of the page, or Infinity: all are kept then, in the order in which they come. `after` is a key: only larger ones belong to the page. */
  constructor(
    private readonly limit: number,
    private readonly after = '',
  ) {}

  /** Counts a value, and takes it where it belongs to the page; `make` is called for those only. */
  offer(key: string, make: () => T): void {
    this.total += 1;
    if (key <= this.after) return;
    if (this.limit === 0 || (this.last !== undefined && key >= this.last)) {
      this.isCut = true;
      return;
    }
    this.kept.push({ key, value: make() });
    if (this.kept.length >= 2 * this.limit) this.cut();
  }

  /** The values in the order of their keys, and whether more come behind them. */
  read(): { readonly values: T[]; readonly hasMore: boolean } {
    this.cut();
    return { values: this.kept.map(({ value }) => value), hasMore: this.isCut };
  }

  private cut(): void {
    if (this.limit === Number.POSITIVE_INFINITY) return;
    this.kept.sort(byKey);
    if (this.kept.length <= this.limit) return;
    this.kept.length = this.limit;
    this.last = this.kept[this.limit - 1].key;
    this.isCut = true;
  }
}
