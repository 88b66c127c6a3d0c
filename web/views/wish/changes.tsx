/** Changes of a plan, with the messages that make them. */

import { exact } from '../../parts/format.js';
import type { Change, Plan } from './types.js';

const SIGNS = { create: '+', change: '~', delete: '−' } as const;

export function Changes({ plan, none }: { readonly plan: Plan; readonly none: string }) {
  const { changes, counts, pending } = plan;
  const all = counts.create + counts.change + counts.delete;
  const messages = changes.flatMap((change) => change.messages);
  const stops = messages.filter(({ stopsWorkers }) => stopsWorkers).length;
  return (
    <section class="panel" aria-label="Changes">
      <p class="quiet" role="status">
        {all + counts.pending === 0
          ? none
          : `${exact(counts.create)} to create, ${exact(counts.change)} to change, ${exact(counts.delete)} to delete` +
            `, ${exact(counts.pending)} that cannot be as wished; VPP's workers stop for ${stops} of ${messages.length} messages.`}
      </p>
      <ul class="tree">
        {changes.map((change, at) => (
          <li key={`${change.action} ${change.key}`}>
            <details open={at === 0 && changes.length === 1}>
              <summary>
                <ChangeLine change={change} />
              </summary>
              {change.messages.map(({ name, fields, stopsWorkers }, number) => (
                <pre
                  key={number}
                >{`${name}${stopsWorkers ? ' (workers stop)' : ''}\n${JSON.stringify(fields, null, 1)}`}</pre>
              ))}
            </details>
          </li>
        ))}
        {pending.map(({ key, reason }) => (
          <li key={`pending ${key}`}>
            <span class="warn">!</span> <code>{key}</code> <span class="explained">{reason}</span>
          </li>
        ))}
      </ul>
      {all > changes.length && <p class="more">{`The first ${changes.length} of ${exact(all)} are shown.`}</p>}
    </section>
  );
}

function ChangeLine({ change: { action, key, reason, before, after } }: { readonly change: Change }) {
  return (
    <>
      <span class={action === 'delete' ? 'warn' : ''} title={action}>
        {SIGNS[action]}
      </span>{' '}
      <code>{key}</code> <span class="quiet">{reason}</span>
      {action === 'change' && (
        <span class="explained">
          {JSON.stringify(before)} → {JSON.stringify(after)}
        </span>
      )}
    </>
  );
}
