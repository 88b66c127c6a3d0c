/**
 * Three dataplanes of one agent in processes of their own; one is killed with -9 or stopped under load, again and again. The others lose no
 * request and no event, and their pings take as long as before: the figures are printed, since other work of the machine is in them.
 */
import { describe, expect, it } from 'vitest';
import { createAgent } from '../../src/agent/boot/create-agent.js';
import { govppPlugin } from '../../src/plugins/govpp/plugin.js';
import { MAIN, Mux, named } from '../../src/sdk/index.js';
import { recordingLog, taker } from '../agent/support.js';
import { scaled } from '../support/scale.js';
import { scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';
import { Dataplane } from './dataplane.js';
import { shown, spread } from './figures.js';

const ROUNDS = scaled({ short: 4, long: 40 });
/** Pings of each of the others, before and during each death. */
const PINGS = scaled({ short: 500, long: 2000 });
const poll = { timeout: 120_000, interval: 2 };
/** Requests of the load, in flight all the time. */
const LOAD = 64;

describe('several dataplanes', () => {
  it(`${ROUNDS} times one is killed or stopped under load: the others answer as before, and it is back by itself`, {
    timeout: 600_000,
  }, async () => {
    const { path, remove } = scratch();
    afterThis(remove);
    const start = async (name: string) => {
      const dataplane = await Dataplane.start({ socket: path(`${name}.sock`), loopbacks: 5 });
      afterThis(() => dataplane.end());
      return dataplane;
    };
    const vpps = { main: await start('main'), edge: await start('edge'), core: await start('core') };
    const user = taker({ main: Mux, edge: named(Mux, 'edge'), core: named(Mux, 'core') });
    const agent = await createAgent({
      plugins: [govppPlugin(), user.plugin],
      log: recordingLog('warn').log,
      env: {},
      settings: {
        govpp: {
          'binapi-socket-path': path('main.sock'),
          dataplanes: {
            edge: { 'binapi-socket-path': path('edge.sock') },
            core: { 'binapi-socket-path': path('core.sock') },
          },
          'health-check-probe-interval': '100ms',
          'health-check-reply-timeout': '200ms',
          'retry-connect-timeout': '50ms',
        },
      },
    });
    afterThis(() => agent.close());
    await agent.start();
    const muxes = user.taken();
    const others = [MAIN, 'core'] as const;
    await Promise.all(Object.values(muxes).map((mux) => mux.ready({ timeoutMs: poll.timeout })));
    const seen = others.map((name) => {
      const items: unknown[] = [];
      muxes[name]
        .channel()
        .events('sw_interface_event')
        .observe()
        .subscribe((item) => items.push('resync' in item || 'gap' in item ? item : item.sw_if_index));
      return items;
    });
    for (const name of others) {
      const wants = async () => (await vpps[name].order({ do: 'tell' })).clients.flatMap((client) => client.wants);
      await expect.poll(wants, poll).toEqual(['want_interface_events']);
    }

    let isLoaded = true;
    let settled = 0;
    const load = Array.from({ length: LOAD }, async () => {
      const channel = muxes.edge.channel();
      while (isLoaded) {
        await channel.request('show_version').catch(() => new Promise((resolve) => setTimeout(resolve, 5)));
        settled++;
      }
    });
    const pings = async (name: (typeof others)[number]) => {
      const channel = muxes[name].channel();
      const times: number[] = [];
      for (let i = 0; i < PINGS; i++) {
        const began = performance.now();
        await channel.request('control_ping');
        times.push(performance.now() - began);
      }
      channel.close();
      return times;
    };
    const pingAll = async () => (await Promise.all(others.map(pings))).flat();
    const times = { quiet: [] as number[], killed: [] as number[], stopped: [] as number[] };
    const statusOf = () => others.map((name) => muxes[name].status);
    await pingAll(); // compiles what the pings run
    const before = statusOf();

    for (let round = 1; round <= ROUNDS; round++) {
      const { generation } = muxes.edge.status;
      times.quiet.push(...(await pingAll()));
      const isKilled = round % 2 === 1;
      const during = pingAll();
      vpps.edge.signal(isKilled ? 'SIGKILL' : 'SIGSTOP');
      const flood = { from: 1000 * round, count: 100 };
      await Promise.all(others.map((name) => vpps[name].order({ do: 'flood', flood })));
      times[isKilled ? 'killed' : 'stopped'].push(...(await during));
      await expect.poll(() => muxes.edge.state, poll).toMatch(isKilled ? /backoff|connecting/ : /not-responding/);
      expect(agent.status.status.overall).toBe('degraded');
      if (isKilled) vpps.edge = await start('edge');
      else vpps.edge.signal('SIGCONT');
      await expect.poll(() => muxes.edge.state, poll).toBe('ready');
      expect(muxes.edge.status.generation).toBe(generation + (isKilled ? 1 : 0));
    }
    isLoaded = false;
    await Promise.all(load);

    console.log(
      [
        `${ROUNDS} deaths of one of three dataplanes, ${settled} requests of its load, pings of the others:`,
        `all are there:  ${shown(spread(times.quiet))}`,
        `one is killed:  ${shown(spread(times.killed))}`,
        `one is stopped: ${shown(spread(times.stopped))}`,
      ].join('\n'),
    );
    const numbers = Array.from({ length: ROUNDS }, (_, round) =>
      Array.from({ length: 100 }, (_, i) => 1000 * (round + 1) + i),
    );
    for (const items of seen) {
      await expect.poll(() => items.length, poll).toBe(100 * ROUNDS);
      expect(items).toEqual(numbers.flat());
    }
    expect(statusOf()).toEqual(before);
    expect(agent.status.status.overall).toBe('ok');
  });
});
