/** The lines of a screen: a pure function of what is chosen, what is known, and the size of the terminal. */

import { printableLine } from '../../printable.js';
import { hanging } from '../output/hanging.js';
import type { Model } from './model.js';
import { fitted, justified, type Line } from './parts/line.js';
import { clock } from './parts/numbers.js';
import { KEYS, type Room } from './press.js';
import type { Screen } from './screen.js';
import { stateLine } from './state-line.js';
import { type Body, STILL, viewBody } from './view-body.js';
import { titleOf, VIEW_NAMES } from './views/index.js';

export interface Size {
  readonly columns: number;
  /** Infinity: nothing is cut off at the bottom. */
  readonly rows: number;
}

/** Lines of the frame: tabs, state of VPP, an empty one, and the keys. */
const FRAME = 4;
const FOOT = 'q quit  ? help  1-5 view  s sort  r reverse  / filter  c clear  p pause';

export interface Rendered {
  /** As many as the terminal has. */
  readonly lines: readonly Line[];
  readonly room: Room;
}

export function render(screen: Screen, model: Model, { columns, rows }: Size): Rendered {
  const height = Math.max(1, rows - FRAME);
  const { lines, room } = screen.isHelp ? help(columns) : viewBody(screen, model, columns, height);
  const padding = Array.from({ length: Math.max(0, height - lines.length) }, (): Line => []);
  const all: Line[] = [
    tabs(screen, model, columns),
    stateLine(model, screen),
    [],
    ...lines.slice(0, height),
    ...padding,
    footer(screen),
  ];
  return { lines: all.slice(0, rows).map((line) => fitted(line, columns)), room };
}

/** One view as text, whole. */
export function snapshot(screen: Screen, model: Model, columns: number): Line[] {
  const { lines } = viewBody(screen, model, columns, Number.POSITIVE_INFINITY);
  return [stateLine(model, screen), [], ...lines].map((line) => fitted(line, columns));
}

function tabs(screen: Screen, { at }: Model, columns: number): Line {
  const left = VIEW_NAMES.flatMap((name, index): Line => {
    const tab = `${index + 1} ${titleOf(name)}`;
    return [{ text: tab, ...(name === screen.view && { style: 'selected' as const }) }, { text: '  ' }];
  });
  const mark: Line = screen.isPaused ? [{ text: 'PAUSED', style: 'busy' }, { text: ' ' }] : [];
  return justified(left, [...mark, { text: clock(at) }], columns);
}

function footer({ typed }: Screen): Line {
  if (typed === undefined) return [{ text: FOOT, style: 'faint' }];
  return [{ text: 'filter: ', style: 'title' }, { text: printableLine(typed) }, { text: ' ', style: 'selected' }];
}

function help(columns: number): Body {
  const lines = hanging(KEYS, columns).map((text): Line => [{ text }]);
  return { lines: [...lines, [], [{ text: 'any key: back' }]], room: STILL };
}
