/** Says what a question has cost VPP. */

import { exact, milliseconds } from '../../parts/format.js';

export interface Cost {
  readonly ms: number;
  readonly details: number;
}

export function CostLine({ cost: { ms, details } }: { readonly cost: Cost }) {
  return (
    <>
      VPP sent {exact(details)} {details === 1 ? 'entry' : 'entries'} in {milliseconds(ms)}.
    </>
  );
}
