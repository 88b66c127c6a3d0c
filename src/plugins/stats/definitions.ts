/** The operations stats.*, declared: VPP's counters for callers over REST, the command line and programs. */

import { z } from 'zod';
import { operation } from '../../sdk/index.js';
import { entryJson } from './entry-json.js';

/** Numbers in an answer of stats.dump, at most. */
export const MOST_NUMBERS = 200_000;

const patterns = z
  .array(z.string().max(500))
  .max(200)
  .describe('Regular expressions; an entry is there if one of them is found in its name: ^/if/');
const counter = z.string().describe('Decimal digits');
const optional = counter.optional();
const traffic = (what: string) => z.object({ packets: counter, bytes: counter }).describe(what).optional();
const index = z.int().describe('Index in VPP');

const interfaceCounters = z.object({
  rx: traffic('Received'),
  tx: traffic('Sent'),
  rxUnicast: traffic('Received, to one station'),
  rxMulticast: traffic('Received, to many'),
  rxBroadcast: traffic('Received, to all'),
  txUnicast: traffic('Sent, to one station'),
  txMulticast: traffic('Sent, to many'),
  txBroadcast: traffic('Sent, to all'),
  ...{ rxError: optional, txError: optional, rxMiss: optional, rxNoBuffer: optional },
  ...{ drops: optional, punts: optional, ip4: optional, ip6: optional, mpls: optional },
});
const nodeCounters = z.object({ calls: optional, vectors: optional, suspends: optional, clocks: optional });

interface Definition {
  readonly summary: string;
  readonly description?: string;
}

const reads = <O extends z.ZodType>(name: string, output: O, { summary, description }: Definition) =>
  operation({ name, access: 'read', summary, ...(description && { description }), input: z.object({}), output });

export const statsLs = operation({
  name: 'stats.ls',
  access: 'read',
  summary: "List the names of VPP's counters",
  input: z.object({ patterns: patterns.default([]) }),
  output: z.object({
    entries: z
      .array(z.object({ name: z.string().describe('Whole name'), type: entryJson.shape.type }))
      .describe('In the order of the directory'),
  }),
  arguments: ['patterns'],
});

export const statsGet = operation({
  name: 'stats.get',
  access: 'read',
  summary: "Read one entry of VPP's counters, by thread and index",
  input: z.object({ name: z.string().describe('Its whole name: /if/rx') }),
  output: entryJson,
  arguments: ['name'],
});

export const statsDump = operation({
  name: 'stats.dump',
  access: 'read',
  summary: "Read all entries of VPP's counters whose names match, at one time",
  description: `Refused where they have more than ${MOST_NUMBERS} numbers: ask for fewer. \`skipped\`: entries that VPP has damaged.`,
  input: z.object({ patterns: patterns.min(1) }),
  output: z.object({
    at: z.number().describe('Milliseconds since 1970'),
    entries: z.array(entryJson).describe('In the order of the directory'),
    skipped: z
      .array(z.object({ name: z.string().describe('Whole name'), reason: z.string().describe('Why it is left out') }))
      .describe('Entries that are damaged'),
  }),
  arguments: ['patterns'],
});

export const statsSystem = reads(
  'stats.system',
  z.object({
    ...{ bootTime: optional, lastStatsClear: optional, heartbeat: optional, workers: optional },
    ...{ vectorRate: optional, inputRate: optional },
    vectorRatePerWorker: z.array(counter).optional().describe('By thread, the main one first'),
    loopsPerWorker: z.array(counter).optional().describe('A second, by thread'),
  }),
  { summary: "Read VPP's boot time, heartbeat, vector rates and loops a second" },
);

export const statsInterfaces = reads(
  'stats.interfaces',
  z.object({
    interfaces: z
      .array(
        interfaceCounters.extend({
          index: z.int().describe('`sw_if_index`'),
          name: z.string().describe('Name of the interface'),
          threads: z.array(interfaceCounters).describe('By thread, the main one first'),
        }),
      )
      .describe('By index'),
  }),
  {
    summary: 'Read the counters of all interfaces, summed and by thread',
    description: 'What VPP does not count is missing.',
  },
);

export const statsNodes = reads(
  'stats.nodes',
  z.object({
    nodes: z
      .array(
        nodeCounters.extend({
          index,
          name: z.string().describe('Name of the node'),
          threads: z.array(nodeCounters).describe('By thread, the main one first'),
        }),
      )
      .describe('By index'),
  }),
  {
    summary: 'Read calls, vectors, suspends and clocks of all nodes, summed and by thread',
    description: 'Empty unless VPP runs with `statseg { per-node-counters on }`.',
  },
);

export const statsErrors = operation({
  name: 'stats.errors',
  access: 'read',
  summary: 'Read why packets were dropped, by node and reason',
  input: z.object({ zero: z.boolean().default(false).describe('Those that never occurred as well') }),
  output: z.object({
    errors: z
      .array(
        z.object({
          node: z.string().describe('Node that counts it'),
          error: z.string().describe('Reason'),
          count: counter,
          threads: z.array(counter).describe('By thread, the main one first'),
        }),
      )
      .describe('By node'),
  }),
});

export const statsBuffers = reads(
  'stats.buffers',
  z.object({
    pools: z
      .array(
        z.object({
          pool: z.string().describe('Name of the pool'),
          ...{ cached: optional, used: optional, available: optional },
        }),
      )
      .describe('By name'),
  }),
  { summary: 'Read how many buffers of each pool are used' },
);

export const statsMemory = reads(
  'stats.memory',
  z.object({
    heaps: z
      .array(
        z.object({
          heap: z.string().describe('Name of the heap'),
          ...{ total: optional, used: optional, free: optional, usedMmap: optional },
          ...{ totalAlloc: optional, freeChunks: optional, releasable: optional },
        }),
      )
      .describe('By name'),
  }),
  { summary: "Read how much of VPP's heaps is used, in bytes" },
);
