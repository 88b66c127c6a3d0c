/** The form of one operation: its fields, what will be sent, how far it is, and what came back. */

import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { connection } from '../../feed/index.js';
import { AgentError, type Progress } from '../../feed/rest.js';
import { linkTo } from '../../frame/router.js';
import type { Values } from '../../parts/field-spec.js';
import { complaintAt, Fields } from '../../parts/fields.js';
import { milliseconds } from '../../parts/format.js';
import { Pill } from '../../parts/pill.js';
import { save } from '../../parts/save.js';
import { sentText } from '../../parts/sent-text.js';
import type { Declared } from './declared.js';
import { fieldsOf, readForm } from './schema-fields.js';

type Call =
  | { readonly phase: 'none' }
  | { readonly phase: 'running'; readonly progress?: Progress }
  | { readonly phase: 'done'; readonly answer: string; readonly ms: number }
  | { readonly phase: 'failed'; readonly message: string; readonly path?: string };

/** Characters of an answer that are shown; all of it can be saved. */
const SHOWN = 100_000;

export function OperationForm({ operation }: { readonly operation: Declared }) {
  const { name, access, summary, description } = operation;
  const fields = useMemo(() => fieldsOf(operation), [operation]);
  const [values, setValues] = useState<Values>({});
  const [isTried, setTried] = useState(false);
  const [call, setCall] = useState<Call>({ phase: 'none' });
  const abort = useRef<AbortController | undefined>(undefined);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const { input, complaints } = readForm(fields, values);
  const refusal = call.phase === 'failed' ? call : undefined;
  const complaintOf = (key: string) => (isTried ? complaints[key] : undefined) ?? complaintAt(refusal)(key);

  const send = async (event: Event) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(complaints).length > 0) {
      setCall({ phase: 'none' });
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus());
      return;
    }
    const mine = new AbortController();
    abort.current = mine;
    setCall({ phase: 'running' });
    const began = performance.now();
    try {
      const onProgress = (progress: Progress) => setCall({ phase: 'running', progress });
      const answer = await connection.callWithProgress(name, input, onProgress, mine.signal);
      setCall({ phase: 'done', answer: JSON.stringify(answer, null, 2), ms: performance.now() - began });
    } catch (error) {
      if (mine.signal.aborted) setCall({ phase: 'failed', message: 'Given up. What was done until then stays.' });
      else if (error instanceof AgentError) setCall({ phase: 'failed', message: error.message, path: error.path });
      else setCall({ phase: 'failed', message: 'the agent does not answer' });
    }
  };

  return (
    <>
      <p class="back">
        <a href={linkTo('operations')}>Operations</a>
      </p>
      <div class="head">
        <h1>{name}</h1>
        {access === 'write' ? <Pill tone="busy">writes</Pill> : <Pill tone="good">reads</Pill>}
      </div>
      <p class="intro">
        {summary}. <span class="quiet">{description}</span>
      </p>
      <form class="panel form operation" ref={form} onSubmit={(event) => void send(event)}>
        {fields.length === 0 && <p class="quiet empty">It takes nothing.</p>}
        <div class="fields">
          <Fields fields={fields} values={values} complaintOf={complaintOf} onValues={setValues} />
        </div>
        {access === 'write' && (
          <div>
            <p class="quiet">Will be sent:</p>
            <pre class="sent">{sentText(name, input)}</pre>
          </div>
        )}
        <div class="buttons">
          {call.phase === 'running' && (
            <button type="button" onClick={() => abort.current?.abort()}>
              Give up
            </button>
          )}
          <button type="submit" class="main" disabled={call.phase === 'running'}>
            {call.phase === 'running' ? 'Running …' : access === 'write' ? 'Send' : 'Ask'}
          </button>
        </div>
      </form>
      <div role="status">
        {call.phase === 'running' && call.progress && <ProgressBar progress={call.progress} />}
        {refusal && !fields.some(({ key }) => complaintAt(refusal)(key)) && <p class="note bad">{refusal.message}</p>}
        {call.phase === 'done' && (
          <section class="panel" aria-label="Result">
            <div class="head">
              <h2>Result</h2>
              <p class="quiet">after {milliseconds(call.ms)}</p>
              <div class="end">
                <button type="button" onClick={() => save(call.answer, `${name}.json`)}>
                  Download
                </button>
              </div>
            </div>
            <pre class="sent">
              {call.answer.slice(0, SHOWN)}
              {call.answer.length > SHOWN && '\n… Download has all of it.'}
            </pre>
          </section>
        )}
      </div>
    </>
  );
}

function ProgressBar({ progress: { done, total } }: { readonly progress: Progress }) {
  return (
    <p class="progress">
      <progress aria-label="Progress" value={done} max={total} /> {done}
      {total !== undefined && ` of ${total}`}
    </p>
  );
}
