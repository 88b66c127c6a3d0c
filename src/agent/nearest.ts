/** Names close to a mistyped one. */

/**
 * The candidates nearest to `name`, best first, at most `limit`; none when nothing is near
 * (more than about a third of the letters differ and neither contains the other).
 */
export function nearest(name: string, candidates: Iterable<string>, limit = 1): string[] {
  const wanted = name.toLowerCase();
  const tolerance = Math.min(Math.max(1, Math.floor(wanted.length / 3)), wanted.length - 1);
  const found: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const distance = editDistance(wanted, other);
    const contains = wanted.length > 3 && (other.includes(wanted) || wanted.includes(other));
    if (distance <= tolerance || contains) found.push({ candidate, distance });
  }
  return found
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map((entry) => entry.candidate);
}

/** `; did you mean "x"?`, or the known names where none is near and they are few. */
export function suggestion(name: string, candidates: readonly string[]): string {
  const [best] = nearest(name, candidates);
  if (best !== undefined) return `; did you mean "${best}"?`;
  if (candidates.length === 0) return '; there are none';
  return `; there are: ${candidates.join(', ')}`;
}

/** Insertions, deletions, replacements and swaps of neighbours that make one text the other. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, last[j] + 1, row[j - 1] + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
