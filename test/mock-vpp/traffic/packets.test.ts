/** Packets of the mock's traffic, as traces and captures show them. */
import { readFileSync, rmSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { kinds } from '../../../mock-vpp/index.js';
import { checksum } from '../../../mock-vpp/traffic/packets.js';
import { flowOfFrame } from '../../../src/plugins/capture/frame-flow.js';
import { packetsOf } from '../../../src/plugins/capture/pcap-file.js';
import { flowsOf, tracedNodes } from '../../../src/plugins/capture/trace-text.js';
import { mockAndClient } from '../../support/mock.js';

const ALL = 0xffffffff;

/** Two interfaces that are up, with 1000 packets a second each, and time that passes when it is told to. */
async function world(workers = 0) {
  const made = await mockAndClient({ traffic: { packetsPerSecond: 1000, workers }, updateMs: 0 });
  const [first, second] = [1, 2].map(() => made.mock.dataplane.addLoopback({ up: true }));
  return { ...made, first, second };
}

it('a trace: as many packets as asked for, through the nodes of their way', async () => {
  const { mock, client } = await world();
  const { node_index } = await client.ask('get_node_index', { node_name: 'tap-input' });
  await client.ask('trace_capture_packets', { node_index, max_packets: 1500 });
  mock.advance(1);
  const details = await client.dump('trace_v2_dump', { thread_id: ALL, position: 0, max: 2000 });
  expect(details).toHaveLength(1500);
  expect(details.map(({ position }) => position)).toEqual(details.map((_, i) => i));
  expect(details.filter(({ more }) => more === false)).toHaveLength(1);
  const packets = details.map(({ trace_data }) => tracedNodes(String(trace_data)));
  const ways = new Set(packets.map((nodes) => nodes.map(({ node }) => node).join(' ')));
  expect(ways).toContain('tap-input ethernet-input ip4-input ip4-lookup ip4-rewrite loop1-output loop1-tx');
  expect(ways).toContain('tap-input ethernet-input ip4-input ip4-drop error-drop drop');
  expect(new Set(packets.flatMap(flowsOf).map(({ protocol }) => protocol))).toEqual(
    new Set(['udp', 'tcp', 'icmp', 'icmp6']),
  );
  await client.ask('trace_clear_capture');
  expect(await client.dump('trace_v2_dump', { thread_id: ALL, position: 0, max: 5 })).toEqual([]);
});

it('a trace of several threads: in pages, and in bursts, each packet once', async () => {
  const { mock, client } = await world(2);
  const { node_index } = await client.ask('get_node_index', { node_name: 'tap-input' });
  await client.ask('trace_capture_packets', { node_index, max_packets: 10 });
  mock.advance(1);
  const page = (thread_id: number, position: number) =>
    client.dump('trace_v2_dump', { thread_id, position, max: 7, clear_cache: true });
  const keys = (rows: readonly Readonly<Record<string, unknown>>[]) =>
    rows.map(({ thread_id, position }) => `${thread_id}/${position}`).sort();
  const paged = [...(await page(ALL, 0)), ...(await page(ALL, 7))];
  expect(paged).toHaveLength(20);
  expect(keys([...(await page(1, 0)), ...(await page(1, 7)), ...(await page(2, 0)), ...(await page(2, 7))])).toEqual(
    keys(paged),
  );
});

it('a trace at a physical interface: its packets come in at dpdk-input', async () => {
  const { mock, client } = await world();
  const physical = mock.dataplane.addPhysical('GigabitEthernet3/0/0');
  await client.ask('sw_interface_set_flags', { sw_if_index: physical, flags: 1 });
  const { node_index } = await client.ask('get_node_index', { node_name: 'dpdk-input' });
  await client.ask('trace_capture_packets', { node_index, max_packets: 3 });
  mock.advance(1);
  const details = await client.dump('trace_v2_dump', { thread_id: ALL, position: 0, max: 5 });
  const [first] = details.map(({ trace_data }) => tracedNodes(String(trace_data)).map(({ node }) => node));
  expect([details.length, first.slice(0, 2)]).toEqual([3, ['dpdk-input', 'ethernet-input']]);
});

it('filters: by a node, and by an expression', async () => {
  const { mock, client } = await world();
  const index = async (node_name: string) => (await client.ask('get_node_index', { node_name })).node_index;
  const texts = async () =>
    (await client.dump('trace_v2_dump', { thread_id: ALL, position: 0, max: 5000 })).map((each) =>
      String(each.trace_data),
    );
  await client.ask('trace_set_filters', { flag: 1, node_index: await index('drop'), count: 2 });
  await client.ask('trace_capture_packets', { node_index: await index('tap-input'), max_packets: 5000 });
  mock.advance(3);
  expect((await texts()).map((text) => text.includes(': drop\n'))).toEqual([true, true]);
  await client.ask('trace_clear_capture');
  await client.ask('trace_set_filters', { flag: 0 });
  await client.ask('bpf_trace_filter_set_v2', { is_add: true, filter: 'udp and ip6' });
  await client.ask('trace_set_filter_function', { filter_function_name: 'bpf_trace_filter' });
  await client.ask('trace_capture_packets', { node_index: await index('tap-input'), max_packets: 9, use_filter: true });
  mock.advance(3);
  const found = await texts();
  expect(found).toHaveLength(9);
  for (const text of found) expect(text).toMatch(/UDP: 2001:db8:1:.* -> 2001:db8:2:/);
});

it('a capture: valid frames, in a file of /tmp, in both directions and with the reason of drops', async () => {
  const { mock, client, first } = await world();
  const filename = `vppmux-test-${process.pid}.pcap`;
  onTestFinished(() => rmSync(`/tmp/${filename}`, { force: true }));
  const capture = async (more: object) => {
    await client.ask('pcap_trace_on', { filename, max_packets: 3000, max_bytes_per_packet: 9000, ...more });
    mock.advance(1);
    expect(await client.ask('pcap_trace_off')).toMatchObject({ retval: 0 });
    return packetsOf(readFileSync(`/tmp/${filename}`)).map((packet) => packet.subarray(16));
  };
  const received = await capture({ capture_rx: true, sw_if_index: first });
  expect(received).toHaveLength(1000);
  for (const frame of received) expect(problemsOf(frame)).toEqual([]);
  const sent = await capture({ capture_tx: true });
  expect(sent.length).toBeGreaterThan(1900);
  for (const frame of sent) expect(problemsOf(frame)).toEqual([]);
  const [dropped] = await capture({ capture_drop: true });
  expect(dropped.toString('latin1')).toMatch(/ip4-input: time_expired$/);
  mock.dataplane.of(kinds.traceFilters).set('tcp and src net 198.18.0.0/16');
  await client.ask('pcap_set_filter_function', { filter_function_name: 'bpf_trace_filter' });
  const filtered = await capture({ capture_rx: true, filter: true, max_packets: 50 });
  expect(filtered).toHaveLength(50);
  expect(new Set(filtered.map((frame) => flowOfFrame(frame)?.protocol))).toEqual(new Set(['tcp']));
});

/** Checksums and lengths that are wrong. */
function problemsOf(frame: Buffer): string[] {
  const packet = frame.subarray(14);
  const isIp6 = packet[0] >> 4 === 6;
  const header = isIp6 ? 40 : 20;
  const length = isIp6 ? header + packet.readUInt16BE(4) : packet.readUInt16BE(2);
  const protocol = isIp6 ? packet[6] : packet[9];
  const segment = packet.subarray(header, length);
  const addresses = isIp6 ? packet.subarray(8, 40) : packet.subarray(12, 20);
  const pseudo = Buffer.concat([addresses, Buffer.from([0, protocol, segment.length >> 8, segment.length & 0xff])]);
  const sum = protocol === 1 ? checksum(segment) : protocol === 253 ? 0 : checksum(pseudo, segment);
  return [
    ...(length === packet.length ? [] : ['length']),
    ...(isIp6 || checksum(packet.subarray(0, header)) === 0 ? [] : ['header checksum']),
    ...(sum === 0 ? [] : [`checksum of protocol ${protocol}`]),
  ];
}
