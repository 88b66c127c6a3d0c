/** The view Drops: why packets are dropped, and where. */

import { useEffect, useState } from 'preact/hooks';
import type { DropsTopic } from '../../../src/plugins/dashboard/protocol/index.js';
import { recorded } from '../../feed/history.js';
import { useTopic } from '../../feed/index.js';
import { useValue } from '../../feed/use-value.js';
import { clock, exact, quantity } from '../../parts/format.js';
import { Amount } from '../../parts/quantity.js';
import { Table } from '../../parts/table.js';
import { Tile } from '../../parts/tile.js';
import { Waiting } from '../../parts/waiting.js';
import { baseline, since } from './baseline.js';
import { INTERFACE_COLUMNS, REASON_COLUMNS, type Reason } from './columns.js';
import { explain } from './explanations.js';

/** Seconds that a line shows. */
const SECONDS = 61;

export function Drops() {
  const topic = useTopic('drops');
  const base = useValue(baseline());
  const [filter, setFilter] = useState('');
  const [hasAll, setAll] = useState(false);
  const { state, at } = topic;
  const begin = () => state && baseline().set({ at: at ?? 0, counts: countsOf(state) });
  useEffect(() => {
    if (base === undefined) begin();
  }, [state]);
  if (state === undefined) return <Waiting topic={topic} />;

  const interfaces = Object.entries(state.interfaces).map(([index, row]) => ({
    ...row,
    index: Number(index),
    since: since(base, `interface ${index}`, row.count),
  }));
  const reasons = Object.entries(state.reasons).map(([key, row]): Reason => {
    const line = recorded(`drops ${key}`, { state: row, at }, 1, ({ perSecond }) => [perSecond], SECONDS);
    return { ...row, ...explain(row.node, row.reason), key, line, since: since(base, key, row.count) };
  });
  const wanted = filter.trim().toLowerCase();
  const shown = reasons.filter(
    ({ key, severity, text = '' }) => (hasAll || severity === 'bad') && `${key} ${text}`.toLowerCase().includes(wanted),
  );
  const [worst] = reasons.filter(({ severity }) => severity === 'bad').sort((a, b) => b.since - a.since);
  const dropped = interfaces.reduce((sum, row) => sum + row.since, 0);
  const rate = interfaces.reduce((sum, row) => sum + (row.perSecond ?? 0), 0);
  return (
    <>
      <div class="head">
        <h1>Drops</h1>
        <p class="quiet">
          since {clock(base?.at)}{' '}
          <button type="button" class="quiet" onClick={begin}>
            Begin anew
          </button>
        </p>
        <div class="end">
          <input
            type="search"
            class="filter"
            aria-label="Filter by node and reason"
            placeholder="Filter: node, reason …"
            value={filter}
            onInput={({ currentTarget }) => setFilter(currentTarget.value)}
          />
        </div>
      </div>
      <dl class="tiles">
        <Tile label="Dropped now" tone={rate > 0 ? 'busy' : undefined} note="packets a second, of all interfaces">
          <Amount of={quantity(rate, 'pps')} />
        </Tile>
        <Tile label={`Since ${clock(base?.at)}`} note="packets, of all interfaces">
          {exact(dropped)}
        </Tile>
        <Tile label="Most often" note={worst && worst.since > 0 ? worst.node : 'nothing was dropped'}>
          {worst && worst.since > 0 ? worst.reason : 'none'}
        </Tile>
      </dl>
      <section class="panel">
        <div class="head">
          <h2>Why</h2>
          <label class="end check">
            <input type="checkbox" checked={hasAll} onChange={({ currentTarget }) => setAll(currentTarget.checked)} />
            also what is no error
          </label>
        </div>
        <Table
          caption="Drops by node and reason"
          columns={REASON_COLUMNS}
          rows={shown}
          keyOf={({ key }) => key}
          sort={{ key: 'since', isDown: true }}
          empty={reasons.length === 0 ? 'VPP has counted no reason since its start.' : 'None fits the filter.'}
        />
      </section>
      <section class="panel">
        <h2>Where</h2>
        <Table
          caption="Drops by interface"
          columns={INTERFACE_COLUMNS}
          rows={interfaces}
          keyOf={({ index }) => String(index)}
          sort={{ key: 'since', isDown: true }}
          empty="No interface has dropped a packet since VPP's start."
        />
      </section>
    </>
  );
}

function countsOf({ reasons, interfaces }: DropsTopic): ReadonlyMap<string, number> {
  return new Map([
    ...Object.entries(reasons).map(([key, { count }]): [string, number] => [key, count]),
    ...Object.entries(interfaces).map(([index, { count }]): [string, number] => [`interface ${index}`, count]),
  ]);
}
