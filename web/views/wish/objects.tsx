/** Objects of the wish as a tree, with their states: what is in trouble is open. */

import { useState } from 'preact/hooks';
import { exact } from '../../parts/format.js';
import { Pill } from '../../parts/pill.js';
import { type Branch, isInTrouble, treeOf } from './object-tree.js';
import { TONES, type WishedObject, type WishStatus } from './types.js';
import { MOST_OBJECTS } from './use-status.js';

export function Objects({ status }: { readonly status: WishStatus }) {
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const objects = (status.objects ?? []).filter(({ key, state, reason = '' }) =>
    `${key} ${state} ${reason}`.toLowerCase().includes(wanted),
  );
  return (
    <section class="panel" aria-label="Objects">
      <div class="head">
        <h2>Objects</h2>
        <p class="quiet" role="status">
          {exact(objects.length)} shown
          {status.next !== undefined && `, of the first ${exact(MOST_OBJECTS)}`}
        </p>
        <div class="end">
          <input
            type="search"
            class="filter"
            aria-label="Filter by name or state"
            placeholder="Filter: loop0, failed …"
            value={filter}
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
        </div>
      </div>
      {objects.length === 0 ? <p class="quiet empty">No object fits.</p> : <Branches branches={treeOf(objects)} />}
    </section>
  );
}

function Branches({ branches }: { readonly branches: readonly Branch[] }) {
  return (
    <ul class="tree">
      {branches.map((branch) => (
        <li key={branch.object.key}>
          {branch.branches.length === 0 ? (
            <Row object={branch.object} />
          ) : (
            <details open={isInTrouble(branch)}>
              <summary>
                <Row object={branch.object} />
              </summary>
              <Branches branches={branch.branches} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

function Row({ object: { kind, name, state, reason } }: { readonly object: WishedObject }) {
  return (
    <>
      <span class="quiet">{kind}</span> <code>{name}</code> <Pill tone={TONES[state]}>{state}</Pill>
      {reason !== undefined && <span class="explained">{reason}</span>}
    </>
  );
}
