/** Reads the text that VPP has of a traced packet: the nodes that it went through, and the addresses that they have seen. */

import { isIP } from 'node:net';

/** A node that a packet went through. */
export interface TracedNode {
  readonly node: string;
  /** As VPP writes it: hours, minutes, seconds and microseconds since its start, `00:01:07:251627`. */
  readonly time: string;
  /** Lines that the node has written of the packet, without the two spaces that all begin with. */
  readonly lines: readonly string[];
}

/** Addresses of a packet at one of its nodes, and its ports where it has some. */
export interface Flow {
  /** In lower case, as `udp`; `ip4` and the like where VPP names no protocol. */
  readonly protocol: string;
  readonly source: string;
  readonly destination: string;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
}

/** Times in the three forms of `set trace timestamp`, and the name of a node. */
const NODE = /^(\d+:\d\d:\d\d:\d{6}|\d+\.\d{6}|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}): (.+)$/;
const INDENT = '  ';

/** Reads `trace_data` of one packet. Lines before the first node are skipped. */
export function tracedNodes(text: string): TracedNode[] {
  const nodes: { node: string; time: string; lines: string[] }[] = [];
  for (const line of text.split('\n')) {
    const [, time, node] = NODE.exec(line) ?? [];
    if (node !== undefined) nodes.push({ node, time, lines: [] });
    else if (line.trim() !== '') {
      nodes.at(-1)?.lines.push((line.startsWith(INDENT) ? line.slice(INDENT.length) : line).trimEnd());
    }
  }
  return nodes;
}

/** Microseconds of a time, to sort by; 0 for what is none. */
export function microseconds(time: string): number {
  const parts = time.split(':').map(Number);
  if (parts.length === 4) return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1e6 + parts[3];
  const at = time.includes('T')
    ? Date.parse(`${time.slice(0, 19)}Z`) * 1000 + Number(time.slice(20))
    : Number(time) * 1e6;
  return Number.isFinite(at) ? at : 0;
}

/** The different flows that the nodes of a packet show: several where it was translated, or in a tunnel. */
export function flowsOf(nodes: readonly TracedNode[]): Flow[] {
  const flows = new Map<string, Flow>();
  for (const { lines } of nodes) for (const flow of flowsIn(lines)) flows.set(JSON.stringify(flow), flow);
  return [...flows.values()];
}

/** `UDP: 192.0.2.1 -> 198.51.100.2` and, some lines on, `UDP: 4321 -> 53`; of ARP `MAC/192.0.2.1 -> MAC/192.0.2.2`. */
function flowsIn(lines: readonly string[]): Flow[] {
  const flows: Flow[] = [];
  for (const line of lines) {
    const [, protocol = 'arp', from = '', to = ''] = /^\s*(?:(\w+): )?(\S+) -> (\S+)$/.exec(line) ?? [];
    const source = from.slice(from.indexOf('/') + 1);
    const destination = to.slice(to.indexOf('/') + 1);
    if (isIP(source) !== 0 && isIP(destination) !== 0) {
      flows.push({ protocol: protocol.toLowerCase(), source, destination });
    } else if (/^\d{1,5}$/.test(from) && /^\d{1,5}$/.test(to)) {
      const flow = flows.pop();
      if (flow !== undefined) flows.push({ ...flow, sourcePort: Number(from), destinationPort: Number(to) });
    }
  }
  return flows;
}

/** The flow as a line: `udp 192.0.2.1:4321 -> 198.51.100.2:53`. */
export function flowText({ protocol, source, destination, sourcePort, destinationPort }: Flow): string {
  const end = (address: string, port: number | undefined) => {
    if (port === undefined) return address;
    return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
  };
  return `${protocol} ${end(source, sourcePort)} -> ${end(destination, destinationPort)}`;
}

/** The reasons for which a packet was dropped, as `ip4-input: ip4 ttl <= 1`; none where all of it went on. */
export function dropsOf(nodes: readonly TracedNode[]): string[] {
  return nodes.filter(({ node }) => node === 'drop').flatMap(({ lines }) => lines.map((line) => line.trim()));
}
