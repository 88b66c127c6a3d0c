/** The bars that figures must reach, by the name of the figure. */
import { type Figure, shown, type Unit } from './figures.js';

interface Bar {
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly below?: number;
  /** The bar is on the ratio to the yardstick, not on the figure itself. */
  readonly ofYardstick?: true;
  /** Says something of the client only where the other side is faster than it: not with the mock. */
  readonly fastServer?: true;
}

const beside = (atLeast: number): Bar => ({ atLeast, ofYardstick: true });
const notAbove = (atMost: number): Bar => ({ atMost, ofYardstick: true });

const BARS: Readonly<Record<string, Bar>> = {
  'pings, window 1,024': beside(0.6),
  'pings, window 4,096': beside(0.6),
  'pings one after another': beside(0.9),
  'route dump, for await': beside(0.6),
  'route dump, for await: heap over the start': { atMost: 64 },
  'route dump, Observable': beside(0.6),
  'route dump, toArray': beside(0.5),
  'routes added, window 4,096': { atLeast: 900_000, fastServer: true },
  'ping after a listener has left: CPU': notAbove(1.03),
  'ping with a policy of 100 rules: CPU': notAbove(1.15),
  'import + connect + first reply': { below: 400 },
  'heap of a channel with its request in flight': { below: 1024 },
  'heap of a channel, default options': { below: 1024 },
  'p99 under load, of what is allowed': { atMost: 1, fastServer: true },
  ...Object.fromEntries(
    ['routes', 'interfaces', 'neighbours'].flatMap((name) => [
      [`mock: ${name} made`, { atMost: 10_000 }],
      [`mock: ${name} dumped`, beside(0.5)],
      [`mock: its memory with ${name}`, { atMost: 600 }],
    ]),
  ),
  'relay: pings, window 1,024': beside(0.35),
  'relay: CPU of a request and its reply': notAbove(2),
  'relay: pings one after another': beside(0.45),
  'relay: route dump': beside(0.5),
  'relay: CPU of one of the details': notAbove(1),
  'relay: memory of an idle client': { atMost: 32 * 1024 },
  'relay: memory of 1,000 idle clients': { atMost: 48 },
  'relay: p99 beside routes, of what is allowed': { atMost: 1 },
  'remote: requests one by one, median': notAbove(4),
  'remote: route dump': beside(0.6),
  'remote: route dump over REST': beside(0.6),
  'remote: events delivered to 1,000 clients, or counted as gaps': { atLeast: 1 },
  'remote: ping, p99 beside events, of the p99 alone': { atMost: 2 },
  'metrics: p99 beside scrapes, of the p99 alone': { atMost: 2 },
  'fleet of 1,000: a wish for all, carried out by all, p99': { atMost: 1000 },
  'fleet of 1,000: requests of one at its start': { atMost: 12 },
  'fleet of 1,000: requests of one after a restart': { atMost: 12 },
  'fleet of 1,000: requests of one after that': { atMost: 12 },
  'fleet of 1,000: one lost, lease of 3 s': { atMost: 4000 },
  'stats: one read of all counters': notAbove(1),
  'load: routes': beside(0.5),
  'dump, ndjson: CPU of a row': notAbove(1.5),
  'dump, ndjson: most memory': { atMost: 200 },
  'wish: first apply': beside(0.5),
  'wish: after a restart of VPP, of the first': { atMost: 1.5 },
  'wish: plan when nothing has changed': { atMost: 3000 },
  'cold call of show_version': notAbove(2.2),
};

/** Whether the figure's bar is missed; false where there is none. */
export function isMissed({ name, value, ratio }: Figure, isFast: boolean): boolean {
  const bar = BARS[name];
  if (bar === undefined || (bar.fastServer && !isFast)) return false;
  const judged = bar.ofYardstick ? ratio : value;
  if (judged === undefined) return false;
  const { atLeast = -Infinity, atMost = Infinity, below = Infinity } = bar;
  return judged < atLeast || judged > atMost || judged >= below;
}

/** `≥ 0.6`, `< 600 ms`; empty where there is none. */
export function barOf({ name, unit }: { readonly name: string; readonly unit: Unit }): string {
  const bar = BARS[name];
  if (bar === undefined) return '';
  const { atLeast, atMost, below, ofYardstick } = bar;
  const sign = atLeast !== undefined ? '≥' : atMost !== undefined ? '≤' : '<';
  const limit = atLeast ?? atMost ?? below ?? 0;
  return `${sign} ${ofYardstick ? limit : shown(limit, unit)}`;
}
