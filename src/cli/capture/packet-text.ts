/** A traced packet as text: its flow, and the nodes that it went through as a tree. */

export interface ShownPacket {
  readonly number: number;
  readonly thread: number;
  readonly time: string;
  readonly flows: readonly string[];
  readonly drops: readonly string[];
  readonly nodes: readonly { readonly node: string; readonly time: string; readonly lines: readonly string[] }[];
}

/** The lines of a packet, without one after it. */
export function packetLines({ number, thread, time, flows, drops, nodes }: ShownPacket): string[] {
  const facts = [
    `packet ${number}`,
    time,
    `thread ${thread}`,
    ...flows,
    ...drops.map((reason) => `dropped: ${reason}`),
  ];
  const width = Math.max(...nodes.map(({ node }) => node.length));
  const first = microseconds(time);
  return [
    facts.join('  '),
    ...nodes.flatMap(({ node, time: at, lines }, i) => {
      const isLast = i === nodes.length - 1;
      const after = microseconds(at) - first;
      return [
        `${isLast ? '└─' : '├─'} ${node.padEnd(width)}  +${after} µs`,
        ...lines.map((line) => `${isLast ? '  ' : '│ '}    ${line}`),
      ];
    }),
  ];
}

/** Hours, minutes, seconds and microseconds, as VPP writes them. */
function microseconds(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0, rest = 0] = time.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1e6 + rest;
}
