import { existsSync, openSync, readFileSync, readSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type MockOptions, startMock } from '../../../mock-vpp/index.js';
import { mockAndClient, socketPath, testMock } from '../../support/mock.js';
import { readSegment, readSegmentFile } from '../../support/stats-segment.js';

/** A path beside `socket`. */
const beside = (socket: string, name = 'stats.segment') => join(dirname(socket), name);

/** A mock with a segment that changes when the test says so. */
async function counting(options: Partial<MockOptions> = {}) {
  const socket = socketPath();
  const file = beside(socket);
  const made = await mockAndClient({
    socket,
    stats: { file, size: 4 * 1024 * 1024 },
    updateMs: 0,
    traffic: { packetsPerSecond: 1000 },
    setup: (dataplane) => {
      for (let i = 0; i < 2; i++) dataplane.addLoopback({ up: true });
    },
    ...options,
  });
  const entry = (name: string) => readSegmentFile(file).entries.get(name);
  return { ...made, file, entry };
}

/** One row per thread; the first column of each is local0's. */
const NONE = { packets: 0, bytes: 0 };

describe('the stats segment of a mock', () => {
  it('at the start: VPP has just begun', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { entry, file } = await counting();
    expect(entry('/sys/heartbeat')).toBe(1);
    expect(entry('/sys/boottime')).toBeGreaterThanOrEqual(before);
    expect(entry('/sys/num_worker_threads')).toBe(0);
    expect(entry('/if/names')).toEqual(['local0', 'loop0', 'loop1']);
    expect(entry('/if/rx')).toEqual([[NONE, NONE, NONE]]);
    const kinds = new Set([...readSegmentFile(file).entries.keys()].map((name) => name.split('/')[1]));
    expect([...kinds].sort()).toEqual([
      'buffer-pools',
      'err',
      'if',
      'interfaces',
      'mem',
      'net',
      'node',
      'nodes',
      'sys',
    ]);
  });

  it('time that passes: heartbeat, counters by interface, node and reason', async () => {
    const { mock, entry } = await counting();
    mock.advance(4);
    mock.advance(1);
    expect(entry('/sys/heartbeat')).toBe(3);
    expect(entry('/sys/last_update')).toBe(5);
    expect(entry('/sys/input_rate')).toBe(2000);
    expect(entry('/if/rx')).toEqual([
      [NONE, { packets: 5000, bytes: 5000 * 512 }, { packets: 5000, bytes: 5000 * 1024 }],
    ]);
    expect(entry('/interfaces/loop1/rx')).toEqual([{ packets: 5000, bytes: 5000 * 1024 }]);
    expect(entry('/err/ip4-input/time_expired')).toEqual([10]);
    expect(entry('/nodes/ethernet-input/vectors')).toEqual([10_000]);
    expect(entry('/nodes/loop0-tx/vectors')).toEqual([
      (entry('/interfaces/loop0/tx') as { packets: number }[])[0].packets,
    ]);
  });

  it('an interface that a client makes: is there once it has its reply; deleted, its name says so', async () => {
    const { client, entry, file } = await counting();
    const { epoch } = readSegmentFile(file);
    await client.ask('create_loopback');
    expect(entry('/if/names')).toEqual(['local0', 'loop0', 'loop1', 'loop2']);
    expect(entry('/interfaces/loop2/drops')).toEqual([0]);
    expect(readSegmentFile(file)).toMatchObject({ epoch: epoch + 1, inProgress: 0 });
    await client.ask('delete_loopback', { sw_if_index: 3 });
    expect(entry('/if/names')).toEqual(['local0', 'loop0', 'loop1', 'deleted']);
    expect(entry('/interfaces/loop2/drops')).toBeUndefined();
    const { length } = readSegmentFile(file);
    await client.ask('create_loopback_instance', { is_specified: true, user_instance: 7 });
    expect(entry('/interfaces/loop7/drops')).toEqual([0]);
    expect(readSegmentFile(file).length).toBe(length); // the places of the other are used again, and its nodes
  });

  it('an interface that gets another name: its nodes get it; its counters keep that which it was made with', async () => {
    const { mock, client, entry } = await counting();
    await client.ask('sw_interface_set_interface_name', { sw_if_index: 1, name: 'uplink' });
    expect(entry('/nodes/loop0-tx/vectors')).toBeUndefined();
    expect(entry('/sys/node/names')).toEqual(expect.arrayContaining(['uplink-tx', 'uplink-output', 'loop1-tx']));
    expect(entry('/if/names')).toEqual(['local0', 'loop0', 'loop1']);
    mock.advance(1);
    const [{ packets }] = entry('/interfaces/loop0/tx') as { packets: number }[];
    expect(entry('/nodes/uplink-tx/vectors')).toEqual([packets]);
    await client.ask('delete_loopback', { sw_if_index: 1 });
    expect(entry('/nodes/interface-1-tx-deleted/vectors')).toEqual([packets]);
    expect(entry('/interfaces/loop0/tx')).toBeUndefined();
  });

  it('a tunnel that gets the interface of another: what it received, sent and dropped is 0', async () => {
    const { mock, client, entry } = await counting();
    const ends = { src_address: '192.0.2.1', dst_address: '192.0.2.2', teid: 5, decap_next_index: 2 };
    const { sw_if_index } = await client.ask('gtpu_add_del_tunnel', { is_add: true, ...ends });
    mock.advance(10);
    const counters = () => ['rx', 'tx', 'drops', 'ip4'].map((name) => (entry(`/if/${name}`) as unknown[][])[0][3]);
    expect(counters()).not.toContainEqual(expect.objectContaining({ packets: 0 }));
    await client.ask('gtpu_add_del_tunnel', { is_add: false, ...ends });
    expect(await client.ask('gtpu_add_del_tunnel', { is_add: true, ...ends })).toMatchObject({ sw_if_index });
    mock.advance(0);
    expect(counters()).toEqual([NONE, NONE, 0, 8000]);
  });

  it('routes: a counter for each stats index; what is received takes the default routes', async () => {
    const { mock, client, entry } = await counting();
    const routes = async (is_ip6 = false) =>
      (await client.dump('ip_route_v2_dump', { table: { table_id: 0, is_ip6 } })).map(
        ({ route }) => route as { prefix: string; stats_index: number },
      );
    const indexOf = async (prefix: string, is_ip6 = false) =>
      (await routes(is_ip6)).find((route) => route.prefix === prefix)!.stats_index;
    mock.dataplane.addRoutes(100);
    mock.advance(10);
    const to = (entry('/net/route/to') as { packets: number; bytes: number }[][])[0];
    const last = Math.max(...(await routes()).map(({ stats_index }) => stats_index));
    expect([to.length, (entry('/net/route/via') as unknown[][])[0].length]).toEqual([last + 1, last + 1]);
    expect(to[await indexOf('0.0.0.0/0')]).toEqual({ packets: 16_000, bytes: 8000 * 512 + 8000 * 1024 });
    expect(to[await indexOf('::/0', true)].packets).toBe(4000);
    expect(to[last]).toEqual(NONE);
  });

  it('a name with a slash: has an underscore in the names of counters', async () => {
    const { entry } = await counting({ interfaces: ['GigabitEthernet3/0/0'] });
    expect(entry('/if/names')).toContain('GigabitEthernet3/0/0');
    expect(entry('/interfaces/GigabitEthernet3_0_0/rx')).toEqual([NONE]);
  });

  it('workers: a row of counters for each, behind the main thread', async () => {
    const { mock, client, entry } = await counting({ traffic: { packetsPerSecond: 10, workers: 2 } });
    const { thread_data } = await client.ask('show_threads');
    expect((thread_data as { name: string }[]).map(({ name }) => name)).toEqual(['vpp_main', 'vpp_wk_0', 'vpp_wk_1']);
    mock.advance(1);
    expect(entry('/sys/num_worker_threads')).toBe(2);
    expect(entry('/if/rx')).toEqual([
      [NONE, NONE, NONE],
      [NONE, NONE, { packets: 10, bytes: 10_240 }],
      [NONE, { packets: 10, bytes: 5120 }, NONE],
    ]);
    expect((entry('/sys/loops_per_worker') as number[][])[0]).toHaveLength(3);
  });

  it('cleared: by message, of one interface or all, and by command', async () => {
    const { mock, client, entry } = await counting();
    const packets = () => (entry('/if/rx') as { packets: number }[][])[0].map((each) => each.packets);
    mock.advance(3);
    expect(await client.ask('sw_interface_clear_stats', { sw_if_index: 1 })).toMatchObject({ retval: 0 });
    expect(await client.ask('sw_interface_clear_stats', { sw_if_index: 99 })).toMatchObject({ retval: -2 });
    mock.advance(1);
    expect(packets()).toEqual([0, 1000, 4000]);
    expect(entry('/sys/last_stats_clear')).toBe(3);
    await client.ask('cli_inband', { cmd: 'clear interfaces' });
    await client.ask('cli_inband', { cmd: 'clear errors' });
    await client.ask('cli_inband', { cmd: 'clear runtime' });
    mock.advance(1);
    expect(packets()).toEqual([0, 1000, 1000]);
    expect(entry('/err/ip4-input/time_expired')).toEqual([2]);
    expect(entry('/nodes/ethernet-input/vectors')).toEqual([2000]);
  });

  it('a restart: another file; who has the old one open sees it stand still', async () => {
    const { mock, file, entry } = await counting();
    mock.advance(1);
    const old = openSync(file, 'r');
    await mock.restart();
    mock.advance(5);
    const bytes = Buffer.alloc(4 * 1024 * 1024);
    readSync(old, bytes, 0, bytes.length, 0);
    expect(readSegment(bytes).entries.get('/sys/last_update')).toBe(1);
    expect(entry('/sys/last_update')).toBe(5);
  });

  it('once the mock has stopped: the file is gone', async () => {
    const socket = socketPath();
    const file = beside(socket);
    const mock = await startMock({ socket, stats: { file }, updateMs: 0 });
    expect(readSegmentFile(file).inProgress).toBe(0);
    await mock.stop();
    expect(() => readFileSync(file)).toThrow('ENOENT');
    expect(() => mock.advance(1)).toThrow('mock-vpp is down');
  });

  it('a file that is something else: is left alone, and the mock does not start', async () => {
    const socket = socketPath();
    const file = beside(socket, 'letter.txt');
    writeFileSync(file, 'Dear Sir or Madam');
    await expect(startMock({ socket, stats: { file } })).rejects.toThrow(`${file} is there and is no stats segment`);
    expect(readFileSync(file, 'utf8')).toBe('Dear Sir or Madam');
    const mock = await testMock({ socket });
    expect(mock.running).toBe(true);
  });

  it('a segment left behind: is replaced', async () => {
    const socket = socketPath();
    const file = beside(socket);
    const left = Buffer.alloc(4096);
    left.writeBigUInt64LE(2n);
    writeFileSync(file, left);
    await testMock({ socket, stats: { file }, updateMs: 0 });
    expect(readSegmentFile(file).entries.get('/sys/heartbeat')).toBe(1);
  });

  it('more interfaces than it has room for: one warning, and it goes on', async () => {
    const warnings: string[] = [];
    const socket = socketPath();
    const mock = await startMock({
      socket,
      stats: { file: beside(socket), size: 256 * 1024 },
      updateMs: 0,
      log: (level, message) => level === 'warn' && warnings.push(message),
    });
    for (let i = 0; i < 300; i++) mock.dataplane.addLoopback();
    await Promise.resolve();
    mock.dataplane.addLoopback();
    await Promise.resolve();
    mock.advance(1);
    expect(warnings).toEqual(['the stats segment of 262144 bytes is full: what has been added since is not in it']);
    expect(readSegmentFile(beside(socket)).entries.get('/sys/heartbeat')).toBe(2);
    await mock.stop();
  });

  it('an interface that had no room: has its counters once another has gone', async () => {
    const socket = socketPath();
    const file = beside(socket);
    const mock = await startMock({ socket, stats: { file, size: 512 * 1024 }, updateMs: 0 });
    const names = () => [...readSegmentFile(file).entries.keys()].filter((name) => /^\/interfaces\/.*\/rx$/.test(name));
    for (let i = 0; i < 300; i++) mock.dataplane.addLoopback();
    await Promise.resolve();
    const before = names();
    expect(before.length).toBeLessThan(300);
    mock.dataplane.deleteLoopback(1);
    await Promise.resolve();
    expect(names()).not.toContain('/interfaces/loop0/rx');
    expect(names()).toHaveLength(before.length);
    await mock.stop();
  });

  it('an index that is used again, or cleared: shows 0 immediately', async () => {
    const { mock, client, entry } = await counting();
    mock.advance(3);
    await client.ask('sw_interface_clear_stats', { sw_if_index: 1 });
    expect(entry('/interfaces/loop0/rx')).toEqual([NONE]);
    expect(entry('/interfaces/loop1/rx')).not.toEqual([NONE]);
    await client.ask('delete_loopback', { sw_if_index: 2 });
    await client.ask('create_loopback');
    expect(entry('/interfaces/loop1/rx')).toEqual([NONE]);
  });

  it('a file that was removed meanwhile: it stops, and starts again', async () => {
    const { mock, file, entry } = await counting();
    rmSync(file);
    await mock.restart();
    expect(entry('/sys/heartbeat')).toBe(1);
  });

  it('the file of a mock that runs: is left to it', async () => {
    const { mock, file, entry } = await counting();
    await expect(startMock({ socket: socketPath(), stats: { file } })).rejects.toThrow(
      `${file} is the stats segment of process ${process.pid}, which runs`,
    );
    mock.advance(1);
    expect(entry('/sys/heartbeat')).toBe(2);
  });

  it('the file of another process: is replaced once that has ended', async () => {
    const socket = socketPath();
    const file = beside(socket);
    const left = Buffer.alloc(4096);
    left.writeBigUInt64LE(2n);
    left.writeBigUInt64LE(BigInt(process.ppid), 4088);
    writeFileSync(file, left);
    await expect(startMock({ socket, stats: { file } })).rejects.toThrow(`of process ${process.ppid}, which runs`);
    left.writeBigUInt64LE(0x7fffffffn, 4088);
    writeFileSync(file, left);
    await testMock({ socket, stats: { file }, updateMs: 0 });
    expect(readSegmentFile(file).entries.get('/sys/heartbeat')).toBe(1);
  });

  it.each([0, -1, 4096, 1.5, Number.NaN])('a size of %d: refused, and no file is left', async (size) => {
    const socket = socketPath();
    const file = beside(socket);
    await expect(startMock({ socket, stats: { file, size } })).rejects.toThrow('stats: size is a whole number');
    expect(existsSync(file)).toBe(false);
  });

  it('too many workers for its size: refused, and no file is left', async () => {
    const socket = socketPath();
    const file = beside(socket);
    const options = { socket, stats: { file, size: 64 * 1024 }, traffic: { workers: 200 } };
    await expect(startMock(options)).rejects.toThrow('the stats segment of 65536 bytes is full');
    expect(existsSync(file)).toBe(false);
  });

  it('neither file nor socket: refused', async () => {
    await expect(startMock({ socket: socketPath(), stats: {} })).rejects.toThrow('a file or a socket must be named');
  });
});
