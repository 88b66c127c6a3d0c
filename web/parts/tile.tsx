/** A number that matters, with what it is. */

import type { ComponentChildren } from 'preact';

interface Props {
  readonly label: string;
  /** A few words below the number. */
  readonly note?: ComponentChildren;
  readonly tone?: 'bad' | 'busy';
  readonly children: ComponentChildren;
}

export function Tile({ label, note, tone, children }: Props) {
  return (
    <div class={`tile ${tone ?? ''}`}>
      <dt>{label}</dt>
      <dd>
        <span class="value">{children}</span>
        {note !== undefined && <span class="about">{note}</span>}
      </dd>
    </div>
  );
}
