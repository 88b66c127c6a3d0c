/** Layout of VPP's CLI output. */
import type { Interface } from '../dataplane/interfaces/interface.js';

/**
 * Orders interfaces as VPP's lists are: by name, sub-interfaces behind their hardware. Of two names of which one begins with the
 * other, the interface that comes later in the pool goes first: VPP takes the difference of their lengths for positive in any case.
 */
export function byName(interfaces: Iterable<Interface>): Interface[] {
  return mergeSorted([...interfaces], ({ hardware: a }, { hardware: b }) =>
    a === b ? 0 : compareNames(a.name, b.name),
  );
}

function compareNames(a: string, b: string): number {
  if (a.startsWith(b) || b.startsWith(a)) return a.length === b.length ? 0 : 1;
  return a < b ? -1 : 1;
}

/** The sort of the C library; the comparison is not transitive, so the steps of the sort matter. */
function mergeSorted<T>(items: readonly T[], compare: (a: T, b: T) => number): T[] {
  if (items.length < 2) return [...items];
  const middle = items.length >> 1;
  const left = mergeSorted(items.slice(0, middle), compare);
  const right = mergeSorted(items.slice(middle), compare);
  const merged: T[] = [];
  let [at, to] = [0, 0];
  while (at < left.length && to < right.length) {
    merged.push(compare(left[at], right[to]) <= 0 ? left[at++] : right[to++]);
  }
  return [...merged, ...left.slice(at), ...right.slice(to)];
}

/** Centres like VPP's %=N: the odd space goes left. */
export function center(text: string, width: number): string {
  return text.padStart(text.length + Math.ceil((width - text.length) / 2)).padEnd(width);
}

/** Columns of these widths, centred, with a space in between; longer texts are cut. */
export function columns(widths: readonly number[], texts: readonly (string | number)[], gap = ' '): string {
  return texts.map((text, index) => center(String(text).slice(0, widths[index]), widths[index])).join(gap);
}

/** Seconds as VPP writes them: no digit before the point where that is 0. */
export function seconds(value: number, digits: number): string {
  return value.toFixed(digits).replace(/^0\./, '.');
}
