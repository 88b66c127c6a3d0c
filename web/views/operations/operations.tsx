/** The view Operations: all that the agent can do, with a form for each. */

import { useEffect, useState } from 'preact/hooks';
import { connection, useMayWrite } from '../../feed/index.js';
import { useValue } from '../../feed/use-value.js';
import { linkTo } from '../../frame/router.js';
import { Pill } from '../../parts/pill.js';
import { type Column, Table } from '../../parts/table.js';
import { readCatalogue } from './catalogue.js';
import type { Declared } from './declared.js';
import { OperationForm } from './form.js';

const COLUMNS: readonly Column<Declared>[] = [
  { key: 'name', title: 'Operation', sort: ({ name }) => name, cell: ({ name }) => <code>{name}</code> },
  {
    key: 'access',
    title: 'Access',
    sort: ({ access }) => access,
    cell: ({ access }) => (access === 'read' ? <span class="quiet">reads</span> : <Pill tone="busy">writes</Pill>),
  },
  { key: 'summary', title: 'What it does', wide: true, cell: ({ summary }) => summary },
];

export function Operations({ rest: [wanted] }: { readonly rest: readonly string[] }) {
  const mayWrite = useMayWrite();
  const { phase } = useValue(connection.link);
  const [all, setAll] = useState<readonly Declared[]>();
  const [failed, setFailed] = useState<string>();
  const [filter, setFilter] = useState('');
  useEffect(() => {
    if (phase !== 'live') return;
    // Plugins may have come and gone with the agent.
    readCatalogue().then(setAll, (error: unknown) => setFailed(error instanceof Error ? error.message : String(error)));
  }, [phase]);
  if (all === undefined) {
    return failed === undefined ? <p class="quiet">Waiting for the agent …</p> : <p class="note busy">{failed}</p>;
  }
  const allowed = all.filter(({ access }) => mayWrite || access === 'read');
  const found = allowed.find(({ name }) => name === wanted);
  if (found !== undefined) return <OperationForm key={found.name} operation={found} />;
  const text = filter.trim().toLowerCase();
  const shown = allowed.filter(({ name, summary }) => `${name} ${summary}`.toLowerCase().includes(text));
  return (
    <>
      <div class="head">
        <h1>Operations</h1>
        <p class="quiet" role="status">
          {shown.length === allowed.length ? allowed.length : `${shown.length} of ${allowed.length}`}
          {!mayWrite && '; those that write take a caller who may'}
        </p>
        <div class="end">
          <input
            type="search"
            class="filter"
            aria-label="Filter by name and summary"
            placeholder="Filter: route, interface …"
            value={filter}
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
        </div>
      </div>
      {wanted !== undefined && wanted !== '' && <p class="note">There is no operation {wanted} that you may call.</p>}
      <div class="panel">
        <Table
          caption="Operations"
          columns={COLUMNS}
          rows={shown}
          keyOf={({ name }) => name}
          sort={{ key: 'name', isDown: false }}
          linkOf={({ name }) => linkTo('operations', name)}
          empty="None fits the filter."
        />
      </div>
    </>
  );
}
