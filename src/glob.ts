/**
 * Patterns as in a shell: `*` is any text, `?` any one character; all else is itself. Without regular expressions: none
 * that somebody writes takes longer than its length times that of the text.
 */

export const isPattern = (text: string) => text.includes('*') || text.includes('?');

/** A text that fits any of `patterns`. */
export function fitsAny(patterns: readonly string[], text: string): boolean {
  return patterns.some((pattern) => fits(pattern, text));
}

export function fits(pattern: string, text: string): boolean {
  let [p, t] = [0, 0];
  let [star, resume] = [-1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p++;
      resume = t;
    } else if (pattern[p] === '?' || pattern[p] === text[t]) {
      p++;
      t++;
    } else if (star >= 0) {
      // The last star takes one more.
      p = star + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
