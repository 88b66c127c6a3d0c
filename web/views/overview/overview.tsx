/** The view Overview: how VPP does, at a glance. */

import type { Topics } from '../../../src/plugins/dashboard/protocol/index.js';
import { recorded } from '../../feed/history.js';
import { useTopic } from '../../feed/index.js';
import { bytes, clock, duration, exact, milliseconds, quantity } from '../../parts/format.js';
import { Meter } from '../../parts/meter.js';
import { Plot } from '../../parts/plot.js';
import { Amount } from '../../parts/quantity.js';
import { Tile } from '../../parts/tile.js';
import { Waiting } from '../../parts/waiting.js';
import { Workers } from './workers.js';

type State = Topics['overview'];

const RX = { label: 'rx', colour: 'rx' };
const TX = { label: 'tx', colour: 'tx' };
const DROPS = { label: 'drops', colour: 'drop' };
const SIGNS = { good: '●', busy: '◐', bad: '▲', off: '○' } as const;

export function Overview() {
  const topic = useTopic('overview');
  const state = useTopic('state').state;
  const packets = recorded('overview pps', topic, 2, ({ traffic: { rxPps, txPps } }) => [rxPps, txPps]);
  const bits = recorded('overview bps', topic, 2, ({ traffic: { rxBps, txBps } }) => [rxBps, txBps]);
  const drops = recorded('overview drops', topic, 1, ({ traffic }) => [traffic.drops]);
  if (topic.state === undefined) return <Waiting topic={topic} />;
  const { traffic, uptimeMs, vectorRate, workers, buffers, heaps, api, events } = topic.state;
  return (
    <>
      <div class="head">
        <h1>Overview</h1>
        <p class="quiet">
          {state?.vpp.version ? `VPP ${state.vpp.version}` : 'VPP'}
          {state?.vpp.pid !== undefined && `, process ${state.vpp.pid}`}
          {uptimeMs !== undefined && `, up ${duration(uptimeMs)}`}
        </p>
      </div>
      <dl class="tiles">
        <Tile label="Received" note={<Amount of={quantity(traffic.rxBps, 'bps')} />}>
          <Amount of={quantity(traffic.rxPps, 'pps')} />
        </Tile>
        <Tile label="Sent" note={<Amount of={quantity(traffic.txBps, 'bps')} />}>
          <Amount of={quantity(traffic.txPps, 'pps')} />
        </Tile>
        <Tile label="Dropped" note="packets a second">
          <Amount of={quantity(traffic.drops, 'pps')} />
        </Tile>
        <Tile label="Vector rate" note="packets per call">
          {exact(vectorRate)}
        </Tile>
        <Tile
          label="Longest API wait"
          note={api.waiter ?? 'nobody waits'}
          tone={api.oldestMs > SLOW_MS ? 'bad' : undefined}
        >
          {milliseconds(api.oldestMs)}
        </Tile>
        <Tile label="Slowest message" note={api.slowest?.name ?? 'none yet'}>
          {milliseconds(api.slowest?.meanMs)}
        </Tile>
      </dl>
      <div class="panels">
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
        <section class="panel">
          <h2>Workers</h2>
          <Workers workers={workers} />
        </section>
        <section class="panel">
          <h2>Memory</h2>
          <Shares name="Buffers" shares={buffers} show={(value) => quantity(value, '')} />
          <Shares name="Heap" shares={heaps} show={bytes} />
        </section>
        <section class="panel">
          <h2>Last events</h2>
          <Events events={events} />
        </section>
      </div>
    </>
  );
}

/** Milliseconds of a wait for VPP's API that operators want to know of. */
const SLOW_MS = 1000;

interface SharesProps {
  readonly name: string;
  readonly shares: State['buffers'];
  readonly show: typeof bytes;
}

function Shares({ name, shares, show }: SharesProps) {
  const all = Object.entries(shares);
  if (all.length === 0) return <p class="quiet empty">{name}: not known</p>;
  return (
    <>
      {all.map(([key, { used, total }]) => (
        <Meter key={key} label={`${name} ${key}`} used={used} total={total} show={show} />
      ))}
    </>
  );
}

function Events({ events }: Pick<State, 'events'>) {
  if (events.length === 0) return <p class="quiet empty">Nothing has happened yet.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, by keyboard as well
    <ul class="events" tabIndex={0} aria-label="Last events">
      {events.map(({ at, tone, text }) => (
        <li key={`${at} ${text}`}>
          <time dateTime={new Date(at).toISOString()}>{clock(at)}</time>
          <span class={tone} aria-hidden="true">
            {SIGNS[tone]}
          </span>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
