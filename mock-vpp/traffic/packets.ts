/** Packets of the traffic, made when somebody traces or captures: valid Ethernet frames, the same for the same past. */
import type { Interface } from '../dataplane/interfaces/interface.js';

/** Packets of one kind that have gone the same way in a moment. */
export interface Pass {
  readonly from: Interface;
  /** The interface that they left by; undefined for those that were dropped. */
  readonly to?: Interface;
  readonly drop?: { readonly node: string; readonly reason: string };
  readonly family: 'ip4' | 'ip6';
  readonly packets: number;
  readonly size: number;
  readonly thread: number;
  /** Seconds since the traffic began. */
  readonly at: number;
}

/** One packet, with the fields that filters and traces look at. */
export interface Packet {
  readonly protocol: Protocol;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly ttl: number;
  readonly sourceMac: string;
  readonly destinationMac: string;
  /** Bytes behind the Ethernet header. */
  readonly length: number;
  /** As it was received. */
  readonly frame: Buffer;
  /** As it was sent; undefined for one that was dropped. */
  readonly sent?: Buffer;
}

export interface Protocol {
  readonly name: 'udp' | 'tcp' | 'icmp' | 'icmp6' | 'other';
  readonly number: number;
  /** Port of the servers; undefined where there are no ports. */
  readonly port?: number;
}

const UDP: Protocol = { name: 'udp', number: 17, port: 53 };
const TCP: Protocol = { name: 'tcp', number: 6, port: 443 };
/** One of experiments, which no node takes. */
const OTHER: Protocol = { name: 'other', number: 253 };
const PROTOCOLS: Readonly<Record<Pass['family'], readonly Protocol[]>> = {
  ip4: [UDP, TCP, { name: 'icmp', number: 1 }],
  ip6: [UDP, TCP, { name: 'icmp6', number: 58 }],
};

const ETHERNET = 14;
const ETHERTYPE = { ip4: 0x0800, ip6: 0x86dd } as const;
const HEADER = { ip4: 20, ip6: 40 } as const;
/** Hosts that send, of each interface. */
const HOSTS = 50;
const FIRST_PORT = 49_152;
const PORTS = 1024;
const ECHO_REQUEST = { icmp: 8, icmp6: 128 } as const;

/** The packet with this number of all that the traffic has. */
export function packetOf(pass: Pass, number: number): Packet {
  const { from, to, drop, family, size } = pass;
  const protocol = drop?.reason === 'unknown_protocol' ? OTHER : PROTOCOLS[family][number % PROTOCOLS[family].length];
  const host = 2 + (number % HOSTS);
  const next = (to ?? from).swIfIndex;
  // Networks that are set aside for benchmarks and for documentation.
  const address = (network: number, swIfIndex: number) =>
    family === 'ip4'
      ? `198.${18 + network}.${swIfIndex % 256}.${host}`
      : `2001:db8:${network + 1}:${swIfIndex.toString(16)}::${host.toString(16)}`;
  const clientPort = FIRST_PORT + (number % PORTS);
  const fields = {
    protocol,
    source: address(0, from.swIfIndex),
    destination: address(1, next),
    sourcePort: protocol.port === undefined ? 0 : clientPort,
    destinationPort: protocol.port ?? 0,
    ttl: drop?.reason === 'time_expired' ? 1 : 64,
    sourceMac: `02:00:5e:00:53:${(host & 0xff).toString(16).padStart(2, '0')}`,
    destinationMac: from.hardware.mac,
    length: size - ETHERNET,
  };
  const frame = frameOf(fields, family, size, number);
  return { ...fields, frame, ...(to !== undefined && { sent: forwarded(frame, family, to.hardware.mac, host) }) };
}

type Fields = Omit<Packet, 'frame' | 'sent'>;

