/** A state in a word, with a sign of its own, so that nobody needs to see colours. */

import type { ComponentChildren } from 'preact';
import type { Tone } from './tone.js';

const SIGNS: Readonly<Record<Tone, string>> = { good: '●', busy: '◐', bad: '▲', off: '○' };

interface Props {
  readonly tone: Tone;
  /** The thing whose state it is. */
  readonly label?: string;
  readonly title?: string;
  readonly children: ComponentChildren;
}

export function Pill({ tone, label, title, children }: Props) {
  return (
    <span class={`pill ${tone}`} title={title}>
      <span aria-hidden="true" class="sign">
        {SIGNS[tone]}
      </span>{' '}
      {label && <span class="label">{label} </span>}
      {children}
    </span>
  );
}
