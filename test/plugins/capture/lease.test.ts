/** The lease of traces and captures: one at a time, and always undone. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { kinds } from '../../../mock-vpp/index.js';
import { Captures } from '../../../src/plugins/capture/captures.js';
import { Records, recordsFolder } from '../../../src/plugins/capture/records.js';
import {
  packetTracePackets,
  packetTraceStart,
  packetTraceStatus,
  packetTraceStop,
  pcapRead,
  pcapStart,
  pcapStatus,
  pcapStop,
} from '../../../src/plugins/index.js';
import { until } from '../../support/mock.js';
import { captureAgent, mocked } from './support.js';

type World = Awaited<ReturnType<typeof mocked>>;

const ended = async ({ client }: Pick<World, 'client'>) => (await client.call(packetTraceStatus, {})).ended;

/** Waits until the trace has ended, and VPP is as if nobody had ever traced. */
async function untilUndone(world: Pick<World, 'client' | 'mock'>): Promise<void> {
  await vi.waitFor(async () => expect(await ended(world)).toBeDefined(), { timeout: 60_000, interval: 5 });
  await until(() => isUndone(world));
}

function isUndone({ mock }: Pick<World, 'mock'>): boolean {
  const { expression, traceFunction } = mock.dataplane.of(kinds.traceFilters);
  const traced = mock.dataplane.of(kinds.packetTraces).threads().flat();
  return expression === undefined && traceFunction === 'vnet_is_packet_traced' && traced.length === 0;
}

it('a second asker: hears who has it, since when and until when; also for a capture', async () => {
  const { open, client } = await mocked();
  const { lease } = await client.call(packetTraceStart, { time: '30s' });
  const other = open('other');
  const text = new RegExp(
    `^test \\(program\\) has a packet trace of this VPP since ${lease.since.slice(0, 19)}Z, until ${lease.until.slice(0, 19)}Z at the latest .*one at a time`,
  );
  for (const operation of ['packet-trace.start', 'pcap.start']) {
    await expect(other.call(operation, {})).rejects.toMatchObject({
      code: 'EBUSY',
      message: expect.stringMatching(text),
    });
  }
  expect((await other.call(pcapStatus, {})).holder).toEqual(lease);
  await other.call(packetTraceStop, { lease: lease.id });
  expect(await ended({ client })).toBe('other (program) has stopped it');
  await other.call(pcapStart, {});
  await expect(client.call(packetTraceStart, {})).rejects.toMatchObject({
    message: expect.stringContaining('has a pcap'),
  });
  expect(await client.call(pcapStop, {})).toMatchObject({ stopped: true });
});

it('a capture that somebody began by other means: EBUSY, and it goes on', async () => {
  const { mux, mock, client } = await mocked();
  const channel = mux.channel({ name: 'somebody' });
  const theirs = { capture_rx: true, max_packets: 10, max_bytes_per_packet: 100, filename: 'vppmux-test-theirs.pcap' };
  await channel.request('pcap_trace_on', theirs);
  await expect(client.call(pcapStart, {})).rejects.toMatchObject({
    ...{ code: 'EBUSY', message: expect.stringContaining('somebody else captures') },
  });
  expect(mock.dataplane.of(kinds.pcaps).capture).toBeDefined();
});

it('the files of a capture: none has a name that those before it tell', async () => {
  const { mock, client } = await mocked();
  await client.call(pcapStart, { every: '100ms', time: '1m' });
  const path = () => mock.dataplane.of(kinds.pcaps).capture?.path;
  const first = path();
  await vi.waitFor(() => expect(path()).not.toBe(first), { timeout: 10_000, interval: 5 });
  for (const name of [first, path()]) expect(name).toMatch(/^\/tmp\/vppmux-[0-9a-f]{16}-[0-9a-f]{16}\.pcap$/);
  await client.call(pcapStop, {});
});

it('two at once: one gets it', async () => {
  const { client, open } = await mocked();
  const outcomes = await Promise.allSettled([client, open('other')].map((one) => one.call(packetTraceStart, {})));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});

it('an end while a lease is being taken: it is undone', async () => {
  const { mux, mock } = await mocked();
  const steps: string[] = [];
  const warn = (text: string) => void steps.push(text);
  const records = new Records(recordsFolder(process.env));
  const captures = new Captures({ vpp: mux, records, vppTmp: () => '/tmp', warn });
  const step = async (name: string) => void steps.push(name);
  const run = { kind: 'pcap', traces: {}, begin: () => step('begin'), finish: () => step('finish') } as const;
  const starting = captures.start('pcap', { owner: 'somebody', timeMs: 60_000 }, () => run);
  await captures.close();
  expect(await starting).toMatchObject({ ended: 'the agent has ended' });
  expect(steps).toEqual(['begin', 'finish']);
  expect(records.read(mock.socket)).toBeUndefined();
});

it('a lease that is none any more: ENOENT', async () => {
  const { client } = await mocked();
  const { lease } = await client.call(packetTraceStart, {});
  await client.call(packetTraceStop, {});
  await client.call(packetTraceStart, {});
  for (const operation of ['packet-trace.stop', 'packet-trace.packets']) {
    await expect(client.call(operation, { lease: lease.id })).rejects.toMatchObject({ code: 'ENOENT' });
  }
});

it('its time is up: undone in VPP, with the packets kept', async () => {
  const world = await mocked();
  const { mock, client } = world;
  await client.call(packetTraceStart, { time: '300ms', proto: 'tcp', count: 3 });
  mock.advance(1);
  await untilUndone(world);
  expect(await ended(world)).toBe('its time was up');
  expect((await client.call(packetTracePackets, {})).packets).toHaveLength(3);
});

