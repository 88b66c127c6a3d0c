/** Puts rows in order: by one column, what is not known last, and never away under somebody's hand. */

export type SortValue = string | number | boolean | undefined;

export interface Sort {
  /** Key of the column. */
  readonly key: string;
  readonly isDown: boolean;
}

/** An order that is kept: new rows come last. */
interface Held<R> {
  readonly order: readonly string[];
  readonly keyOf: (row: R) => string;
}

const names = new Intl.Collator('en', { numeric: true });

export function sortRows<R>(
  rows: readonly R[],
  { isDown }: Sort,
  pick: ((row: R) => SortValue) | undefined,
  held?: Held<R>,
): readonly R[] {
  if (held !== undefined) {
    const places = new Map(held.order.map((key, i) => [key, i]));
    const placeOf = (row: R) => places.get(held.keyOf(row)) ?? Number.MAX_SAFE_INTEGER;
    return [...rows].sort((a, b) => placeOf(a) - placeOf(b));
  }
  if (pick === undefined) return rows;
  return [...rows].sort((a, b) => {
    const [one, other] = [pick(a), pick(b)];
    if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
    const order = typeof one === 'string' ? names.compare(one, String(other)) : Number(one) - Number(other);
    return isDown ? -order : order;
  });
}
