/** A table of VPP that is asked for by page. */

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { useQuestion } from '../../feed/use-question.js';
import { type FieldSpec, inputOf, type Values } from '../../parts/field-spec.js';
import { complaintAt, Fields } from '../../parts/fields.js';
import { exact } from '../../parts/format.js';
import { type Column, Table } from '../../parts/table.js';
import { type Cost, CostLine } from './cost-line.js';

export interface PagedTable<R> {
  readonly operation: string;
  readonly title: string;
  /** A word about what it costs, before it is asked. */
  readonly hint: ComponentChildren;
  readonly fields: readonly FieldSpec[];
  /** Key of the output that holds the rows. */
  readonly list: string;
  readonly columns: readonly Column<R>[];
  readonly keyOf: (row: R) => string;
  readonly empty: string;
}

interface Answer {
  readonly total: number;
  readonly next?: string | number;
  readonly cost: Cost;
}

const LIMIT = 100;

export function Paged<R>({ table }: { readonly table: PagedTable<R> }) {
  const { operation, fields, list, columns, keyOf } = table;
  const [values, setValues] = useState<Values>({});
  /** The `after` of the pages that were seen; undefined of the first one. */
  const [seen, setSeen] = useState<readonly (string | number | undefined)[]>([]);
  const { answer, isAsking, failed, ask } = useQuestion<Answer & Record<string, readonly R[]>>(operation);
  const go = (pages: readonly (string | number | undefined)[]) => {
    const after = pages.at(-1);
    setSeen(pages);
    ask({ ...inputOf(fields, values), limit: LIMIT, ...(after !== undefined && { after }) });
  };
  const submit = (event: Event) => {
    event.preventDefault();
    go([undefined]);
  };
  const rows = answer?.[list] ?? [];
  const first = LIMIT * (seen.length - 1);
  return (
    <>
      <form class="query panel" onSubmit={submit} aria-label={`Question for ${table.title}`}>
        <Fields fields={fields} values={values} complaintOf={complaintAt(failed)} onValues={setValues} />
        <button type="submit" class="main" disabled={isAsking}>
          {isAsking ? 'Asking …' : 'Ask VPP'}
        </button>
        <p class="quiet" role="status">
          {answer ? (
            <>
              {exact(answer.total)} in all. <CostLine cost={answer.cost} />
            </>
          ) : (
            table.hint
          )}
        </p>
      </form>
      {failed && !fields.some(({ key }) => key === failed.path) && (
        <p class="note bad" role="alert">
          {failed.message}
        </p>
      )}
      {answer && (
        <div class={`panel ${isAsking ? 'asking' : ''}`}>
          <Table
            key={String(seen.at(-1))}
            caption={table.title}
            columns={columns}
            rows={rows}
            keyOf={keyOf}
            sort={{ key: '', isDown: false }}
            empty={table.empty}
          />
          {(seen.length > 1 || answer.next !== undefined) && (
            <p class="more">
              {exact(first + 1)} to {exact(first + rows.length)} of {exact(answer.total)}{' '}
              <button type="button" disabled={isAsking || seen.length < 2} onClick={() => go(seen.slice(0, -1))}>
                Previous page
              </button>{' '}
              <button
                type="button"
                disabled={isAsking || answer.next === undefined}
                onClick={() => go([...seen, answer.next])}
              >
                Next page
              </button>
            </p>
          )}
        </div>
      )}
    </>
  );
}
