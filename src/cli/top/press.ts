/** Effects of each key: on the screen, and beyond it. */

import { type Screen, sortingOf, viewAt } from './screen.js';
import { TABLES, VIEW_NAMES } from './views/index.js';

/** A key press as `node:readline` describes it. */
export interface Key {
  readonly name?: string;
  readonly sequence?: string;
  readonly ctrl?: boolean;
  readonly meta?: boolean;
}

/** Everything beyond the screen itself. */
export type Command = 'quit' | 'suspend' | 'redraw' | 'clear' | 'unclear';

export interface Pressed {
  readonly screen: Screen;
  readonly command?: Command;
}

/** Every key and its meaning, as the help shows them. */
export const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
  ['1 2 3 4 5', 'overview, interfaces, nodes, drops, API; Tab: the next one'],
  ['s, S, → ←', 'sort by the next column, by the one before'],
  ['r', 'reverse the order'],
  ['/', 'filter by a part of a name, or a pattern with * and ?; Esc takes it away'],
  ['↓ ↑, PgDn PgUp', 'move in a long list; also j k, Space, b, Home, End'],
  ['c', 'clear: count from now on'],
  ['C', "count from VPP's start again"],
  ['p', 'pause, and go on'],
  ['Ctrl-L', 'draw everything anew'],
  ['Ctrl-Z', 'suspend; fg brings it back'],
  ['q, Ctrl-C', 'quit'],
];

/** `page`: rows of a page; `most`: the largest offset. */
export interface Room {
  readonly page: number;
  readonly most: number;
}

export function press(screen: Screen, key: Key, room: Room): Pressed {
  const { name = '', sequence = '', ctrl = false } = key;
  if (ctrl) return control(screen, name);
  if (screen.typed !== undefined) return { screen: typing(screen, screen.typed, key) };
  if (screen.isHelp) return name === 'q' ? { screen, command: 'quit' } : { screen: { ...screen, isHelp: false } };
  const view = VIEW_NAMES[Number(sequence) - 1];
  if (view !== undefined) return { screen: { ...screen, view, offset: 0 } };
  return chosen(screen, key) ?? { screen: moved(screen, key, room) };
}

function control(screen: Screen, name: string): Pressed {
  if (name === 'c') return { screen, command: 'quit' };
  if (name === 'z') return { screen, command: 'suspend' };
  return name === 'l' ? { screen, command: 'redraw' } : { screen };
}

function chosen(screen: Screen, { name = '', sequence = '' }: Key): Pressed | undefined {
  switch (sequence) {
    case 'q':
      return { screen, command: 'quit' };
    case '?':
    case 'h':
      return { screen: { ...screen, isHelp: true } };
    case 'c':
      return { screen, command: 'clear' };
    case 'C':
      return { screen, command: 'unclear' };
    case 'p':
      return { screen: { ...screen, isPaused: !screen.isPaused } };
    case '/':
      return { screen: { ...screen, typed: screen.filter } };
    case 's':
      return { screen: sortedBy(screen, 1) };
    case 'S':
      return { screen: sortedBy(screen, -1) };
    case 'r':
      return { screen: reversed(screen) };
  }
  switch (name) {
    case 'tab':
      return { screen: { ...screen, view: viewAt(screen.view, sequence === '\t' ? 1 : -1), offset: 0 } };
    case 'right':
      return { screen: sortedBy(screen, 1) };
    case 'left':
      return { screen: sortedBy(screen, -1) };
    case 'escape':
      return { screen: { ...screen, filter: '', offset: 0 } };
  }
  return undefined;
}

function typing(screen: Screen, typed: string, { name, sequence = '', meta }: Key): Screen {
  if (name === 'return' || name === 'enter') return { ...screen, filter: typed, typed: undefined, offset: 0 };
  if (name === 'escape') return { ...screen, typed: undefined };
  if (name === 'backspace') return { ...screen, typed: [...typed].slice(0, -1).join('') };
  // Arrows and their like send an escape sequence.
  const isText = !meta && /^\P{C}+$/u.test(sequence);
  return isText ? { ...screen, typed: (typed + sequence).slice(0, MOST) } : screen;
}

/** Characters of a filter. */
const MOST = 100;

function sortedBy(screen: Screen, steps: number): Screen {
  const sorting = sortingOf(screen);
  if (sorting === undefined || screen.view === 'overview') return screen;
  const { columns } = TABLES[screen.view];
  const at = columns.findIndex(({ key }) => key === sorting.key);
  const { key } = columns[(at + steps + columns.length) % columns.length];
  return { ...screen, sortings: { ...screen.sortings, [screen.view]: { key, isReversed: false } }, offset: 0 };
}

function reversed(screen: Screen): Screen {
  const sorting = sortingOf(screen);
  if (sorting === undefined) return screen;
  const next = { ...sorting, isReversed: !sorting.isReversed };
  return { ...screen, sortings: { ...screen.sortings, [screen.view]: next } };
}

function moved(screen: Screen, { name = '' }: Key, { page, most }: Room): Screen {
  const offset = Math.min(screen.offset, most);
  const to = (next: number) => ({ ...screen, offset: Math.max(0, Math.min(most, next)) });
  switch (name) {
    case 'down':
    case 'j':
      return to(offset + 1);
    case 'up':
    case 'k':
      return to(offset - 1);
    case 'pagedown':
    case 'space':
      return to(offset + page);
    case 'pageup':
    case 'b':
      return to(offset - page);
    case 'home':
      return to(0);
    case 'end':
      return to(most);
  }
  return screen;
}
