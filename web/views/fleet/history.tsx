/** Roll-outs that are kept, the newest first. */

import { useEffect } from 'preact/hooks';
import { useQuestion } from '../../feed/use-question.js';
import { exact } from '../../parts/format.js';
import { Pill } from '../../parts/pill.js';
import { type Column, Table } from '../../parts/table.js';
import { type Rollout, TONES } from './types.js';
import { when } from './when.js';
import { STATE_WORDS } from './words.js';

export function HistoryTab({ newest }: { readonly newest: Rollout | undefined }) {
  const { answer, failed, ask } = useQuestion<{ readonly rollouts: readonly Rollout[] }>('fleet.history');
  // Asked again whenever the newest one is further.
  useEffect(() => ask({}), [newest?.generation, newest?.state, newest?.wave]);
  return (
    <>
      {failed && (
        <p class="note bad" role="alert">
          {failed.message}
        </p>
      )}
      {answer && (
        <section class="panel" aria-label="History">
          <Table
            caption="Roll-outs"
            columns={COLUMNS}
            rows={answer.rollouts}
            keyOf={({ generation }) => String(generation)}
            sort={{ key: 'generation', isDown: true }}
            empty="Nothing was ever rolled out."
          />
        </section>
      )}
    </>
  );
}

const COLUMNS: readonly Column<Rollout>[] = [
  {
    key: 'generation',
    title: 'Generation',
    number: true,
    sort: ({ generation }) => generation,
    cell: ({ generation }) => generation,
  },
  {
    key: 'state',
    title: 'State',
    sort: ({ state }) => state,
    cell: ({ state, reason }) => (
      <>
        <Pill tone={TONES[state]}>{STATE_WORDS[state]}</Pill>
        {reason !== undefined && <span class="explained">{reason}</span>}
      </>
    ),
  },
  { key: 'waves', title: 'Waves', cell: ({ wave, waves }) => `${wave} of ${waves}` },
  { key: 'agents', title: 'Agents', number: true, sort: ({ agents }) => agents, cell: ({ agents }) => exact(agents) },
  {
    key: 'startedAt',
    title: 'Asked for',
    sort: ({ startedAt }) => startedAt,
    cell: ({ startedAt }) => when(startedAt),
  },
  { key: 'since', title: 'Since', wide: true, sort: ({ since }) => since, cell: ({ since }) => when(since) },
  { key: 'by', title: 'By', wide: true, cell: ({ by }) => by },
  {
    key: 'comment',
    title: 'Comment',
    wide: true,
    cell: ({ comment, rollbackTo }) =>
      [rollbackTo !== undefined && `back to ${rollbackTo}`, comment].filter(Boolean).join(': '),
  },
];
