/** Inputs and outputs that traces and captures share: the lease, and the filter. */

import { duration, fault, type OperationContext, z } from '../../sdk/index.js';
import { addressOf, prefixOf } from '../../vpp/index.js';
import type { Captures } from './captures.js';
import type { Filtering } from './filtering.js';
import { type CaptureKind, KIND_NAMES, type Lease } from './lease.js';
import type { Terms } from './owner-watch.js';
import { PROTOCOLS } from './packet-filter.js';
import type { Held, Run } from './run.js';

const host = z
  .string()
  .refine((text) => addressOf(text) !== undefined || prefixOf(text) !== undefined, 'must be an address or a prefix');

const isProtocol = (text: string) => Object.hasOwn(PROTOCOLS, text) || (/^\d{1,3}$/.test(text) && Number(text) <= 255);

export const filterInput = {
  src: host.optional().describe('Only packets from this address or prefix'),
  dst: host.optional().describe('Only packets to this address or prefix'),
  proto: z
    .string()
    .refine(isProtocol, `must be ${Object.keys(PROTOCOLS).join(', ')}, or the number of an IP protocol`)
    .optional()
    .describe('Only packets of this protocol: tcp, udp, icmp, icmp6, arp, …, or its number'),
  port: z.int().min(0).max(65535).optional().describe('Only packets from or to this port'),
  filter: z
    .string()
    .min(1)
    .max(2000)
    .refine((text) => /^[\x20-\x7e]+$/.test(text), 'must be one line of ASCII')
    .optional()
    .describe(
      'An expression of libpcap instead, as "tcp and dst port 80"; VPP needs bpf_trace_filter_plugin.so for it',
    ),
};

export const termsInput = {
  time: duration().optional().describe('How long it lasts at most (default: time-limit of capture.conf)'),
  keepAlive: duration()
    .optional()
    .describe(
      'Ends it when its data was not read for so long: the caller is gone then (default: only the time counts)',
    ),
};

export const leaseInput = z
  .string()
  .optional()
  .describe('Its lease; with it, another caller’s is not taken for it (default: whichever there is)');

export const lease = z.object({
  id: z.string().describe('Number of the lease'),
  kind: z.enum(['packet-trace', 'pcap']).describe('What VPP is used for'),
  owner: z.string().describe('Who has it'),
  since: z.string().describe('Since when, as 2026-01-31T12:00:00.000Z'),
  until: z.string().describe('When it ends at the latest'),
});

/** Keys of every output about a trace or a capture. */
export const heldOutput = {
  state: z.enum(['idle', 'running', 'ended']).describe('idle: there was none since the agent has started'),
  lease: lease.optional().describe('Its lease; of an ended one, that which it had'),
  ended: z.string().optional().describe('Why it has ended'),
};

export const filtering = z
  .object({
    by: z
      .enum(['vpp', 'agent', 'none'])
      .describe(
        'Who filters. vpp: only what passes is taken; agent: VPP takes everything, and the agent leaves out what does not pass',
      ),
    expression: z.string().optional().describe('What VPP looks for, in the language of libpcap'),
  })
  .describe('How packets are filtered');

export const shownLease = ({ since, until, ...rest }: Lease): z.output<typeof lease> => ({
  ...rest,
  since: since.toISOString(),
  until: until.toISOString(),
});

export const shownFiltering = ({ by, expression }: Filtering) => ({
  by,
  ...(expression !== undefined && { expression }),
});

/** The name of the caller, as others see it who ask meanwhile. */
export const ownerOf = ({ name, via }: OperationContext['client']) => `${name} (${via})`;

/** A client over REST ends with its request: only its time, and its signs of life, say that it is gone. */
export function termsOf(
  { client }: Pick<OperationContext, 'client'>,
  { keepAlive }: { readonly keepAlive?: number },
  timeMs: number,
): Terms {
  return {
    owner: ownerOf(client),
    timeMs,
    ...(keepAlive !== undefined && { keepAliveMs: keepAlive }),
    ...(client.via === 'program' && { signal: client.signal }),
  };
}

/** The values of `heldOutput`. */
export function shownHeld({ lease: own, ended }: Held) {
  return {
    state: ended === undefined ? ('running' as const) : ('ended' as const),
    lease: shownLease(own),
    ...(ended !== undefined && { ended }),
  };
}

/** The run of a kind that goes on, or the last one. Throws ENOENT where it is not that of the lease. */
export function heldWith<R extends Run>(
  captures: Captures,
  kind: CaptureKind,
  id: string | undefined,
): Held<R> | undefined {
  const held = captures.find<R>(kind);
  if (id === undefined || held?.lease.id === id) return held;
  throw fault('ENOENT', `there is no ${KIND_NAMES[kind]} with the lease ${id} any more`, { path: 'lease' });
}
