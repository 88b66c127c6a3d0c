/** The operations pcap.start, status, read and stop. */

import { duration, fault, type Implementation, operation, z } from '../../sdk/index.js';
import { interfaces, MAX_INDEX } from '../../vpp/index.js';
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
import { PcapRun } from './pcap-run.js';
import type { Held } from './run.js';

/** Bytes of an answer. */
const READ_BYTES = 1024 * 1024;
const MOST_PACKETS = 10_000_000;
const ROUND = { leastMs: 100, mostMs: 60_000 } as const;

const interfaceRef = z.union([z.string().min(1), z.int().min(0).max(MAX_INDEX)], {
  error: 'must be the name of an interface, or its sw_if_index',
});

const progress = {
  ...heldOutput,
  packets: z.int().describe('Packets in the file so far'),
  bytes: z.int().describe('Bytes of the file so far'),
  fullRounds: z.int().describe('Seconds in which VPP had more packets than it keeps: some are missing'),
};

export const pcapStart = operation({
  name: 'pcap.start',
  access: 'write',
  summary: 'Capture packets into a pcap file, which is read with pcap.read',
  description:
    'One packet trace or pcap at a time is possible on a VPP; while there is one, this is EBUSY, with its owner and its end. It ends,' +
    ' with everything undone in VPP and its files deleted, by pcap.stop, when its packets are there, when its time is up, when' +
    ' its caller is gone (a program’s client that closes; over REST when keepAlive is over), with the agent, and when VPP is' +
    ' restarted. VPP writes its file only at the end of a capture: so it is ended and begun again every second, which may' +
    ' miss the packets of some microseconds.',
  input: z.object({
    interface: interfaceRef.optional().describe('Name or sw_if_index of the interface (default: all)'),
    rx: z.boolean().optional().describe('Packets that are received (default: true, unless tx or drop is)'),
    tx: z.boolean().optional().describe('Packets that are sent (default: true, unless rx or drop is)'),
    drop: z.boolean().default(false).describe('Packets that are dropped'),
    count: z.int().min(1).max(MOST_PACKETS).optional().describe('Packets after which it ends (default: no limit)'),
    bytes: z.int().min(32).max(9000).default(9000).describe('Bytes kept of each packet'),
    ...filterInput,
    every: duration().default('1s').describe('How often packets are handed on, 100ms to 1m'),
    ...termsInput,
  }),
  output: z.object({ lease: lease.describe('Its lease'), filter: filtering }),
  arguments: ['interface'],
});

export const pcapStatus = operation({
  name: 'pcap.status',
  access: 'read',
  summary: 'Tell whether packets are captured, by whom and until when',
  input: z.object({}),
  output: z.object({
    ...progress,
    filter: filtering.optional(),
    holder: lease.optional().describe('Who has VPP’s packets now, for a trace or a pcap'),
  }),
});

export const pcapRead = operation({
  name: 'pcap.read',
  access: 'write',
  summary: 'Read the bytes of the pcap file',
  description:
    'Read it from offset 0 on, each time from the offset that the last answer gave; what is before the offset is forgotten. With' +
    ' more than 64 MiB unread VPP captures no more until something is read. It counts as a sign of life of the owner.',
  input: z.object({
    lease: leaseInput,
    offset: z.int().min(0).default(0).describe('First byte; those before it are forgotten'),
  }),
  output: z.object({
    ...progress,
    data: z.string().describe('Bytes in base64, 1 MiB at most; empty where there are none yet'),
    offset: z.int().describe('Offset to go on from'),
    end: z.boolean().describe('It has ended, and everything was read'),
  }),
});

export const pcapStop = operation({
  name: 'pcap.stop',
  access: 'write',
  summary: 'End the capture',
  description:
    'What was captured can still be read, until the next one begins. Without a lease it ends whichever there is.',
  input: z.object({ lease: leaseInput }),
  output: z.object({
    stopped: z.boolean().describe('False: there was none'),
    packets: z.int().describe('Packets in the file'),
  }),
});

export function pcapOperations(service: CaptureService): readonly Implementation[] {
  const { captures } = service;
  const found = (id: string | undefined) => heldWith<PcapRun>(captures, 'pcap', id);
  return [
    serve(pcapStart, async (ctx, { interface: ref, rx, tx, drop, count, bytes, every, time, keepAlive, ...filter }) => {
      const isAnySaid = rx === true || tx === true || drop;
      const directions = { rx: rx ?? !isAnySaid, tx: tx ?? !isAnySaid, drop };
      if (!Object.values(directions).includes(true)) throw fault('EINVAL', 'one of rx, tx and drop must be true');
      if (!(every >= ROUND.leastMs && every <= ROUND.mostMs))
        throw fault('ERANGE', 'every must be 100ms to 1m', { path: 'every' });
      const terms = termsOf(ctx, { keepAlive }, timeOf(service, time));
      const held = await captures.start('pcap', terms, async ({ channel, ...parts }) => {
        const swIfIndex = ref === undefined ? 0 : (await interfaces.find(channel, ref)).swIfIndex;
        const request = { ...directions, swIfIndex, bytes, roundMs: every, ...filter, ...(count && { count }) };
        return new PcapRun({ channel, ...parts, request });
      });
      return { lease: shownLease(held.lease), filter: shownFiltering(held.run.filtering) };
    }),

    serve(pcapStatus, () => {
      const held = captures.find<PcapRun>('pcap');
      return {
        ...progressOf(held),
        ...(held && { filter: shownFiltering(held.run.filtering) }),
        ...(captures.lease && { holder: shownLease(captures.lease) }),
      };
    }),

    serve(pcapRead, (_, { lease: id, offset }) => {
      const held = found(id);
      if (held === undefined) throw fault('ENOENT', 'there was no pcap since the agent has started');
      if (held.ended === undefined) captures.touch();
      else if (held.failure !== undefined && offset === held.run.bytes.length) throw held.failure;
      const data = held.run.bytes.read(offset, READ_BYTES);
      if (data === undefined) throw fault('ERANGE', `no bytes are kept from offset ${offset} on`, { path: 'offset' });
      const next = offset + data.length;
      const end = held.ended !== undefined && !held.isFinishing && next === held.run.bytes.length;
      return { ...progressOf(held), data: data.toString('base64'), offset: next, end };
    }),

    serve(pcapStop, async ({ client, log }, { lease: id }) => {
      const held = found(id);
      if (held === undefined || held.ended !== undefined) return { stopped: false, packets: held?.run.packets ?? 0 };
      log.info(`${client.name} (${client.via}) ends the pcap of ${held.lease.owner}`);
      await captures.end(`${client.name} (${client.via}) has stopped it`);
      return { stopped: true, packets: held.run.packets };
    }),
  ];
}

function progressOf(held: Held<PcapRun> | undefined) {
  if (held === undefined) return { state: 'idle', packets: 0, bytes: 0, fullRounds: 0 } as const;
  const { run } = held;
  return {
    ...shownHeld(held),
    packets: run.packets,
    bytes: run.bytes.length,
    fullRounds: run.fullRounds,
  };
}