function frameOf(fields: Fields, family: Pass['family'], size: number, number: number): Buffer {
  const frame = Buffer.alloc(size);
  for (let i = ETHERNET; i < size; i++) frame[i] = i & 0xff;
  frame.write(hexOf(fields.destinationMac), 0, 'hex');
  frame.write(hexOf(fields.sourceMac), 6, 'hex');
  frame.writeUInt16BE(ETHERTYPE[family], 12);
  const packet = frame.subarray(ETHERNET);
  const header = HEADER[family];
  const [source, destination] = [fields.source, fields.destination].map((text) => bytesOf(text, family));
  if (family === 'ip4') {
    packet.set([0x45, 0]);
    packet.writeUInt16BE(packet.length, 2);
    packet.writeUInt16BE(number & 0xffff, 4);
    packet.writeUInt16BE(0, 6);
    packet.set([fields.ttl, fields.protocol.number, 0, 0], 8);
    packet.set([...source, ...destination], 12);
    packet.writeUInt16BE(checksum(packet.subarray(0, header)), 10);
  } else {
    packet.writeUInt32BE(0x60000000, 0);
    packet.writeUInt16BE(packet.length - header, 4);
    packet.set([fields.protocol.number, fields.ttl], 6);
    packet.set([...source, ...destination], 8);
  }
  writeSegment(packet.subarray(header), fields, number, [...source, ...destination]);
  return frame;
}

/** Writes ports, a checksum, and whatever else the header of the protocol has. */
function writeSegment(segment: Buffer, fields: Fields, number: number, addresses: readonly number[]): void {
  const { name, number: protocol } = fields.protocol;
  const pseudo = Buffer.from([...addresses, 0, protocol, segment.length >> 8, segment.length & 0xff]);
  if (name === 'udp' || name === 'tcp') {
    segment.writeUInt16BE(fields.sourcePort, 0);
    segment.writeUInt16BE(fields.destinationPort, 2);
  }
  if (name === 'udp') {
    segment.writeUInt16BE(segment.length, 4);
    segment.writeUInt16BE(0, 6);
    segment.writeUInt16BE(checksum(pseudo, segment) || 0xffff, 6);
  } else if (name === 'tcp') {
    segment.writeUInt32BE(number >>> 0, 4);
    segment.writeUInt32BE(0, 8);
    // Twenty bytes, PSH and ACK.
    segment.writeUInt16BE(0x5018, 12);
    segment.writeUInt16BE(65_535, 14);
    segment.writeUInt32BE(0, 16);
    segment.writeUInt16BE(checksum(pseudo, segment), 16);
  } else if (name === 'icmp' || name === 'icmp6') {
    segment.set([ECHO_REQUEST[name], 0, 0, 0]);
    segment.writeUInt16BE(1, 4);
    segment.writeUInt16BE(number & 0xffff, 6);
    segment.writeUInt16BE(name === 'icmp6' ? checksum(pseudo, segment) : checksum(segment), 2);
  }
}

/** The frame as the next interface sends it: other MAC addresses, one hop less. */
function forwarded(frame: Buffer, family: Pass['family'], mac: string, host: number): Buffer {
  const sent = Buffer.from(frame);
  sent.write(`02005e0054${host.toString(16).padStart(2, '0')}`, 0, 'hex');
  sent.write(hexOf(mac), 6, 'hex');
  const packet = sent.subarray(ETHERNET);
  if (family === 'ip6') packet[7] -= 1;
  else {
    packet[8] -= 1;
    packet.writeUInt16BE(0, 10);
    packet.writeUInt16BE(checksum(packet.subarray(0, HEADER.ip4)), 10);
  }
  return sent;
}

/** The checksum of the internet over these bytes, as if they were one row. All but the last have an even length. */
export function checksum(...parts: readonly Buffer[]): number {
  let sum = 0;
  for (const part of parts) {
    for (let i = 0; i + 1 < part.length; i += 2) sum += (part[i] << 8) | part[i + 1];
    if (part.length % 2 === 1) sum += part[part.length - 1] << 8;
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return ~sum & 0xffff;
}

const hexOf = (mac: string) => mac.replaceAll(':', '');

/** Bytes of the addresses above: `2001:db8:1:2::f` has one run of zeros. */
function bytesOf(text: string, family: Pass['family']): number[] {
  if (family === 'ip4') return text.split('.').map(Number);
  const [head, tail] = text.split('::').map((half) => half.split(':').map((group) => Number.parseInt(group, 16)));
  const groups = [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return groups.flatMap((group) => [group >> 8, group & 0xff]);
}
