/** The difference of two texts as `diff -u` shows it. */

/** Edits that are looked for; two texts that differ more are shown as a whole. */
const MOST_EDITS = 2000;
const CONTEXT = 3;

interface Edit {
  readonly sign: ' ' | '-' | '+';
  readonly line: string;
}

/** Lines without an end of line; none where the texts are equal. */
export function unifiedDiff(before: string, after: string): string[] {
  const edits = editsOf(linesOf(before), linesOf(after));
  const changed = edits.flatMap(({ sign }, at) => (sign === ' ' ? [] : [at]));
  const hunks: [from: number, to: number][] = [];
  for (const at of changed) {
    const last = hunks.at(-1);
    if (last !== undefined && at - CONTEXT <= last[1]) last[1] = at + CONTEXT + 1;
    else hunks.push([Math.max(0, at - CONTEXT), at + CONTEXT + 1]);
  }
  return hunks.flatMap(([from, to]) => {
    const part = edits.slice(from, to);
    const head = edits.slice(0, from);
    const range = (without: '+' | '-', of: readonly Edit[], start: readonly Edit[]) => {
      const count = (some: readonly Edit[]) => some.filter(({ sign }) => sign !== without).length;
      const length = count(of);
      return `${count(start) + (length === 0 ? 0 : 1)}${length === 1 ? '' : `,${length}`}`;
    };
    const title = `@@ -${range('+', part, head)} +${range('-', part, head)} @@`;
    return [title, ...part.map(({ sign, line }) => sign + line)];
  });
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return text.replace(/\n$/, '').split('\n');
}

function editsOf(before: readonly string[], after: readonly string[]): Edit[] {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  const same = (line: string): Edit => ({ sign: ' ', line });
  return [
    ...before.slice(0, start).map(same),
    ...shortest(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

/** Myers' algorithm: `furthest[k]` is how far into `before` the edits so far reach on diagonal k; one such map a number of edits. */
function shortest(before: readonly string[], after: readonly string[]): Edit[] {
  const trace: Map<number, number>[] = [];
  let furthest = new Map([[1, 0]]);
  for (let edits = 0; edits <= Math.min(MOST_EDITS, before.length + after.length); edits++) {
    trace.push(furthest);
    const next = new Map(furthest);
    for (let k = -edits; k <= edits; k += 2) {
      let x = isDown(furthest, k, edits) ? (furthest.get(k + 1) ?? 0) : (furthest.get(k - 1) ?? 0) + 1;
      while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
      next.set(k, x);
      if (x >= before.length && x - k >= after.length) return walkBack(trace, before, after);
    }
    furthest = next;
  }
  return [...before.map((line): Edit => ({ sign: '-', line })), ...after.map((line): Edit => ({ sign: '+', line }))];
}

const isDown = (furthest: ReadonlyMap<number, number>, k: number, edits: number) =>
  k === -edits || (k !== edits && (furthest.get(k - 1) ?? 0) < (furthest.get(k + 1) ?? 0));

function walkBack(
  trace: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): Edit[] {
  const edits: Edit[] = [];
  let [x, y] = [before.length, after.length];
  for (let step = trace.length - 1; step >= 0; step--) {
    const furthest = trace[step];
    const k = x - y;
    const from = isDown(furthest, k, step) ? k + 1 : k - 1;
    const fromX = furthest.get(from) ?? 0;
    while (x > fromX && y > fromX - from) {
      edits.push({ sign: ' ', line: before[x - 1] });
      x--;
      y--;
    }
    if (step === 0) break;
    if (x === fromX) edits.push({ sign: '+', line: after[--y] });
    else edits.push({ sign: '-', line: before[--x] });
  }
  return edits.reverse();
}
