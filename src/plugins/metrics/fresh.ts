/** A value that several metrics of a page are read from: made anew where it is older than a page takes. */

const FRESH_MS = 100;

export function fresh<T>(make: () => T): () => T {
  let value: T;
  let madeAt = Number.NEGATIVE_INFINITY;
  return () => {
    const now = performance.now();
    if (now - madeAt > FRESH_MS) {
      value = make();
      madeAt = now;
    }
    return value;
  };
}
