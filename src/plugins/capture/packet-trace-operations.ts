/** The operations packet-trace.start, status, packets and stop. */

import { fault, type Implementation, operation, z } from '../../sdk/index.js';
import { type CaptureService, serve, timeOf } from './capture-service.js';
import {
  filterInput,
  filtering,
  heldOutput,
  heldWith,
  lease,
  leaseInput,
  shownFiltering,
  shownHeld,
  shownLease,
  termsInput,
  termsOf,
} from './inputs.js';
import type { Held } from './run.js';
import { type TracedPacket, TraceRun } from './trace-run.js';

const node = z.string().min(1).max(63);

const packet = z.object({
  number: z.int().describe('From 1 on, in the order of time'),
  thread: z.int().describe('Thread of VPP; 0 is the main one'),
  time: z.string().describe('Time at the first node, in VPP’s own form: since its start'),
  flows: z.array(z.string()).describe('As udp 192.0.2.1:4321 -> 198.51.100.2:53; several where it was translated'),
  drops: z.array(z.string()).describe('Why it was dropped, as ip4-input: ip4 ttl <= 1; empty where all of it went on'),
  nodes: z
    .array(
      z.object({
        node: z.string().describe('Name of the node'),
        time: z.string().describe('Time at the node'),
        lines: z.array(z.string()).describe('What the node says of the packet'),
      }),
    )
    .describe('The nodes that it went through'),
});

const progress = {
  ...heldOutput,
  captured: z.int().describe('Packets that VPP had when it was read last'),
  matched: z.int().describe('Those of them that pass the filter, up to the count'),
  complete: z.boolean().describe('As many as were asked for are there: VPP traces no more'),
};

export const packetTraceStart = operation({
  name: 'packet-trace.start',
  access: 'write',
  summary: "Trace packets on their way through VPP's graph",
  description:
    'One packet trace or pcap at a time is possible on a VPP; while there is one, this is EBUSY, with its owner and its end. It ends,' +
    ' with everything undone in VPP, by packet-trace.stop, when its time is up, when its caller is gone (a program’s client' +
    ' that closes; over REST when keepAlive is over), with the agent, and when VPP is restarted. Its packets can be read' +
    ' until the next one begins. What was traced in VPP before is cleared.',
  input: z.object({
    node: z
      .union([node, z.array(node).min(1).max(20)])
      .optional()
      .describe('Input node, or several of them (default: all input nodes of drivers that VPP has)'),
    count: z.int().min(1).default(50).describe('Packets; at most most-packets of capture.conf'),
    ...filterInput,
    through: node.optional().describe('Keep only packets that go through this node, as drop'),
    verbose: z.boolean().default(false).describe('Let nodes say more'),
    ...termsInput,
  }),
  output: z.object({
    lease: lease.describe('Its lease'),
    nodes: z.array(z.string()).describe('Where packets are traced'),
    filter: filtering,
  }),
});

export const packetTraceStatus = operation({
  name: 'packet-trace.status',
  access: 'read',
  summary: 'Tell whether packets are traced, by whom and until when',
  input: z.object({}),
  output: z.object({
    ...progress,
    nodes: z.array(z.string()).describe('Where packets are traced'),
    filter: filtering.optional(),
    holder: lease.optional().describe('Who has VPP’s packets now, for a trace or a pcap'),
  }),
});

export const packetTracePackets = operation({
  name: 'packet-trace.packets',
  access: 'write',
  summary: 'Read the packets that were traced, those of the last trace where none goes on',
  description:
    'Only callers who may write can read them: packets hold what their senders and receivers say to each other. It counts as a sign' +
    ' of life of the owner.',
  input: z.object({ lease: leaseInput }),
  output: z.object({ ...progress, packets: z.array(packet).describe('In the order of time') }),
});

export const packetTraceStop = operation({
  name: 'packet-trace.stop',
  access: 'write',
  summary: 'End the packet trace',
  description: 'Its packets can still be read. Without a lease it ends whichever there is.',
  input: z.object({ lease: leaseInput }),
  output: z.object({
    stopped: z.boolean().describe('False: there was none'),
    matched: z.int().describe('Packets that can be read'),
  }),
});

export function packetTraceOperations(service: CaptureService): readonly Implementation[] {
  const { captures } = service;
  const found = (id: string | undefined) => heldWith<TraceRun>(captures, 'packet-trace', id);
  return [
    serve(packetTraceStart, async (ctx, { node, count, through, verbose, time, keepAlive, ...filter }) => {
      const { 'most-packets': most } = service.config;
      if (count > most)
        throw fault('ERANGE', `${most} packets at most (most-packets of capture.conf)`, { path: 'count' });
      const terms = termsOf(ctx, { keepAlive }, timeOf(service, time));
      const nodes = typeof node === 'string' ? [node] : node;
      const request = { count, verbose, ...filter, ...(nodes && { nodes }), ...(through !== undefined && { through }) };
      const held = await captures.start('packet-trace', terms, ({ channel }) =>
        TraceRun.prepare(channel, request, most),
      );
      return { lease: shownLease(held.lease), nodes: [...held.run.nodes], filter: shownFiltering(held.run.filtering) };
    }),

    serve(packetTraceStatus, () => {
      const held = captures.find<TraceRun>('packet-trace');
      return {
        ...progressOf(held),
        nodes: [...(held?.run.nodes ?? [])],
        ...(held && { filter: shownFiltering(held.run.filtering) }),
        ...(captures.lease && { holder: shownLease(captures.lease) }),
      };
    }),

    serve(packetTracePackets, async (_, { lease: id }) => {
      const held = found(id);
      if (held === undefined) throw fault('ENOENT', 'there was no packet trace since the agent has started');
      if (held.ended === undefined) {
        captures.touch();
        await held.run.read();
      }
      return { ...progressOf(held), packets: held.run.packets.map((each) => shownPacket(each)) };
    }),

    serve(packetTraceStop, async ({ client, log }, { lease: id }) => {
      const held = found(id);
      if (held === undefined || held.ended !== undefined)
        return { stopped: false, matched: held?.run.packets.length ?? 0 };
      log.info(`${client.name} (${client.via}) ends the packet trace of ${held.lease.owner}`);
      await captures.end(`${client.name} (${client.via}) has stopped it`);
      return { stopped: true, matched: held.run.packets.length };
    }),
  ];
}

function progressOf(held: Held<TraceRun> | undefined) {
  if (held === undefined) return { state: 'idle', captured: 0, matched: 0, complete: false } as const;
  const { run } = held;
  return {
    ...shownHeld(held),
    captured: run.captured,
    matched: run.packets.length,
    complete: run.isComplete,
  };
}

const shownPacket = ({ flows, drops, nodes, ...rest }: TracedPacket): z.input<typeof packet> => ({
  ...rest,
  flows: [...flows],
  drops: [...drops],
  nodes: nodes.map(({ node: name, time, lines }) => ({ node: name, time, lines: [...lines] })),
});
