/** Agents of the fleet, filtered and by page: the agent sends one page at a time. */

import { exact, UNKNOWN } from '../../parts/format.js';
import { Pill } from '../../parts/pill.js';
import { type Column, Table } from '../../parts/table.js';
import type { AgentsFilter } from './agents-filter.js';
import { type Agent, type AgentsPage, TONES } from './types.js';
import { when } from './when.js';
import { STANDING_WORDS } from './words.js';

interface Props {
  readonly page: AgentsPage;
  readonly filter: AgentsFilter;
  /** The page is still that of another question. */
  readonly isOld: boolean;
}

export function AgentsTable({ page: { agents, total, next }, filter, isOld }: Props) {
  const first = filter.before + 1;
  return (
    <div class={isOld ? 'asking' : ''}>
      <Table
        caption="Agents"
        columns={COLUMNS}
        rows={agents}
        keyOf={({ label }) => label}
        sort={{ key: '', isDown: false }}
        empty={filter.isOn ? 'No agent fits.' : 'No agent has been seen yet.'}
      />
      {(filter.before > 0 || next !== undefined) && (
        <p class="more">
          {agents.length > 0 && `${exact(first)} to ${exact(filter.before + agents.length)} of ${exact(total)} `}
          <button type="button" disabled={isOld || filter.before === 0} onClick={filter.back}>
            Previous page
          </button>{' '}
          <button
            type="button"
            disabled={isOld || next === undefined}
            onClick={() => next !== undefined && filter.forward(next)}
          >
            Next page
          </button>
        </p>
      )}
    </div>
  );
}

const COLUMNS: readonly Column<Agent>[] = [
  { key: 'label', title: 'Agent', cell: ({ label }) => <span class="agent">{label}</span> },
  {
    key: 'standing',
    title: 'State',
    cell: ({ standing, reason }) => (
      <>
        <Pill tone={TONES[standing]}>{STANDING_WORDS[standing]}</Pill>
        {reason !== undefined && <span class="explained">{reason}</span>}
      </>
    ),
  },
  { key: 'generation', title: 'Generation', cell: generationText },
  {
    key: 'health',
    title: 'Health',
    cell: ({ health }) => (health === undefined ? UNKNOWN : <Pill tone={TONES[health]}>{health}</Pill>),
  },
  {
    key: 'drift',
    title: 'Drift',
    number: true,
    cell: ({ drift }) => <span class={drift !== undefined && drift > 0 ? 'warn' : 'zero'}>{exact(drift)}</span>,
  },
  { key: 'vpp', title: 'VPP', wide: true, cell: ({ vpp = UNKNOWN }) => vpp },
  {
    key: 'labels',
    title: 'Labels',
    wide: true,
    cell: ({ labels = {} }) => (
      <span class="chips">
        {Object.entries(labels).map(([name, value]) => (
          <code key={name}>
            {name}={value}
          </code>
        ))}
      </span>
    ),
  },
  { key: 'at', title: 'Last word', cell: ({ at }) => when(at) },
];

/** `12` where it has the one that it is to have; else what it is to have as well. */
function generationText({ generation, assigned }: Agent) {
  if (assigned === undefined || assigned === generation) return generation ?? UNKNOWN;
  return (
    <>
      {generation ?? 'none'} <span class="explained">assigned: {assigned}</span>
    </>
  );
}