it('its owner closes its client: undone', async () => {
  const world = await mocked();
  const owner = world.open('owner');
  await owner.call(packetTraceStart, { proto: 'tcp' });
  await owner.close();
  await untilUndone(world);
  expect(await ended(world)).toBe('its owner is gone');
});

it('nothing is read for longer than keepAlive: undone; reading keeps it', async () => {
  const world = await mocked();
  const { client } = world;
  await client.call(packetTraceStart, { keepAlive: '400ms' });
  for (let i = 0; i < 20; i++) await client.call(packetTracePackets, {});
  expect(await ended(world)).toBeUndefined();
  await untilUndone(world);
  expect(await ended(world)).toBe('its owner is gone');
});

it('the agent ends: undone', async () => {
  const world = await mocked();
  await world.client.call(packetTraceStart, { proto: 'tcp' });
  world.mock.advance(1);
  await world.agent.close();
  expect(isUndone(world)).toBe(true);
});

it('VPP is restarted: ended with a clear word, and the next can begin', async () => {
  const world = await mocked();
  const { mock, client, text, mux } = world;
  await client.call(packetTraceStart, { count: 3 });
  await mock.restart();
  await vi.waitFor(async () => expect(await ended(world)).toBe('VPP was restarted, which has ended it'), {
    timeout: 60_000,
  });
  expect(text()).toContain('the packet trace of test (program) has ended: VPP was restarted');
  await mux.ready();
  await client.call(packetTraceStart, {});
});

it('an agent that was killed: the next one undoes what it has left, at the same VPP only', async () => {
  const world = await mocked();
  const { mock, text } = world;
  const folder = recordsFolder(process.env);
  const dead = spawnSync('true').pid;
  const record = (vpp: object) => ({
    ...{ id: '0123456789abcdef', kind: 'pcap', owner: 'ghost (rest)', vpp, pid: dead, started: '1' },
    ...{ since: new Date().toISOString(), until: new Date().toISOString() },
    traces: { pcap: 'vppmux-0123456789abcdef-', bpf: true, pcapFunction: 'vnet_is_packet_traced' },
  });
  mkdirSync(folder, { recursive: true });
  await until(() => world.mux.status.pid !== undefined);
  const { pid, socketFile } = world.mux.status;
  for (const [vpp, undone] of [
    [{ pid, socketFile }, 1],
    [{ pid: 1, socketFile: 'another' }, 1],
  ] as const) {
    const left = '/tmp/vppmux-0123456789abcdef-0.pcap';
    writeFileSync(left, '');
    new Records(folder).remove(mock.socket);
    const file = fileFor(folder, mock.socket);
    writeFileSync(file, JSON.stringify(record(vpp)));
    const { text: log } = await captureAgent(mock.socket);
    await until(() => !existsSync(left) && !existsSync(file));
    expect(mock.received('pcap_trace_off')).toBe(undone);
    expect(log().includes('undid the pcap of ghost (rest)')).toBe(vpp.pid === pid);
  }
  expect(text()).not.toContain('undid');
});

it('another process that runs has it: EBUSY with its number, and nothing of it is undone', async () => {
  const { mock, client } = await mocked();
  const record = {
    ...{ id: '0123456789abcdef', kind: 'packet-trace', owner: 'ann (cli)', vpp: { pid: 1 }, pid: process.ppid },
    ...{ since: new Date().toISOString(), until: new Date(Date.now() + 60_000).toISOString() },
    traces: { trace: true },
  };
  const folder = recordsFolder(process.env);
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileFor(folder, mock.socket), JSON.stringify(record));
  await expect(client.call(packetTraceStart, {})).rejects.toMatchObject({
    ...{ code: 'EBUSY', message: expect.stringContaining(`ann (cli), process ${process.ppid} has a packet trace`) },
  });
  expect(mock.received('trace_clear_capture')).toBe(0);
});

it('the end of a lease whose record another process has replaced: that one stays', async () => {
  const { mock, client } = await mocked();
  await client.call(packetTraceStart, {});
  const records = new Records(recordsFolder(process.env));
  const { id, ...own } = records.read(mock.socket) ?? expect.fail('there is no record');
  records.remove(mock.socket);
  const others = { ...own, id: '0123456789abcdef' };
  records.write(mock.socket, others);
  expect(() => records.write(mock.socket, { ...own, id })).toThrow('EEXIST');
  await client.call(packetTraceStop, {});
  expect(records.read(mock.socket)).toMatchObject({ id: others.id });
  expect(readdirSync(recordsFolder(process.env)).filter((name) => !name.endsWith('.json'))).toEqual([]);
});

it('a record that is none of ours: is forgotten', async () => {
  const { mock, client } = await mocked();
  const folder = recordsFolder(process.env);
  mkdirSync(folder, { recursive: true });
  writeFileSync(fileFor(folder, mock.socket), '{"pid":1,"traces":{"pcap":"../../etc/"}}');
  await client.call(packetTraceStart, {});
  expect(new Records(folder).read(mock.socket)).toMatchObject({ owner: 'test (program)' });
});

it('pcap.read after the end: the rest, then the end', async () => {
  const { mock, client } = await mocked();
  await client.call(pcapStart, { rx: true });
  mock.advance(1);
  await client.call(pcapStop, {});
  const { data, offset, packets, end } = await client.call(pcapRead, {});
  expect([packets, end, Buffer.from(data, 'base64').length]).toEqual([2000, false, 1024 * 1024]);
  expect(await client.call(pcapRead, { offset })).toMatchObject({ end: true });
});

const fileFor = (folder: string, socket: string) => new Records(folder).fileOf(socket);
