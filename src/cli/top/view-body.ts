/** The lines of one view, without the frame around it. */

import { fits, isPattern } from '../../glob.js';
import { printableLine } from '../../printable.js';
import { wrapped } from '../output/wrap.js';
import type { Model } from './model.js';
import { sorted, tableLines } from './parts/columns.js';
import type { Line } from './parts/line.js';
import type { Room } from './press.js';
import { type Screen, sortingOf } from './screen.js';
import { DROP_COLUMNS, dropsView } from './views/drops.js';
import { TABLES } from './views/index.js';
import { INTERFACE_COLUMNS, interfacesView } from './views/interfaces.js';
import { overviewLines } from './views/overview.js';
import type { View } from './views/view.js';

/** The rows of a view that the filter lets through, in order. */
export function rowsOf(view: View<object>, screen: Screen, model: Model): readonly object[] | undefined {
  const rows = view.rows(model);
  const sorting = sortingOf(screen) ?? { key: view.sort, isReversed: false };
  return rows && sorted(filtered(rows, view, screen.filter), view.columns, sorting);
}

function filtered<R>(rows: readonly R[], view: View<R>, filter: string): readonly R[] {
  if (filter === '') return rows;
  const wanted = filter.toLowerCase();
  const pattern = isPattern(wanted) ? `*${wanted}*` : undefined;
  return rows.filter((row) => {
    const words = view.words(row).toLowerCase();
    return pattern === undefined ? words.includes(wanted) : fits(pattern, words);
  });
}

export interface Body {
  readonly lines: readonly Line[];
  readonly room: Room;
}

/** Nothing to move in. */
export const STILL: Room = { page: 1, most: 0 };

/** `height` may be Infinity: then nothing is left out. */
export function viewBody(screen: Screen, model: Model, columns: number, height: number): Body {
  if (screen.view === 'overview') return { lines: overview(screen, model, columns, height), room: STILL };
  const view = TABLES[screen.view];
  if (screen.view !== 'api' && model.figures === undefined) return { lines: whyNothing(model, columns), room: STILL };
  const above = view.above(model, columns);
  const rows = rowsOf(view, screen, model);
  if (rows === undefined || rows.length === 0) {
    const isFiltered = rows !== undefined && screen.filter !== '';
    const text = isFiltered ? `nothing that fits the filter ${printableLine(screen.filter)}` : view.none(model);
    return { lines: [...above, ...paragraph(text, columns)], room: STILL };
  }
  const page = Math.max(1, height - above.length - 1);
  // One line says how many more there are.
  const shown = rows.length <= page ? page : page - 1;
  const most = Math.max(0, rows.length - shown);
  const offset = Math.min(screen.offset, most);
  const visible = rows.slice(offset, offset + shown);
  const table = tableLines(visible, view.columns, columns, sortingOf(screen));
  const more = rows.length - offset - visible.length;
  const rest: Line[] = most > 0 && height !== Number.POSITIVE_INFINITY ? [moreLine(offset, more)] : [];
  return { lines: [...above, ...table, ...rest], room: { page: Math.max(1, shown - 1), most } };
}

const moreLine = (above: number, below: number): Line => [
  { text: `… ${above > 0 ? `${above} above, ` : ''}${below} more`, style: 'faint' },
];

function overview(screen: Screen, model: Model, columns: number, height: number): readonly Line[] {
  const above = [...(model.figures === undefined ? whyNothing(model, columns) : []), ...overviewLines(model, columns)];
  if (model.figures === undefined) return above;
  const interfaces = filtered(
    sorted(model.figures.interfaces, INTERFACE_COLUMNS, BUSIEST),
    interfacesView,
    screen.filter,
  );
  const drops = filtered(sorted(model.figures.drops, DROP_COLUMNS, FASTEST), dropsView, screen.filter);
  // Each of the two lists has an empty line and its titles.
  const room = Math.max(2, (height === Number.POSITIVE_INFINITY ? 40 : height) - above.length - 4);
  const [half, wanted] = [Math.ceil(room / 2), drops.length];
  const forInterfaces = Math.max(half, room - wanted);
  const first = interfaces.slice(0, forInterfaces);
  const second = drops.slice(0, room - first.length);
  return [
    ...above,
    [],
    ...tableLines(first, INTERFACE_COLUMNS, columns),
    ...(second.length === 0 ? [] : [[], ...tableLines(second, DROP_COLUMNS, columns)]),
  ];
}

const BUSIEST = { key: 'rx', isReversed: false };
const FASTEST = { key: 'rate', isReversed: false };

function whyNothing({ stats }: Model, columns: number): Line[] {
  const { state, reason = 'the first read is under way', socket } = stats;
  const text = state === 'away' ? reason : `no counters from ${socket} yet: ${reason}`;
  return paragraph(text, columns);
}

const paragraph = (text: string, columns: number): Line[] =>
  wrapped(printableLine(text), columns).map((line): Line => [{ text: line }]);
