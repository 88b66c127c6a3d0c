/** The view Nodes: what the nodes of VPP's graph do, of all threads or of one. */

import { useState } from 'preact/hooks';
import type { NodeRow } from '../../../src/plugins/dashboard/protocol/index.js';
import { useTopic } from '../../feed/index.js';
import { exact, quantity, UNKNOWN } from '../../parts/format.js';
import { Amount } from '../../parts/quantity.js';
import { type Column, Table } from '../../parts/table.js';
import { Waiting } from '../../parts/waiting.js';

type Row = NodeRow & { readonly name: string };

const number = (value: number | undefined, text = exact(value)) => <span class={value ? '' : 'zero'}>{text}</span>;

const COLUMNS: readonly Column<Row>[] = [
  { key: 'name', title: 'Node', sort: ({ name }) => name, cell: ({ name }) => <code>{name}</code> },
  {
    key: 'share',
    title: 'Time',
    number: true,
    sort: ({ share }) => share,
    cell: ({ share }) => (
      <span class={`share ${share ? '' : 'zero'}`}>
        <span class="bar wide" aria-hidden="true">
          <span style={{ width: `${100 * (share ?? 0)}%` }} />
        </span>
        <span>{share === undefined ? UNKNOWN : `${(100 * share).toFixed(1)} %`}</span>
      </span>
    ),
  },
  {
    key: 'clocksPerPacket',
    title: 'Clocks/packet',
    number: true,
    sort: ({ clocksPerPacket }) => clocksPerPacket,
    cell: ({ clocksPerPacket }) => number(clocksPerPacket),
  },
  {
    key: 'vectorsPerCall',
    title: 'Packets/call',
    number: true,
    sort: ({ vectorsPerCall }) => vectorsPerCall,
    cell: ({ vectorsPerCall }) => number(vectorsPerCall, vectorsPerCall?.toFixed(1) ?? UNKNOWN),
  },
  {
    key: 'vectors',
    title: 'Packets',
    number: true,
    wide: true,
    sort: ({ vectors }) => vectors,
    cell: ({ vectors }) => <Rate value={vectors} unit="pps" />,
  },
  {
    key: 'calls',
    title: 'Calls',
    number: true,
    wide: true,
    sort: ({ calls }) => calls,
    cell: ({ calls }) => <Rate value={calls} unit="/s" />,
  },
  {
    key: 'suspends',
    title: 'Suspends',
    number: true,
    wide: true,
    sort: ({ suspends }) => suspends,
    cell: ({ suspends }) => <Rate value={suspends} unit="/s" />,
  },
];

export function Nodes() {
  const [thread, setThread] = useState('');
  const [filter, setFilter] = useState('');
  const [hasIdle, setIdle] = useState(false);
  const topic = useTopic('nodes', thread === '' ? undefined : thread);
  const [threads, setThreads] = useState(0);
  if (topic.state && topic.state.threads !== threads) setThreads(topic.state.threads);
  if (topic.state?.hasCounters === false) return <NoCounters />;
  const rows = Object.entries(topic.state?.nodes ?? {}).map(([name, row]): Row => ({ ...row, name }));
  const wanted = filter.trim().toLowerCase();
  const shown = rows.filter(
    ({ name, calls }) => (hasIdle || calls === undefined || calls > 0) && name.toLowerCase().includes(wanted),
  );
  return (
    <>
      <div class="head">
        <h1>Nodes</h1>
        <p class="quiet" role="status">
          {topic.state && `${shown.length} of ${rows.length} that were ever called`}
        </p>
        <div class="end">
          <label class="check">
            <input type="checkbox" checked={hasIdle} onChange={({ currentTarget }) => setIdle(currentTarget.checked)} />
            also idle ones
          </label>
          <select aria-label="Thread" value={thread} onChange={({ currentTarget }) => setThread(currentTarget.value)}>
            <option value="">All threads</option>
            {Array.from({ length: threads }, (_, i) => (
              <option key={i} value={String(i)}>
                {i === 0 ? 'main' : `worker ${i - 1}`}
              </option>
            ))}
          </select>
          <input
            type="search"
            class="filter"
            aria-label="Filter by name"
            placeholder="Filter: ip4, tx …"
            value={filter}
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
        </div>
      </div>
      {topic.state === undefined ? (
        <Waiting topic={topic} />
      ) : (
        <div class="panel">
          <Table
            caption="Nodes of VPP's graph"
            columns={COLUMNS}
            rows={shown}
            keyOf={({ name }) => name}
            sort={{ key: 'share', isDown: true }}
            empty={rows.length === 0 ? 'No node was called on this thread.' : 'None fits the filter.'}
          />
        </div>
      )}
    </>
  );
}

function Rate({ value, unit }: { readonly value: number | undefined; readonly unit: string }) {
  return (
    <span class={value ? '' : 'zero'}>
      <Amount of={quantity(value, unit)} />
    </span>
  );
}

function NoCounters() {
  return (
    <>
      <h1>Nodes</h1>
      <div class="note">
        <p>
          <strong>This VPP does not count by node.</strong> It does with this in its startup.conf, from its next start
          on:
        </p>
        <pre class="sent">
          statseg {'{'} per-node-counters on {'}'}
        </pre>
        <p>It costs VPP a little time for each node and update. Everything else of the dashboard works without it.</p>
      </div>
    </>
  );
}
