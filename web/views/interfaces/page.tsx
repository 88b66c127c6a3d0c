/** One interface: facts, traffic, workers, counters, sub-interfaces; and for those who may, what can be done with it. */

import { recorded } from '../../feed/history.js';
import { useMayWrite, useTopic } from '../../feed/index.js';
import { linkTo } from '../../frame/router.js';
import { Plot } from '../../parts/plot.js';
import { Table } from '../../parts/table.js';
import { Waiting } from '../../parts/waiting.js';
import { Actions } from './actions.js';
import { COLUMNS, StatePill } from './columns.js';
import { Counters } from './counters.js';
import { Facts } from './facts.js';
import { rowsWithLines } from './lines.js';
import { Threads } from './threads.js';

const RX = { label: 'rx', colour: 'rx' };
const TX = { label: 'tx', colour: 'tx' };
const DROPS = { label: 'drops', colour: 'drop' };

export function InterfacePage({ index }: { readonly index: string }) {
  const topic = useTopic('interface', index);
  const mayWrite = useMayWrite();
  const name = topic.state?.row.name ?? '';
  const packets = recorded(`page ${name} pps`, topic, 2, ({ row: { rxPps, txPps } }) => [rxPps, txPps]);
  const bits = recorded(`page ${name} bps`, topic, 2, ({ row: { rxBps, txBps } }) => [rxBps, txBps]);
  const drops = recorded(`page ${name} drops`, topic, 1, ({ row }) => [row.drops]);
  const back = <a href={linkTo('interfaces')}>← All interfaces</a>;
  if (topic.state === undefined) {
    return (
      <>
        <p>{back}</p>
        <Waiting topic={topic} />
      </>
    );
  }
  const { row, threads, counters, subInterfaces, inventory } = topic.state;
  const children = rowsWithLines(subInterfaces, topic.at);
  return (
    <>
      <p>{back}</p>
      <div class="head">
        <h1>{row.name}</h1>
        <StatePill row={row} />
        {inventory.reason !== undefined && <p class="quiet">settings could not be read: {inventory.reason}</p>}
        {mayWrite && <Actions row={row} />}
      </div>
      <div class="panels" key={row.name}>
        <section class="panel">
          <Plot title="Packets" unit="pps" ring={packets} lines={[RX, TX]} />
        </section>
        <section class="panel">
          <Plot title="Bits" unit="bps" ring={bits} lines={[RX, TX]} />
        </section>
        <section class="panel">
          <Plot title="Drops" unit="pps" ring={drops} lines={[DROPS]} />
        </section>
      </div>
      <div class="panels">
        <div>
          <section class="panel">
            <h2>Settings</h2>
            <Facts index={Number(index)} row={row} />
          </section>
          <section class="panel">
            <h2>Per worker</h2>
            <Threads threads={threads} />
          </section>
        </div>
        <section class="panel">
          <h2>Counters</h2>
          <Counters counters={counters} />
        </section>
      </div>
      {children.length > 0 && (
        <section class="panel">
          <h2>Sub-interfaces</h2>
          <Table
            caption="Sub-interfaces"
            columns={COLUMNS}
            rows={children}
            keyOf={(child) => String(child.index)}
            sort={{ key: 'name', isDown: false }}
            linkOf={(child) => linkTo('interfaces', child.index)}
            empty=""
          />
        </section>
      )}
    </>
  );
}
