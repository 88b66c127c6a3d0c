/** The choices of the person who looks: one value, which a key press makes another of. */

import type { Sorting } from './parts/columns.js';
import { TABLES, VIEW_NAMES, type ViewName } from './views/index.js';

export interface Screen {
  readonly view: ViewName;
  readonly sortings: Readonly<Partial<Record<ViewName, Sorting>>>;
  readonly filter: string;
  /** The filter while it is being typed. */
  readonly typed?: string;
  readonly isPaused: boolean;
  readonly isHelp: boolean;
  /** Rows above the first that is shown. */
  readonly offset: number;
}

export interface Choice {
  readonly view?: ViewName;
  readonly sort?: string;
  readonly filter?: string;
}

export function screenOf({ view = 'overview', sort, filter = '' }: Choice): Screen {
  const sortings = sort === undefined ? {} : { [view]: { key: sort, isReversed: false } };
  return { view, sortings, filter, isPaused: false, isHelp: false, offset: 0 };
}

/** How the table of a view is sorted; undefined for the overview. */
export function sortingOf({ view, sortings }: Screen): Sorting | undefined {
  if (view === 'overview') return undefined;
  return sortings[view] ?? { key: TABLES[view].sort, isReversed: false };
}

/** The view `steps` further. */
export function viewAt(view: ViewName, steps: number): ViewName {
  const { length } = VIEW_NAMES;
  return VIEW_NAMES[(VIEW_NAMES.indexOf(view) + steps + length) % length];
}
