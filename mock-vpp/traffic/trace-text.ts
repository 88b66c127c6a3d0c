/** The way of a packet through the graph, as VPP writes it for a trace. */
import type { Packet, Pass } from './packets.js';

/** VPP's texts for the reasons that the mock drops for. */
const REASONS: Readonly<Record<string, (family: Pass['family']) => string>> = {
  time_expired: (family) => `${family} ttl <= 1`,
  dst_lookup_miss: (family) => `${family} destination lookup miss`,
  unknown_protocol: () => 'unknown ip protocol',
};

/** Nodes that a packet goes through, in their order. */
export function nodesOf({ from, to, drop, family }: Pass): string[] {
  const before = [inputNode(from.deviceType), 'ethernet-input', `${family}-input`];
  if (drop === undefined)
    return [...before, `${family}-lookup`, `${family}-rewrite`, `${to?.name}-output`, `${to?.name}-tx`];
  const isLocal = drop.node === 'ip4-local';
  const until = isLocal ? [`${family}-lookup`, 'ip4-local'] : [];
  return [...before, ...until, `${family}-drop`, 'error-drop', 'drop'];
}

/** The node by which packets of such a device come in. */
export const inputNode = (deviceType: string) => (deviceType === 'dpdk' ? 'dpdk-input' : 'tap-input');

/** Microseconds that a node takes. */
const STEP = 7;

/** `trace_data` of a packet; `handle` is its number in the trace. */
export function traceText(pass: Pass, packet: Packet, handle: number): string {
  return nodesOf(pass)
    .map((node, i) => `\n${timeText(pass.at, i * STEP)}: ${node}\n${linesAt(node, pass, packet, handle).join('\n')}`)
    .join('');
}

function timeText(seconds: number, microseconds: number): string {
  const total = Math.round(seconds * 1e6) + microseconds;
  const pad = (value: number, width = 2) => String(Math.floor(value)).padStart(width, '0');
  const whole = total / 1e6;
  return `${pad(whole / 3600)}:${pad((whole / 60) % 60)}:${pad(whole % 60)}:${pad(total % 1e6, 6)}`;
}

function linesAt(node: string, pass: Pass, packet: Packet, handle: number): string[] {
  const { from, to, drop, family } = pass;
  const ethernet = [`  ${family.toUpperCase()}: ${packet.sourceMac} -> ${packet.destinationMac}`];
  const sent = `  ${family.toUpperCase()}: ${to?.hardware.mac} -> 02:00:5e:00:54:${packet.sourceMac.slice(-2)}`;
  if (node === inputNode(from.deviceType)) {
    const buffer = `  current data 0, length ${packet.frame.length}, buffer-pool 0, ref-count 1, trace handle 0x${handle.toString(16)}`;
    return [`  ${from.name} rx queue 0`, buffer, ...ethernet, ...packetLines(family, packet, packet.ttl)];
  }
  if (node === 'ethernet-input') {
    return [`  frame: flags 0x1, hw-if-index ${from.hardware.index}, sw-if-index ${from.swIfIndex}`, ...ethernet];
  }
  if (node === 'error-drop') return [`  rx:${from.name}`];
  if (node === 'drop') return [`  ${drop?.node}: ${REASONS[drop?.reason ?? '']?.(family) ?? drop?.reason}`];
  const lines = packetLines(family, packet, packet.ttl - (node.endsWith('-output') || node.endsWith('-tx') ? 1 : 0));
  if (node === `${family}-drop` || node === 'ip4-local') return ['    fib:0 adj:1 flow:0x00000000', ...lines];
  if (node === `${family}-lookup`) return ['  fib 0 dpo-idx 4 flow hash: 0x00000000', ...lines];
  if (node === `${family}-rewrite`)
    return [`  tx_sw_if_index ${to?.swIfIndex} dpo-idx 4 flow hash: 0x00000000`, ...hexLines(packet)];
  if (node === `${to?.name}-output`) return [`  ${to?.name} flags 0x00180001`, sent, ...lines];
  if (node === `${to?.name}-tx`)
    return ['    buffer 0xffccb: current data 0, buffer-pool 0, ref-count 1', sent, ...lines];
  return lines;
}

/** Headers as VPP writes them: addresses, facts, ports, facts. */
function packetLines(family: Pass['family'], packet: Packet, ttl: number): string[] {
  const { protocol, source, destination, sourcePort, destinationPort, length } = packet;
  const name = protocol.name === 'other' ? 'unknown 253' : protocol.name.toUpperCase();
  const facts =
    family === 'ip4'
      ? [`    tos 0x00, ttl ${ttl}, length ${length}, checksum 0x0000 dscp CS0 ecn NON_ECN`, '    fragment id 0x0000']
      : [`    tos 0x00, flow label 0x0, hop limit ${ttl}, payload length ${length - 40}`];
  const own =
    protocol.port === undefined
      ? protocol.name === 'other'
        ? []
        : [`  ${name} echo_request checksum 0x0000 id 1`]
      : [`  ${name}: ${sourcePort} -> ${destinationPort}`, ...segmentFacts(packet, family)];
  return [`  ${name}: ${source} -> ${destination}`, ...facts, ...own];
}

function segmentFacts({ protocol, length }: Packet, family: Pass['family']): string[] {
  if (protocol.name === 'udp') return [`    length ${length - (family === 'ip4' ? 20 : 40)}, checksum 0x0000`];
  return [
    '    seq. 0x00000001 ack 0x00000000',
    '    flags 0x18 PSH ACK, tcp header: 20 bytes',
    '    window 65535, checksum 0x0000',
    '    ',
  ];
}

/** The first bytes of the frame that is sent, 32 a line. */
function hexLines({ sent, frame }: Packet): string[] {
  const bytes = (sent ?? frame).subarray(0, 64).toString('hex');
  return [0, 64].map((at) => `  ${(at / 2).toString(16).padStart(8, '0')}: ${bytes.slice(at, at + 64)}`);
}
