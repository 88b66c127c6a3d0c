/** The topics, over a mock and counters of the test's own. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../../src/agent/boot/create-agent.js';
import { builtIns } from '../../../../src/plugins/built-ins.js';
import { sourcesOf } from '../../../../src/plugins/dashboard/sources.js';
import type { OpenTopic } from '../../../../src/plugins/dashboard/topic.js';
import { allTopics } from '../../../../src/plugins/dashboard/topics/index.js';
import { watchAgent } from '../../../../src/plugins/dashboard/watch-agent.js';
import { AgentInfo, Board, DataEvents, Mux, StatusPages } from '../../../../src/sdk/index.js';
import { recordingLog, taker } from '../../../agent/support.js';
import { testMock } from '../../../support/mock.js';
import { FakeStats, interfaceStats, traffic } from '../fake-stats.js';

async function world() {
  const mock = await testMock();
  const user = taker({ mux: Mux, dataEvents: DataEvents, board: Board, info: AgentInfo, pages: StatusPages });
  const { govpp, 'api-socket': apiSocket } = builtIns;
  const agent = await createAgent({
    plugins: [govpp, apiSocket, user.plugin],
    log: recordingLog('info').log,
    env: {},
    settings: { govpp: { 'binapi-socket-path': mock.socket, 'health-check-probe': 'none' } },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const services = user.taken();
  await services.mux.ready();
  const stats = new FakeStats();
  const sources = sourcesOf({ ...services, stats: stats.asStats, dataplanes: () => undefined }, () => 0);
  const stop = watchAgent(services.mux, services.board, sources.log);
  onTestFinished(stop);
  const topics = allTopics(sources);
  const open = (name: string, argument = ''): OpenTopic => {
    const topic = topics.get(name)?.(argument);
    if (topic === undefined) throw new Error(name);
    onTestFinished(() => topic.close?.());
    return topic;
  };
  const channel = services.mux.channel();
  const loop0 = await channel.request('create_loopback', {});
  if (loop0.sw_if_index !== 1) throw new Error('loop0 is not the first interface');
  return { ...services, mock, stats, sources, open, channel };
}

describe('state', () => {
  it('agent, VPP and counters, and why they are away', async () => {
    const { open, stats, mux } = await world();
    const topic = open('state');
    await vi.waitFor(() => expect(mux.status.version).toBeDefined());
    expect(await topic.read()).toMatchObject({
      agent: { name: 'vppmux', overall: 'ok' },
      vpp: { state: 'ready', version: '26.06-mock', generation: 1 },
      stats: { state: 'reading', way: 'proc' },
    });
    stats.away = 'there is no stats socket';
    expect(await topic.read()).toMatchObject({ stats: { state: 'away', reason: 'there is no stats socket' } });
  });
});

describe('interfaces', () => {
  it('settings of VPP and rates of the counters, joined by index; changes are seen', async () => {
    const { open, channel, stats } = await world();
    stats.list = [interfaceStats(1, 'loop0', { rx: traffic(100), drops: 3n })];
    const topic = open('interfaces');
    const loop0 = async () => (await topic.read()) as { interfaces: Record<string, object> };
    await vi.waitFor(async () =>
      expect((await loop0()).interfaces[1]).toMatchObject({ name: 'loop0', type: 'Loopback', dropsTotal: 3 }),
    );
    stats.list = [interfaceStats(1, 'loop0', { rx: traffic(5100), drops: 3n })];
    expect((await loop0()).interfaces[1]).toMatchObject({ rxPps: expect.any(Number), drops: 0 });
    await channel.request('sw_interface_add_del_address', { sw_if_index: 1, is_add: true, prefix: '192.0.2.9/24' });
    await channel.request('sw_interface_set_flags', { sw_if_index: 1, flags: 1 });
    await vi.waitFor(async () =>
      expect((await loop0()).interfaces[1]).toMatchObject({
        addresses: expect.arrayContaining(['192.0.2.9/24']),
        admin: true,
      }),
    );
  });

  it('no counters: settings all the same, and no rates', async () => {
    const { open, stats } = await world();
    stats.away = 'no stats socket';
    const topic = open('interfaces');
    await vi.waitFor(async () => {
      const { interfaces } = (await topic.read()) as { interfaces: Record<string, object> };
      expect(interfaces[1]).toMatchObject({ name: 'loop0' });
      expect(interfaces[1]).not.toHaveProperty('rxPps');
    });
  });

  it('nobody looks: VPP is asked nothing, and no events are wanted', async () => {
    const { open, mux } = await world();
    const topic = open('interfaces');
    const channels = () => mux.stats().perChannel.filter(({ name }) => name?.startsWith('dashboard')).length;
    await vi.waitFor(async () => expect(await topic.read()).toMatchObject({ inventory: { at: expect.any(Number) } }));
    expect(channels()).toBe(1);
    topic.close?.();
    await vi.waitFor(() => expect(channels()).toBe(0));
  });

  it('one of them: per thread, all counters, sub-interfaces', async () => {
    const { open, channel, stats } = await world();
    await channel.request('create_vlan_subif', { sw_if_index: 1, vlan_id: 7 });
    stats.list = [interfaceStats(1, 'loop0', { rx: traffic(5) }, 2)];
    const topic = open('interface', '1');
    await vi.waitFor(async () =>
      expect(await topic.read()).toMatchObject({
        index: 1,
        row: { name: 'loop0', mac: expect.any(String) },
        threads: { 0: {}, 1: {} },
        counters: { rx: { packets: 5, bytes: 500 } },
        subInterfaces: { 2: { name: 'loop0.7', parent: 1 } },
      }),
    );
  });

  it('one that there is not, or that is no number: says so', async () => {
    const { open } = await world();
    expect(() => open('interface', 'loop0')).toThrow('"loop0" is no sw_if_index');
    await expect(open('interface', '99').read()).rejects.toThrow('VPP has no interface with sw_if_index 99');
  });
});

describe('overview', () => {
  it('traffic, workers, memory, and the API', async () => {
    const { open, stats, channel } = await world();
    await channel.request('show_version');
    stats.systemNow = {
      bootTime: BigInt(Math.floor(Date.now() / 1000) - 100),
      vectorRate: 12n,
      vectorRatePerWorker: [0n, 12n],
      loopsPerWorker: [10n, 2_000_000n],
    };
    stats.list = [interfaceStats(1, 'loop0', { rx: traffic(0), tx: traffic(0) })];
    const topic = open('overview');
    await topic.read();
    stats.list = [interfaceStats(1, 'loop0', { rx: traffic(1000), tx: traffic(500) })];
    expect(await topic.read()).toMatchObject({
      traffic: { rxPps: expect.any(Number), txBps: expect.any(Number), drops: undefined },
      uptimeMs: expect.any(Number),
      vectorRate: 12,
      workers: { 0: { vectorRate: 0, loops: 10 }, 1: { vectorRate: 12, loops: 2_000_000 } },
      buffers: { 'default-numa-0': { used: 90, total: 200 } },
      heaps: { 'main heap': { used: 400, total: 1000 } },
      api: { waiting: 0, slowest: { name: expect.any(String), meanMs: expect.any(Number) } },
      events: [{ tone: 'good', text: expect.stringMatching(/^VPP: /) }],
    });
  });

  it('no counters: the rest all the same', async () => {
    const { open, stats } = await world();
    stats.away = 'no stats socket';
    expect(await open('overview').read()).toMatchObject({ traffic: {}, workers: {}, api: { waiting: 0 } });
  });

  it('VPP goes and comes back: is among the last events', async () => {
    const { open, mock, sources } = await world();
    const topic = open('overview');
    await mock.restart();
    await vi.waitFor(() => expect(sources.log.lines.map(({ tone }) => tone)).toEqual(['good', 'off', 'bad', 'good']));
    expect(await topic.read()).toMatchObject({ events: { length: 4 } });
  });
});

describe('api', () => {
  it('totals, channels with rates, and the slowest messages', async () => {
    const { open, mux, channel } = await world();
    const topic = open('api');
    await topic.read();
    const named = mux.channel({ name: 'busy' });
    await named.request('show_version');
    await channel.request('show_threads');
    const state = (await topic.read()) as { channels: Record<string, object>; slowest: Record<string, object> };
    expect(state).toMatchObject({ totals: { requestsPerSecond: expect.any(Number), inFlight: 0 }, clients: {} });
    expect(Object.values(state.channels)).toContainEqual(expect.objectContaining({ name: 'busy', requests: 1 }));
    expect(state.slowest).toMatchObject({ show_threads: { count: 1, meanMs: expect.any(Number) } });
  });
});
