/** Names close to one that does not exist, and the words that suggest them: for messages, fields, keys and options. */

/** Edit distance (insert, delete, replace, swap of neighbours), given up as soon as it must exceed `limit`. */
export function editDistance(a: string, b: string, limit = Number.POSITIVE_INFINITY): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast[j - 2] + 1);
      row.push(cost);
      if (cost < best) best = cost;
    }
    if (best > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

/** The distance of two lower-case names for a person: 0 for equal ones, undefined when they have nothing alike. */
function unlikeness(name: string, candidate: string): number | undefined {
  // Nothing of a name of one letter is left when that letter is replaced.
  const some = Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3));
  const limit = Math.min(some, Math.min(name.length, candidate.length) - 1);
  const distance = editDistance(name, candidate, limit);
  let score = distance <= limit ? distance : undefined;
  const surplus = Math.abs(candidate.length - name.length) / (candidate.length + name.length);
  const consider = (bonus: number) => {
    score = Math.min(score ?? Number.POSITIVE_INFINITY, bonus + surplus);
  };
  if (Math.min(name.length, candidate.length) >= 3) {
    if (candidate.startsWith(name) || name.startsWith(candidate)) consider(0.5);
    else if (candidate.includes(name) || name.includes(candidate)) consider(1.5);
  }
  // The same words in another order, or one left out: `dump_interface` for `sw_interface_dump`.
  const words = name.split(/[^a-z0-9]+/).filter((word) => word.length > 1);
  if (words.length > 1) {
    const own = new Set(candidate.split(/[^a-z0-9]+/));
    if (words.every((word) => own.has(word))) consider(1);
  }
  return score;
}

/** Letters compared with letters before it is given up: the names may come from anywhere, and be many and long. */
const MAX_WORK = 1 << 24;

/** The at most `max` of `candidates` closest to `name`, closest first; none when nothing is alike. */
export function nearest(name: string, candidates: Iterable<string>, max = 3): string[] {
  const wanted = name.slice(0, 128).toLowerCase();
  const scored: { candidate: string; score: number }[] = [];
  let work = 0;
  if (wanted === '') return [];
  for (const candidate of candidates) {
    work += wanted.length * Math.min(candidate.length, 128);
    if (work > MAX_WORK) break;
    const score = unlikeness(wanted, candidate.slice(0, 128).toLowerCase());
    if (score !== undefined) scored.push({ candidate, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1));
  return scored.slice(0, max).map((entry) => entry.candidate);
}

/** Names that may have been meant, closest first, and the words that offer them. */
export interface Suggestion {
  readonly near: readonly string[];
  /** `; did you mean a, b or c?`; `''` where there is nothing to say. */
  readonly text: string;
}

/** Offers the at most `max` of `candidates` closest to `name`. */
export function didYouMean(name: string, candidates: Iterable<string>, max = 3): Suggestion {
  return suggesting(nearest(name, candidates, max));
}

/** Offers these names. */
export function suggesting(near: readonly string[]): Suggestion {
  if (near.length === 0) return { near, text: '' };
  const list = near.length === 1 ? near[0] : `${near.slice(0, -1).join(', ')} or ${near[near.length - 1]}`;
  return { near, text: `; did you mean ${list}?` };
}

/** Offers the one closest to `name`, in quotes, as configuration has it. */
export function closest(name: string, known: readonly string[]): Suggestion {
  const near = nearest(name, known, 1);
  return { near, text: near.length > 0 ? `; did you mean "${near[0]}"?` : '' };
}

/** The same; where none is near, the text lists all of `known`. */
export function closestOrAll(name: string, known: readonly string[]): Suggestion {
  const found = closest(name, known);
  if (found.near.length > 0) return found;
  return { near: [], text: known.length === 0 ? '; there are none' : `; there are: ${known.join(', ')}` };
}
