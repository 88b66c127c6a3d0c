/** How much of something is used, as a bar and in numbers. */

import { percent, type Quantity, text } from './format.js';

interface Props {
  readonly label: string;
  readonly used: number | undefined;
  readonly total: number | undefined;
  readonly show: (value: number | undefined) => Quantity;
}

/** Share from which on it is shown as a warning. */
const FULL = 0.9;

export function Meter({ label, used, total, show }: Props) {
  const share = used === undefined || !total ? undefined : used / total;
  return (
    <div class="meter">
      <span>{label}</span>
      <span class="bar" aria-hidden="true">
        <span class={share !== undefined && share > FULL ? 'full' : ''} style={{ width: `${100 * (share ?? 0)}%` }} />
      </span>
      <span class="number">
        {percent(share)}{' '}
        <span class="unit">
          {text(show(used))} of {text(show(total))}
        </span>
      </span>
    </div>
  );
}
