/** Words for an error about a name that does not exist. */

import { nearest } from '../nearest.js';

/** `; did you mean "x"?`, or the known names where none is near. */
export function suggestion(name: string, candidates: readonly string[]): string {
  const [best] = nearest(name, candidates);
  if (best !== undefined) return `; did you mean "${best}"?`;
  if (candidates.length === 0) return '; there are none';
  return `; there are: ${candidates.join(', ')}`;
}
