/** The plugin `stats` on a mock: counters for plugins and callers, next to whichever API socket serves. */

import { describe, expect, it } from 'vitest';
import {
  statsBuffers,
  statsDump,
  statsErrors,
  statsGet,
  statsInterfaces,
  statsLs,
  statsMemory,
  statsNodes,
  statsSystem,
} from '../../../src/plugins/index.js';
import { socketPath, testMock } from '../../support/mock.js';
import { needsTools } from '../../support/needs.js';
import { statsAgent, statsSocketOf } from './support.js';

async function countingMock() {
  const socket = socketPath();
  const options = { stats: { socket: statsSocketOf(socket) }, traffic: { packetsPerSecond: 1000 }, updateMs: 0 };
  return testMock({
    socket,
    ...options,
    setup: (dataplane) => void dataplane.addLoopback({ up: true }),
  });
}

describe('a VPP with a stats socket', needsTools('python3'), () => {
  it('plugins: get its counters, which move as they do', async () => {
    const mock = await countingMock();
    const { stats } = await statsAgent(mock.socket);
    const before = await stats.interfaces();
    mock.advance(2);
    const now = await stats.interfaces();
    const packets = (all: typeof now) => all.find(({ name }) => name === 'loop0')?.rx?.packets;
    expect([packets(before), packets(now)]).toEqual([0n, 2000n]);
    expect(stats.state).toMatchObject({ state: 'reading', socket: statsSocketOf(mock.socket) });
  });

  it('callers: get them as operations, with decimal digits for 64 bits', async () => {
    const mock = await countingMock();
    mock.advance(2);
    const { client } = await statsAgent(mock.socket);
    expect(await client.call(statsGet, { name: '/if/rx' })).toMatchObject({
      type: 'combined',
      packets: [['0', '2000']],
    });
    expect(await client.call(statsGet, { name: '/interfaces/loop0/rx' })).toMatchObject({
      target: '/if/rx',
      index: 1,
      packets: [['2000']],
    });
    expect(await client.call(statsLs, { patterns: ['^/if/(rx|names)$'] })).toEqual({
      entries: [
        { name: '/if/rx', type: 'combined' },
        { name: '/if/names', type: 'names' },
      ],
    });
    const dump = await client.call(statsDump, { patterns: ['^/if/names$', '^/sys/heartbeat$'] });
    expect(dump.entries).toEqual([
      { name: '/sys/heartbeat', type: 'scalar', value: expect.stringMatching(/^\d+$/) },
      { name: '/if/names', type: 'names', names: ['local0', 'loop0'] },
    ]);
    expect(await client.call(statsSystem, {})).toMatchObject({ workers: '0' });
    expect(await client.call(statsInterfaces, {})).toMatchObject({
      interfaces: [{ name: 'local0' }, { rx: { packets: '2000' } }],
    });
    expect(await client.call(statsNodes, {})).toMatchObject({
      nodes: expect.arrayContaining([expect.objectContaining({ index: 0 })]),
    });
    expect(await client.call(statsErrors, {})).toMatchObject({
      errors: expect.arrayContaining([{ node: 'ip4-input', error: 'time_expired', count: '2', threads: ['2'] }]),
    });
    expect(await client.call(statsBuffers, {})).toMatchObject({ pools: [{ pool: 'default-numa-0' }] });
    expect(await client.call(statsMemory, {})).toMatchObject({
      heaps: [{ heap: 'stat segment' }, { heap: 'main heap' }],
    });
  });

  it('what a caller asks wrongly: refused with what is wrong', async () => {
    const mock = await countingMock();
    const { client } = await statsAgent(mock.socket);
    await expect(client.call(statsGet, { name: '/if/rxx' })).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(client.call(statsLs, { patterns: ['('] })).rejects.toMatchObject({
      code: 'EINVAL',
      message: expect.stringContaining('a ( without its )'),
    });
  });

  it('stats-socket-path of govpp.conf: has precedence', async () => {
    const [mock, other] = [await testMock(), await countingMock()];
    const { stats } = await statsAgent(mock.socket, { govpp: { 'stats-socket-path': statsSocketOf(other.socket) } });
    expect((await stats.system()).heartbeat).toBeDefined();
  });
});

describe('a VPP without a stats socket', () => {
  it('the start: is quiet, and a read says in one line what to do', async () => {
    const mock = await testMock();
    const { client, text, stats } = await statsAgent(mock.socket);
    await expect(client.call(statsSystem, {})).rejects.toMatchObject({
      code: 'ENOTCONN',
      message: expect.stringMatching(
        /^no counters at \S+\/stats\.sock: there is no such file; start VPP, or name its stats socket/,
      ),
    });
    expect(stats.state).toMatchObject({ state: 'away' });
    expect(
      text()
        .split('\n')
        .filter((line) => /stats|counters/.test(line)),
    ).toEqual([expect.stringContaining('vppmux runs')]);
  });
});
