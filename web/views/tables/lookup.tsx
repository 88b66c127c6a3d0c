/** Looks up which route packets to an address take. */

import { useState } from 'preact/hooks';
import { useQuestion } from '../../feed/use-question.js';
import { type FieldSpec, inputOf, type Values } from '../../parts/field-spec.js';
import { complaintAt, Fields } from '../../parts/fields.js';
import { type Cost, CostLine } from './cost-line.js';
import { Paths, type Route, TABLE } from './routes.js';

const FIELDS: readonly FieldSpec[] = [
  { key: 'address', label: 'Address', placeholder: '192.0.2.1 or 2001:db8::1' },
  TABLE,
];

export function LookUp() {
  const [values, setValues] = useState<Values>({});
  const [asked, setAsked] = useState('');
  const { answer, isAsking, failed, ask } = useQuestion<{ readonly route?: Route; readonly cost: Cost }>(
    'route.lookup',
  );
  const submit = (event: Event) => {
    event.preventDefault();
    setAsked(values.address ?? '');
    ask({ address: '', ...inputOf(FIELDS, values) });
  };
  return (
    <>
      <form class="query panel" onSubmit={submit} aria-label="Look up">
        <Fields fields={FIELDS} values={values} complaintOf={complaintAt(failed)} onValues={setValues} />
        <button type="submit" class="main" disabled={isAsking}>
          {isAsking ? 'Asking …' : 'Look up'}
        </button>
        <p class="quiet" role="status">
          {answer ? <CostLine cost={answer.cost} /> : 'One question, however large the table is.'}
        </p>
      </form>
      {failed && failed.path === undefined && (
        <p class="note bad" role="alert">
          {failed.message}
        </p>
      )}
      {answer && (
        <section class="panel" aria-label="Route">
          {answer.route ? (
            <dl class="facts">
              <dt>Packets to</dt>
              <dd>{asked}</dd>
              <dt>take the route</dt>
              <dd>
                <code>{answer.route.prefix}</code>
              </dd>
              <dt>with the paths</dt>
              <dd>
                <Paths paths={answer.route.paths} />
              </dd>
              <dt>of table</dt>
              <dd>{answer.route.table}</dd>
              {answer.route.source && (
                <>
                  <dt>put in by</dt>
                  <dd>{answer.route.source}</dd>
                </>
              )}
            </dl>
          ) : (
            <p class="empty">No route fits {asked}: VPP drops such packets.</p>
          )}
        </section>
      )}
    </>
  );
}
