/** Reads the flow of an Ethernet frame: its addresses, protocol and ports. */

import { PROTOCOLS } from './packet-filter.js';
import type { Flow } from './trace-text.js';

const ETHERNET = 14;
const ETHERTYPE = { ip4: 0x0800, arp: 0x0806, ip6: 0x86dd } as const;
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const VLAN_BYTES = 4;
const WITH_PORTS: ReadonlySet<number> = new Set([6, 17, 132]);
/** Hop-by-hop options, routing, destination options: headers of IPv6 that another one follows. */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60]);
const FRAGMENT = 44;
const IP6_HEADER = 40;

const NAMES = new Map(Object.entries(PROTOCOLS).map(([name, number]) => [number, name]));
const nameOf = (protocol: number) => NAMES.get(protocol) ?? String(protocol);

/** The flow of a frame, behind its VLAN tags; undefined for one that is neither IP nor ARP, or is cut off before its addresses. */
export function flowOfFrame(frame: Buffer): Flow | undefined {
  let at = ETHERNET;
  if (frame.length < at) return undefined;
  let type = frame.readUInt16BE(at - 2);
  while (VLAN_TAGS.has(type) && frame.length >= at + VLAN_BYTES) {
    at += VLAN_BYTES;
    type = frame.readUInt16BE(at - 2);
  }
  const packet = frame.subarray(at);
  if (type === ETHERTYPE.ip4) return flowOfIp4(packet);
  if (type === ETHERTYPE.ip6) return flowOfIp6(packet);
  return type === ETHERTYPE.arp ? flowOfArp(packet) : undefined;
}

function flowOfIp4(packet: Buffer): Flow | undefined {
  if (packet.length < 20) return undefined;
  const headerLength = (packet[0] & 0x0f) * 4;
  const isFirst = (packet.readUInt16BE(6) & 0x1fff) === 0;
  return {
    protocol: nameOf(packet[9]),
    source: ip4Text(packet.subarray(12, 16)),
    destination: ip4Text(packet.subarray(16, 20)),
    ...(isFirst && portsOf(packet[9], packet.subarray(headerLength))),
  };
}

function flowOfIp6(packet: Buffer): Flow | undefined {
  if (packet.length < IP6_HEADER) return undefined;
  let protocol = packet[6];
  let at = IP6_HEADER;
  while (EXTENSIONS.has(protocol) && packet.length >= at + 2) {
    protocol = packet[at];
    at += 8 + packet[at + 1] * 8;
  }
  let isFirst = true;
  if (protocol === FRAGMENT && packet.length >= at + 8) {
    protocol = packet[at];
    isFirst = (packet.readUInt16BE(at + 2) & 0xfff8) === 0;
    at += 8;
  }
  return {
    protocol: nameOf(protocol),
    source: ip6Text(packet.subarray(8, 24)),
    destination: ip6Text(packet.subarray(24, 40)),
    ...(isFirst && portsOf(protocol, packet.subarray(at))),
  };
}

/** Reads an ARP packet for Ethernet and IPv4. */
function flowOfArp(packet: Buffer): Flow | undefined {
  if (packet.length < 28) return undefined;
  return {
    protocol: 'arp',
    source: ip4Text(packet.subarray(14, 18)),
    destination: ip4Text(packet.subarray(24, 28)),
  };
}

function portsOf(protocol: number, segment: Buffer): Pick<Flow, 'sourcePort' | 'destinationPort'> {
  if (!WITH_PORTS.has(protocol) || segment.length < 4) return {};
  return { sourcePort: segment.readUInt16BE(0), destinationPort: segment.readUInt16BE(2) };
}

const ip4Text = (bytes: Buffer) => [...bytes].join('.');

/** Groups without any shortening: it is compared by its value. */
const ip6Text = (bytes: Buffer) =>
  Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(2 * i).toString(16)).join(':');
