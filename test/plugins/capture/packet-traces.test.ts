/** Packet traces as operations, over a mock with traffic. */
import { expect, it } from 'vitest';
import {
  packetTracePackets,
  packetTraceStart,
  packetTraceStatus,
  packetTraceStop,
} from '../../../src/plugins/index.js';
import { definitionsWithout, mocked } from './support.js';

it('a trace: packets as trees, those that pass the filter; VPP filters', async () => {
  const { mock, client } = await mocked();
  const started = await client.call(packetTraceStart, { count: 5, proto: 'udp', src: '198.18.0.0/16', port: 53 });
  expect(started).toMatchObject({
    lease: { kind: 'packet-trace', owner: 'test (program)' },
    filter: { by: 'vpp', expression: expect.stringContaining('src net 198.18.0.0/16 and udp and port 53') },
  });
  expect(started.nodes).toContain('tap-input');
  expect(await client.call(packetTraceStatus, {})).toMatchObject({ state: 'running', matched: 0, complete: false });
  mock.advance(1);
  const { packets, ...progress } = await client.call(packetTracePackets, { lease: started.lease.id });
  expect(progress).toMatchObject({ state: 'running', captured: 5, matched: 5, complete: true });
  for (const { flows, nodes, thread } of packets) {
    expect(flows).toEqual([expect.stringMatching(/^udp 198\.18\.\d\.\d+:\d+ -> 198\.19\.\d\.\d+:53$/)]);
    expect([nodes[0].node, nodes[1].node, thread]).toEqual(['tap-input', 'ethernet-input', 0]);
    expect(nodes[0].lines.join('\n')).toMatch(/^loop\d rx queue 0\n.*\nIP4: /s);
  }
  expect(await client.call(packetTraceStop, {})).toEqual({ stopped: true, matched: 5 });
  expect(await client.call(packetTraceStop, {})).toEqual({ stopped: false, matched: 5 });
  expect(await client.call(packetTracePackets, {})).toMatchObject({ state: 'ended', packets: { length: 5 } });
});

it('VPP without its BPF plugin: the agent filters, and says so', async () => {
  const { mock, client } = await mocked({}, { apiDir: definitionsWithout('bpf_trace_filter') });
  const { filter } = await client.call(packetTraceStart, { count: 4, proto: 'icmp6', dst: '2001:db8:2::/48' });
  expect(filter).toEqual({ by: 'agent' });
  mock.advance(1);
  const { packets, captured } = await client.call(packetTracePackets, {});
  expect(captured).toBeGreaterThan(100);
  expect(packets.map(({ flows }) => flows[0].split(' ')[0])).toEqual(Array(4).fill('icmp6'));
});

it('only packets that go through a node: here those that are dropped, with the reason', async () => {
  const { mock, client } = await mocked();
  await client.call(packetTraceStart, { count: 2, through: 'drop' });
  mock.advance(3);
  const { packets } = await client.call(packetTracePackets, {});
  expect(packets.map(({ drops }) => drops)).toEqual([['ip4-input: ip4 ttl <= 1'], ['ip4-input: ip4 ttl <= 1']]);
});

it.each([
  [{ node: 'nowhere' }, { code: 'ENOENT', message: expect.stringContaining('VPP has no node nowhere') }],
  [
    { node: ['tap-input', 'ip4-input'] },
    { code: 'ENOTSUP', message: expect.stringContaining('cannot trace at ip4-input') },
  ],
  [{ through: 'nowhere' }, { code: 'ENOENT' }],
  [
    { filter: 'tcp and nonsense' },
    { code: 'EINVAL', message: expect.stringContaining('libpcap does not understand it') },
  ],
  [
    { filter: 'tcp', port: 80 },
    { code: 'EINVAL', message: expect.stringContaining('either a filter') },
  ],
  [{ count: 1001 }, { code: 'ERANGE', message: expect.stringContaining('most-packets') }],
  [{ time: '2h' }, { code: 'ERANGE', message: expect.stringContaining('longest-time') }],
  [{ src: 'somewhere' }, { code: 'INVALID_INPUT' }],
  [{ proto: 'xns' }, { code: 'INVALID_INPUT' }],
])('%j: is refused, and leaves nothing', async (input, fault) => {
  const { mock, client } = await mocked();
  await expect(client.call(packetTraceStart, input)).rejects.toMatchObject(fault);
  expect((await client.call(packetTraceStatus, {})).holder).toBeUndefined();
  expect(mock.received('trace_clear_cache')).toBe(mock.received('trace_clear_capture') / 2);
  await client.call(packetTraceStart, {});
});
