/**
 * Unmodified clients of VPP share one connection, twenty at once and of mixed kinds, next to channels of vppmux's own: no answer
 * and no event reaches another one. On a mock, or on the VPP that VPP_API_SOCKET names; VPPMUX_FOREIGN_EXCHANGES is how many
 * requests are sent in all.
 */

import { writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { type ApiSocket, type Connection, connect } from '../../src/mux/index.js';
import { excused } from '../support/needs.js';
import { anyVpp, scratch } from '../support/vpp.js';
import { afterThis } from '../support/world.js';
import { channelExchanges } from './exchanges/on-channel.js';
import { type ExchangePlan, makePlan } from './exchanges/plan.js';
import {
  buildGovpp,
  type ExchangeFigures,
  ForeignProgram,
  govppMissing,
  papiCommand,
  papiMissing,
} from './exchanges/programs.js';

const EXCHANGES = Number(process.env.VPPMUX_FOREIGN_EXCHANGES || 5000);
const SEED = Number(process.env.VPPMUX_SEED ?? 1);
/** Interval of the events, milliseconds. */
const FLAP_MS = 10;
/** Clients, and the requests of each for one of a Python client: govpp is quicker, and keeps many in flight. */
const SYNC = { clients: 6, weight: 1 };
const ASYNC = { clients: 4, weight: 1 };
const GOVPP = { clients: 10, weight: 100 };
const CHANNELS = { clients: 2, weight: 100 };
const SHARES = [SYNC, ASYNC, GOVPP, CHANNELS].reduce((sum, { clients, weight }) => sum + clients * weight, 0);

const { path, remove } = scratch();
afterAll(remove);

interface SharedVpp {
  readonly connection: Connection;
  readonly api: ApiSocket;
  readonly plan: ExchangePlan;
  /** Starts a program: `mode` and the figures go behind socket and plan. */
  start(
    command: readonly string[],
    mode: readonly string[],
    clients: number,
    count: number,
    pid: number,
  ): ForeignProgram;
}

async function sharedVpp(): Promise<SharedVpp> {
  const vpp = await anyVpp();
  afterThis(() => vpp.stop());
  const connection = await connect({ socket: vpp.socket, cacheDir: false });
  afterThis(() => connection.close());
  const socket = path('clients.sock');
  const api = await connection.listen({ path: socket });
  afterThis(() => api.close());
  const { plan, undo } = await makePlan(connection, SEED);
  afterThis(undo);
  const file = path('plan.json');
  writeFileSync(file, JSON.stringify(plan));
  const start: SharedVpp['start'] = (command, mode, clients, count, pid) => {
    const program = new ForeignProgram([...command, socket, file, ...mode, `${clients}`, `${count}`, `${pid}`]);
    afterThis(() => program.kill());
    return program;
  };
  return { connection, api, plan, start };
}

/** Lets the programs work, and an interface go up and down meanwhile, so that there are events. */
async function run({ connection, plan }: SharedVpp, programs: readonly ForeignProgram[]): Promise<ExchangeFigures[]> {
  await Promise.all(programs.map(({ ready }) => ready));
  for (const program of programs) program.go();
  let isOver = false;
  const figures = Promise.all(programs.map((program) => program.figures)).finally(() => {
    isOver = true;
  });
  const channel = connection.channel();
  const [{ sw_if_index }] = plan.interfaces;
  for (let flags = 1; !isOver; flags ^= 1) {
    await channel.request('sw_interface_set_flags', { sw_if_index, flags });
    await setTimeout(FLAP_MS);
  }
  channel.close();
  return figures;
}

/** Nothing of the clients is left, and none was refused anything. */
async function expectQuiet(api: ApiSocket): Promise<void> {
  await expect.poll(() => api.clients()).toEqual([]);
  expect(api.counters).toMatchObject({ refused: 0, dropped: 0, turnedAway: 0, closed: 0 });
}

describe('clients of an API socket', () => {
  it("of VPP's Python library, sync and async, get their own answers and events", excused(papiMissing), async () => {
    const vpp = await sharedVpp();
    const sync = vpp.start(papiCommand, ['sync'], 3, 40, 1000);
    const [figures, others] = await run(vpp, [sync, vpp.start(papiCommand, ['async'], 3, 100, 2000)]);
    expect(figures).toMatchObject({ exchanges: 120, wrong: [] });
    expect(figures.events).toBeGreaterThanOrEqual(3);
    expect(others).toEqual({ exchanges: 300, events: 0, wrong: [] });
    await expectQuiet(vpp.api);
  });

  it('of govpp, with many requests in flight, get their own answers and events', excused(govppMissing), async () => {
    buildGovpp(path('govpp'));
    const vpp = await sharedVpp();
    const [figures] = await run(vpp, [vpp.start([path('govpp')], [], 4, 300, 3000)]);
    expect(figures).toMatchObject({ exchanges: 1200, wrong: [] });
    expect(figures.events).toBeGreaterThanOrEqual(4);
    await expectQuiet(vpp.api);
  });

  it('twenty at once of mixed kinds, next to channels, get no answer and no event of another', {
    ...excused(papiMissing ?? govppMissing),
    timeout: 0,
  }, async () => {
    buildGovpp(path('govpp'));
    const vpp = await sharedVpp();
    const count = ({ weight }: { weight: number }) => Math.ceil((EXCHANGES * weight) / SHARES);
    const programs = [
      vpp.start(papiCommand, ['sync'], SYNC.clients, count(SYNC), 1000),
      vpp.start(papiCommand, ['async'], ASYNC.clients, count(ASYNC), 2000),
      vpp.start([path('govpp')], [], GOVPP.clients, count(GOVPP), 3000),
    ];
    const begun = performance.now();
    const channels = Array.from({ length: CHANNELS.clients }, (_, i) =>
      channelExchanges(vpp.connection.channel({ name: `exchanges ${i}` }), vpp.plan, count(CHANNELS)),
    );
    const all = await Promise.all([run(vpp, programs), Promise.all(channels)]).then((each) => each.flat());
    const total = all.reduce((sum, { exchanges }) => sum + exchanges, 0);
    expect(all.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(total).toBeGreaterThanOrEqual(EXCHANGES);
    await expectQuiet(vpp.api);
    if (!process.env.VPPMUX_FOREIGN_EXCHANGES) return;
    const events = all.reduce((sum, each) => sum + each.events, 0);
    const seconds = (performance.now() - begun) / 1000;
    console.log(`${total} exchanges and ${events} events in ${seconds.toFixed(0)} s, none of them for another client`);
  });
});
