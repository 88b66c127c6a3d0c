/** Two dataplanes in processes of their own; the one that serves is killed or stopped under load, again and again. */
import { describe, expect, it } from 'vitest';
import { type ConnectionStatus, connect } from '../../src/mux/index.js';
import { long, randomFrom, scaled, seedFor } from '../support/scale.js';
import { scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';
import { Dataplane } from './dataplane.js';
import { shown, spread } from './figures.js';
import { Load } from './load.js';

const ROUNDS = scaled({ short: 4, long: 60 });
const PATIENCE = 120_000;
const poll = { timeout: PATIENCE, interval: 2 };
const health = { intervalMs: 200, timeoutMs: 400, threshold: 3 };
/** Until a hang is seen. */
const BOUND = health.intervalMs * health.threshold + health.timeoutMs;
/** Over that, or over the end of the link. */
const BAR = 200;

describe('fail-over', () => {
  it(`${ROUNDS} times, killed or stopped under load: all settles, typed; the other one serves; events go on`, {
    timeout: 600_000,
  }, async () => {
    const random = randomFrom(seedFor('fail-over'));
    const { path, remove } = scratch();
    afterThis(remove);
    const start = async (socket: string) => {
      const dataplane = await Dataplane.start({ socket, loopbacks: 20, pathMtus: 40, routes: 300 });
      afterThis(() => dataplane.end());
      return dataplane;
    };
    const sockets = { primary: path('primary.sock'), backup: path('backup.sock') };
    const vpps = { primary: await start(sockets.primary), backup: await start(sockets.backup) };
    const vpp = await connect({
      socket: sockets.primary,
      backup: { socket: sockets.backup, failBack: 'manual' },
      ...{ health, cacheDir: false, reconnect: { delayMs: 5, maxDelayMs: 50 } },
    });
    afterThis(() => vpp.destroy());
    let served: { readonly at: number; readonly status: ConnectionStatus } | undefined;
    vpp.states().subscribe((status) => {
      if (status.generation !== served?.status.generation) served = { at: performance.now(), status };
    });
    const load = new Load(vpp, new AbortController().signal);
    load.open();
    const standby = () => vpp.status.redundancy?.standby.state;
    const times = { killed: [] as number[], stopped: [] as number[], settled: [] as number[] };
    let inFlight = 0;

    for (let round = 1; round <= ROUNDS; round++) {
      await expect.poll(standby, poll).toBe('ready');
      const { generation, redundancy } = vpp.status;
      await expect
        .poll(() => load.watchers.every((each) => generation === 1 || each.generation === generation), poll)
        .toBe(true);
      const role = redundancy?.role ?? 'primary';
      const kills = round % 2 === 1;
      load.go();
      await new Promise((resolve) => setTimeout(resolve, 10 + random() * 40));
      inFlight += load.inFlight;
      const signalled = performance.now();
      vpps[role].signal(kills ? 'SIGKILL' : 'SIGSTOP');
      load.pause();
      await expect.poll(() => vpp.status.generation, poll).toBe(generation + 1);
      await load.idle(PATIENCE);
      const at = served?.at ?? Number.NaN;
      times[kills ? 'killed' : 'stopped'].push(at - signalled);
      times.settled.push(Math.max(0, load.settledAt - at));
      expect(vpp.status.redundancy?.role).not.toBe(role);
      await vpp.channel().request('show_version');
      if (kills) vpps[role] = await start(sockets[role]);
      else vpps[role].signal('SIGCONT');
    }

    console.log(
      [
        `${ROUNDS} fail-overs, ${inFlight} operations under way at them, ${load.succeeded} had succeeded`,
        `served again after kill -9:  ${shown(spread(times.killed))}`,
        `served again after SIGSTOP:  ${shown(spread(times.stopped))} (a hang is seen after ${BOUND} ms at the latest)`,
        `all settled after that:      ${shown(spread(times.settled))}`,
        JSON.stringify(Object.fromEntries(load.failures)),
      ].join('\n'),
    );
    expect(load.faults).toEqual([]);
    expect(vpp.stats()).toMatchObject({ waiting: 0 });
    expect(vpp.status.redundancy?.switches).toBe(ROUNDS);
    await vpp.close();
    if (!long) return;
    expect(Math.max(...times.killed)).toBeLessThan(BAR);
    expect(Math.max(...times.stopped)).toBeLessThan(BOUND + BAR);
  });
});
