/** A number with its unit: both align in a column of them. */

import type { Quantity } from './format.js';

export function Amount({ of: { number, unit } }: { readonly of: Quantity }) {
  return (
    <span class="amount">
      {number} <span class="unit">{unit}</span>
    </span>
  );
}
