/** The view API: who talks to VPP, how long it takes, and the messages themselves. */

import { useTopic } from '../../feed/index.js';
import { bytes, exact, milliseconds, type Quantity, quantity } from '../../parts/format.js';
import { Amount } from '../../parts/quantity.js';
import { Tile } from '../../parts/tile.js';
import { Waiting } from '../../parts/waiting.js';
import { Channels } from './channels.js';
import { Clients } from './clients.js';
import { Messages } from './messages.js';
import { TracePanel } from './trace-panel.js';

/** Milliseconds of a wait that operators want to know of. */
const SLOW_MS = 1000;

function perSecond(value: number | undefined): Quantity {
  const { number, unit } = bytes(value);
  return { number, unit: unit && `${unit}/s` };
}

export function Api() {
  const topic = useTopic('api');
  if (topic.state === undefined) return <Waiting topic={topic} />;
  const { totals, channels, clients, slowest } = topic.state;
  const { requestsPerSecond, repliesPerSecond, eventsPerSecond, inFlight, waiting, oldestMs } = totals;
  const { bytesInPerSecond, bytesOutPerSecond, lateReplies, gaps } = totals;
  return (
    <>
      <div class="head">
        <h1>API</h1>
        <p class="quiet">All that goes through this agent's one connection to VPP</p>
      </div>
      <dl class="tiles">
        <Tile label="Requests" note={<Amount of={perSecond(bytesOutPerSecond)} />}>
          <Amount of={quantity(requestsPerSecond, '/s')} />
        </Tile>
        <Tile label="Replies and details" note={<Amount of={perSecond(bytesInPerSecond)} />}>
          <Amount of={quantity(repliesPerSecond, '/s')} />
        </Tile>
        <Tile label="Events" note={`${exact(gaps)} lost by slow readers`}>
          <Amount of={quantity(eventsPerSecond, '/s')} />
        </Tile>
        <Tile label="At VPP" note={`${exact(waiting)} wait here`}>
          {exact(inFlight)}
        </Tile>
        <Tile
          label="Longest wait"
          note={`${exact(lateReplies)} late replies`}
          tone={oldestMs > SLOW_MS ? 'bad' : undefined}
        >
          {milliseconds(oldestMs)}
        </Tile>
      </dl>
      <section class="panel">
        <h2>Clients of API sockets</h2>
        <Clients clients={clients} />
      </section>
      <div class="panels">
        <section class="panel">
          <h2>Channels of plugins</h2>
          <Channels channels={channels} />
        </section>
        <section class="panel">
          <h2>Messages that take VPP longest</h2>
          <Messages slowest={slowest} />
        </section>
      </div>
      <TracePanel />
    </>
  );
}
