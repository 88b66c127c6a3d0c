/** A table that can be sorted, and walked through with the arrow keys where its rows lead somewhere. */

import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type Sort, type SortValue, sortRows } from './sort-rows.js';

export interface Column<R> {
  readonly key: string;
  readonly title: string;
  /** Numbers stand at the end of their cells. */
  readonly number?: boolean;
  /** Left out on narrow screens. */
  readonly wide?: boolean;
  /** The value that it is sorted by; without it, it is not. */
  readonly sort?: (row: R) => SortValue;
  readonly cell: (row: R) => ComponentChildren;
}

interface Props<R> {
  readonly caption: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  readonly sort: Sort;
  /** URL that a row leads to; its first cell is the link then. */
  readonly linkOf?: (row: R) => string;
  /** Shown in place of rows. */
  readonly empty: ComponentChildren;
}

/** Rows that are shown until somebody asks for more. */
const PAGE = 100;

export function Table<R>({ caption, columns, rows, keyOf, sort: first, linkOf, empty }: Props<R>) {
  const [sort, setSort] = useState(first);
  const [limit, setLimit] = useState(PAGE);
  const [current, setCurrent] = useState<string>();
  const held = useRef<readonly string[] | undefined>(undefined);
  const order = useRef<readonly string[]>([]);
  const column = columns.find(({ key }) => key === sort.key);
  // Rows do not move away under the pointer, or under the focus.
  const sorted = sortRows(rows, sort, column?.sort, held.current && { order: held.current, keyOf });
  order.current = sorted.map(keyOf);
  const shown = sorted.slice(0, limit);
  const roving = shown.some((row) => keyOf(row) === current) ? current : shown[0] && keyOf(shown[0]);
  const hold = () => {
    held.current ??= order.current;
  };
  const release = () => {
    held.current = undefined;
  };
  if (rows.length === 0) return <p class="quiet empty">{empty}</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways on narrow screens, by keyboard as well */}
      <section class="scroll" aria-label={caption} tabIndex={0}>
        <table>
          <caption class="hidden">{caption}</caption>
          <thead>
            <tr>
              {columns.map((each) => (
                <th
                  key={each.key}
                  scope="col"
                  class={classOf(each)}
                  aria-sort={each.key === sort.key ? (sort.isDown ? 'descending' : 'ascending') : undefined}
                >
                  {each.sort ? (
                    <button
                      type="button"
                      onClick={() => {
                        release();
                        setSort(
                          each.key === sort.key
                            ? { ...sort, isDown: !sort.isDown }
                            : { key: each.key, isDown: each.number === true },
                        );
                      }}
                    >
                      {each.title}
                      <span class="arrow" aria-hidden="true">
                        {each.key === sort.key ? (sort.isDown ? '▾' : '▴') : ''}
                      </span>
                    </button>
                  ) : (
                    each.title
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody
            onMouseEnter={hold}
            onMouseLeave={release}
            onFocusCapture={hold}
            onBlurCapture={release}
            onKeyDown={walk}
          >
            {shown.map((row) => {
              const key = keyOf(row);
              return (
                <tr key={key}>
                  {columns.map((each, i) =>
                    i > 0 ? (
                      <td key={each.key} class={classOf(each)}>
                        {each.cell(row)}
                      </td>
                    ) : (
                      <th key={each.key} scope="row" class={classOf(each)}>
                        {linkOf ? (
                          <a
                            href={linkOf(row)}
                            data-row
                            tabIndex={key === roving ? 0 : -1}
                            onFocus={() => setCurrent(key)}
                          >
                            {each.cell(row)}
                          </a>
                        ) : (
                          each.cell(row)
                        )}
                      </th>
                    ),
                  )}
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      {sorted.length > limit && (
        <p class="more">
          {limit} of {sorted.length} shown.{' '}
          <button type="button" onClick={() => setLimit(limit + 5 * PAGE)}>
            Show more
          </button>
        </p>
      )}
    </>
  );
}

const classOf = ({ number, wide }: { readonly number?: boolean; readonly wide?: boolean }) =>
  [number && 'number', wide && 'wide'].filter(Boolean).join(' ');

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

/** Moves the focus from row to row. */
function walk(event: KeyboardEvent): void {
  const step = STEPS[event.key];
  const body = event.currentTarget;
  if (step === undefined || !(body instanceof HTMLElement)) return;
  const links = [...body.querySelectorAll<HTMLElement>('[data-row]')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  event.preventDefault();
  links[step(at, links.length - 1)]?.focus();
}
