/** Parts of captures: the text of a trace, filters, frames, and the bytes that wait. */
import { describe, expect, it } from 'vitest';
import { ByteQueue } from '../../../src/plugins/capture/byte-queue.js';
import { flowOfFrame } from '../../../src/plugins/capture/frame-flow.js';
import { bpfOf, passes } from '../../../src/plugins/capture/packet-filter.js';
import { PCAP_HEADER, packetsOf } from '../../../src/plugins/capture/pcap-file.js';
import { dropsOf, flowsOf, flowText, microseconds, tracedNodes } from '../../../src/plugins/capture/trace-text.js';

/** A packet whose hop limit is used up, as VPP 26.06 shows it: two ways, of itself and of the answer to it. */
const TEXT = `
00:00:00:551249: pg-input
  stream ttl, 64 bytes, sw_if_index 1, next_node ethernet-input
  IP4: 02:00:00:00:00:02 -> 02:fe:00:00:00:01
  UDP: 10.0.0.4 -> 10.0.1.2
    tos 0x00, ttl 1, length 50, checksum 0xa4b6 dscp CS0 ecn NON_ECN
  UDP: 4321 -> 53
    length 30, checksum 0x0000
00:00:00:556604: ip4-lookup
  ICMP: 10.0.0.1 -> 10.0.0.4
    fragment id 0x0000
  ICMP time_exceeded ttl_exceeded_in_transit checksum 0x7552
00:00:00:556620: error-drop
  rx:pg0
00:00:00:556627: drop
  ip4-input: ip4 ttl <= 1
00:00:00:556731: drop
  ip4-glean: ARP requests sent`;

describe('the text of a trace', () => {
  it('nodes in their order, with their lines', () => {
    const nodes = tracedNodes(TEXT);
    expect(nodes.map(({ node }) => node)).toEqual(['pg-input', 'ip4-lookup', 'error-drop', 'drop', 'drop']);
    expect(nodes[0].lines.slice(2, 4)).toEqual([
      'UDP: 10.0.0.4 -> 10.0.1.2',
      '  tos 0x00, ttl 1, length 50, checksum 0xa4b6 dscp CS0 ecn NON_ECN',
    ]);
    expect(flowsOf(nodes).map(flowText)).toEqual(['udp 10.0.0.4:4321 -> 10.0.1.2:53', 'icmp 10.0.0.1 -> 10.0.0.4']);
    expect(dropsOf(nodes)).toEqual(['ip4-input: ip4 ttl <= 1', 'ip4-glean: ARP requests sent']);
  });

  it.each([
    ['00:01:02:000003', 62_000_003],
    ['123:00:00:000000', 123 * 3_600e6],
    ['1764334444.500000', 1_764_334_444.5e6],
    ['2026-11-28T13:00:01.000002', Date.UTC(2026, 10, 28, 13, 0, 1) * 1000 + 2],
    ['nonsense', 0],
  ])('time %s', (text, expected) => expect(Math.abs(microseconds(text) - expected)).toBeLessThan(1));

  it('ARP, and IPv6 with ports', () => {
    const nodes = tracedNodes(
      '00:00:00:000001: arp-input\n  request, type ethernet/IP4, address size 6/4\n  02:00:00:00:00:02/10.0.0.2 -> 00:00:00:00:00:00/10.0.0.1\n00:00:00:000002: ip6-input\n  TCP: 2001:db8::2 -> 2001:db8:1::2\n  TCP: 4321 -> 443',
    );
    expect(flowsOf(nodes).map(flowText)).toEqual([
      'arp 10.0.0.2 -> 10.0.0.1',
      'tcp [2001:db8::2]:4321 -> [2001:db8:1::2]:443',
    ]);
  });

  it.each(['', 'no nodes\n  at all', '00:00:00:000001: \n'])('%j: no nodes', (text) =>
    expect(tracedNodes(text)).toEqual([]),
  );
});

describe('a filter', () => {
  const flow = { protocol: 'udp', source: '10.0.0.2', destination: '2001:db8:0:0:0:0:0:5', sourcePort: 4321 };

  it.each([
    [{}, true],
    [{ src: '10.0.0.2' }, true],
    [{ src: '10.0.0.3/30' }, true],
    [{ src: '10.0.0.3' }, false],
    [{ src: '10.0.1.0/24' }, false],
    [{ src: '::/0' }, false],
    [{ dst: '2001:db8::5' }, true],
    [{ dst: '2001:db8::/32' }, true],
    [{ proto: 'udp' }, true],
    [{ proto: '17' }, true],
    [{ proto: 'tcp' }, false],
    [{ port: 4321 }, true],
    [{ port: 53 }, false],
    [{ src: '10.0.0.2', port: 53 }, false],
  ])('%j: %j', (filter, expected) => expect(passes(filter, flow)).toBe(expected));

  it.each([
    [{}, undefined],
    [{ src: '10.0.0.9/24' }, '(src net 10.0.0.0/24) or (vlan and (src net 10.0.0.0/24))'],
    [
      { dst: '2001:DB8::1', proto: '58' },
      expect.stringContaining('dst host 2001:db8::1 and (ip proto 58 or ip6 proto 58)'),
    ],
  ])('%j for VPP: %s', (filter, expected) => expect(bpfOf(filter)).toEqual(expected));
});

describe('a frame', () => {
  const ip4 = Buffer.from('450000200000000040110000c0000201c633640210e1003500180000', 'hex');
  const macs = '020000000001020000000002';

  it.each([
    ['of IPv4', Buffer.concat([Buffer.from(`${macs}0800`, 'hex'), ip4])],
    ['with a tag', Buffer.concat([Buffer.from(`${macs}810000640800`, 'hex'), ip4])],
    ['with two tags', Buffer.concat([Buffer.from(`${macs}88a80064810000650800`, 'hex'), ip4])],
  ])('%s', (_, frame) =>
    expect(flowOfFrame(frame)).toEqual({
      ...{ protocol: 'udp', source: '192.0.2.1', destination: '198.51.100.2', sourcePort: 4321, destinationPort: 53 },
    }),
  );

  it('of any length, and of anything: no flow, or one, and no error', () => {
    const frame = Buffer.concat([Buffer.from(`${macs}86dd6000000000183c40`, 'hex'), Buffer.alloc(60, 1)]);
    for (const whole of [frame, Buffer.concat([Buffer.from(`${macs}0800`, 'hex'), ip4]), Buffer.alloc(80, 0xff)]) {
      for (let length = 0; length <= whole.length; length++) flowOfFrame(whole.subarray(0, length));
    }
  });

  it('a file that is cut off: the packets that are whole', () => {
    const record = Buffer.from('000000000000000002000000020000000102', 'hex');
    const file = Buffer.concat([PCAP_HEADER, record, record]);
    expect(packetsOf(file)).toEqual([record, record]);
    expect(packetsOf(file.subarray(0, -1))).toEqual([record]);
    expect(packetsOf(Buffer.alloc(3))).toEqual([]);
  });
});

describe('bytes that wait', () => {
  it('are read by their offset, and forgotten before it', () => {
    const queue = new ByteQueue();
    for (const text of ['abc', 'def', 'gh']) queue.put(Buffer.from(text));
    expect(String(queue.read(0, 4))).toBe('abcd');
    expect(String(queue.read(4, 3))).toBe('efg');
    expect(queue.read(0, 1)).toBeUndefined();
    expect(queue.read(9, 1)).toBeUndefined();
    expect(String(queue.read(8, 5))).toBe('');
    expect([queue.length, queue.waiting]).toEqual([8, 0]);
  });
});
