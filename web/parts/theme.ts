/** Colours for what is drawn, as the style sheet has them in the present scheme. */

import { Value } from '../feed/value.js';

const dark = matchMedia('(prefers-color-scheme: dark)');

export const theme = new Value<'light' | 'dark'>(dark.matches ? 'dark' : 'light');
const known = new Map<string, string>();
dark.addEventListener('change', () => {
  known.clear();
  theme.set(dark.matches ? 'dark' : 'light');
});

/** The colour of this name: `rx` of `--rx`. */
export function colour(name: string): string {
  let found = known.get(name);
  if (found === undefined) {
    found = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
    known.set(name, found);
  }
  return found;
}
