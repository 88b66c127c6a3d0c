/** Common part of GRE and IPIP tunnels: their two ends, the table around them, and the bits that go from header to header. */

import { z } from 'zod';
import { addressOf } from '../../../vpp/index.js';
import { address, bool } from '../../form-parts.js';
import type { Problem } from '../../problem.js';
import { type TableReference, tableReference } from '../layer3/table-reference.js';

/** Bits of `tunnel_encap_decap_flags`, by the words of VPP's command line. */
const FLAGS = [
  'encap-copy-df',
  'encap-set-df',
  'encap-copy-dscp',
  'encap-copy-ecn',
  'decap-copy-ecn',
  'encap-inner-hash',
  'encap-copy-hop-limit',
  'encap-copy-flow-label',
] as const;

type TunnelFlag = (typeof FLAGS)[number];

export interface TunnelEnds {
  readonly local: string;
  /** All zeros where it has many peers. */
  readonly remote: string;
  readonly isMultipoint: boolean;
  /** VRF of the outer addresses. */
  readonly table: number;
  /** In the order of their bits. */
  readonly flags: readonly TunnelFlag[];
}

const isV6 = (text: string) => text.includes(':');

/** Keys of a tunnel in the file that may be missing. */
export const tunnelKeys = {
  remote: address,
  multipoint: bool,
  table: tableReference,
  flags: z.array(z.enum(FLAGS)),
};

export interface WishedEnds {
  readonly local: string;
  readonly remote?: string;
  readonly multipoint?: boolean;
  readonly table?: TableReference;
  readonly flags?: readonly TunnelFlag[];
}

/** `table`: the number of the tunnel's table. */
export function endsOf({ local, remote, multipoint = false, flags = [] }: WishedEnds, table: number): TunnelEnds {
  const nowhere = isV6(local) ? '::' : '0.0.0.0';
  return {
    local: addressOf(local) as string,
    remote: remote === undefined ? nowhere : (addressOf(remote) as string),
    isMultipoint: multipoint,
    table,
    flags: FLAGS.filter((each) => flags.includes(each)),
  };
}

/** Entry of the file; the opposite of `endsOf`. */
export function describeEnds({ local, remote, isMultipoint, table, flags }: TunnelEnds): WishedEnds {
  return {
    local,
    ...(isMultipoint ? { multipoint: true } : { remote }),
    ...(table !== 0 && { table }),
    ...(flags.length > 0 && { flags }),
  };
}

/** Fields that messages of both kinds have. The table's field has two names. */
export function fieldsOfEnds({ local, remote, isMultipoint, flags }: TunnelEnds) {
  const bits = flags.reduce((sum, flag) => sum | (1 << FLAGS.indexOf(flag)), 0);
  return { src: local, dst: remote, mode: isMultipoint ? 1 : 0, flags: bits };
}

/** Ends in the details of a tunnel. */
export function endsFrom(tunnel: Readonly<Record<string, unknown>>, table: unknown): TunnelEnds {
  return {
    local: tunnel.src as string,
    remote: tunnel.dst as string,
    isMultipoint: tunnel.mode === 1,
    table: table as number,
    flags: FLAGS.filter((_, bit) => ((tunnel.flags as number) & (1 << bit)) !== 0),
  };
}

/** Mistakes of one tunnel. `path` leads to it; `what` names it. */
export function* checkEnds(tunnel: WishedEnds, what: string, path: Problem['path']): Generator<Problem> {
  const { local, remote, multipoint = false } = tunnel;
  if (multipoint === (remote !== undefined)) {
    yield { path, message: `${what} needs a remote, or multipoint: true without one` };
  } else if (remote !== undefined && isV6(local) !== isV6(remote)) {
    yield { path: [...path, 'remote'], message: `${what} local and remote are not the same address family` };
  } else if (remote !== undefined && addressOf(local) === addressOf(remote)) {
    yield { path: [...path, 'remote'], message: `${what} local and remote are the same address` };
  }
}
