/**
 * Chooses the arm of a union that counts: VPP writes and reads one of them, and a field beside the union says which.
 *
 * The definitions of VPP 26.06 say so themselves (`discriminator` of a field, `case` of an arm; a test compares them with
 * this table), those before have the same types and do not. Two cases no definition has: the addresses of `mprefix` and of a
 * path's next hop, which VPP reads by `af` (ip_types_api.c: mprefix_decode) and `proto` (fib_api.c: fib_api_path_decode).
 * Of a value that is not in the table, such as the next hop of an MPLS path, nothing is known, and all arms count.
 */

import type { Field, StructType, Type } from './model.js';
import { unaliased } from './sizes.js';

interface Rule {
  /** The place of the union: its field, and those that lead to it, dotted. */
  readonly union: string;
  /** The field that says which arm counts. */
  readonly by: string;
  /** Name of the enum's value → arm. */
  readonly arms: Readonly<Record<string, string>>;
}

const FAMILIES = { ADDRESS_IP4: 'ip4', ADDRESS_IP6: 'ip6' };

const FLOWS = [
  ...['ethernet', 'ip4', 'ip6', 'ip4_l2tpv3oip', 'ip4_ipsec_esp', 'ip4_ipsec_ah', 'ip4_n_tuple', 'ip6_n_tuple'],
  ...['ip4_n_tuple_tagged', 'ip6_n_tuple_tagged', 'ip4_vxlan', 'ip6_vxlan', 'ip4_gtpc', 'ip4_gtpu'],
];

const flowArms = (arms: readonly string[], suffix = '') =>
  Object.fromEntries(arms.map((arm) => [`FLOW_TYPE_${arm.toUpperCase()}${suffix}`, arm]));

/** Discriminators by the name of the struct. */
export const DISCRIMINATORS: Readonly<Record<string, readonly Rule[]>> = {
  address: [{ union: 'un', by: 'af', arms: FAMILIES }],
  mprefix: [
    { union: 'grp_address', by: 'af', arms: FAMILIES },
    { union: 'src_address', by: 'af', arms: FAMILIES },
  ],
  fib_path: [
    {
      union: 'nh.address',
      by: 'proto',
      arms: { FIB_API_PATH_NH_PROTO_IP4: 'ip4', FIB_API_PATH_NH_PROTO_IP6: 'ip6' },
    },
  ],
  eid: [
    {
      union: 'address',
      by: 'type',
      arms: { EID_TYPE_API_PREFIX: 'prefix', EID_TYPE_API_MAC: 'mac', EID_TYPE_API_NSH: 'nsh' },
    },
  ],
  flow_rule: [{ union: 'flow', by: 'type', arms: flowArms(FLOWS) }],
  flow_rule_v2: [{ union: 'flow', by: 'type', arms: flowArms([...FLOWS, 'generic'], '_V2') }],
  punt: [
    {
      union: 'punt',
      by: 'type',
      arms: { PUNT_API_TYPE_L4: 'l4', PUNT_API_TYPE_IP_PROTO: 'ip_proto', PUNT_API_TYPE_EXCEPTION: 'exception' },
    },
  ],
  npol_rule_entry: [
    {
      union: 'data',
      by: 'type',
      arms: { NPOL_CIDR: 'cidr', NPOL_PORT_RANGE: 'port_range', NPOL_PORT_IP_SET: 'set_id', NPOL_IP_SET: 'set_id' },
    },
  ],
};

/** A union within a struct, and what says which of its arms counts. */
export interface Discriminated {
  /** Names of the fields that lead to the union. */
  readonly path: readonly string[];
  readonly by: Field;
  /** Value of `by` → arm. */
  readonly armOf: ReadonlyMap<number, string>;
}

const NONE: readonly Discriminated[] = [];
const known = new WeakMap<StructType, readonly Discriminated[]>();

/** Unions of a struct whose arm is known; only what its definition really has. */
export function discriminatedIn(type: StructType): readonly Discriminated[] {
  if (!Object.hasOwn(DISCRIMINATORS, type.name)) return NONE;
  let found = known.get(type);
  if (found === undefined) {
    found = DISCRIMINATORS[type.name].flatMap((rule) => resolved(type, rule));
    known.set(type, found);
  }
  return found;
}

function resolved(type: StructType, rule: Rule): readonly Discriminated[] {
  const path = rule.union.split('.');
  const union = path.reduce<Type | undefined>((from, name) => plainTypeOf(from, name), type);
  const by = type.fields.find((field) => field.name === rule.by);
  const values = by && plainTypeOf(type, rule.by);
  if (by === undefined || values?.kind !== 'enum' || union?.kind !== 'union') return NONE;
  const arms = new Set(union.arms.map((arm) => arm.name));
  const cases = Object.entries(rule.arms).flatMap(([name, arm]): [number, string][] => {
    const value = values.values.get(name);
    return value === undefined || !arms.has(arm) ? [] : [[value, arm]];
  });
  return [{ path, by, armOf: new Map(cases) }];
}

function plainTypeOf(from: Type | undefined, name: string): Type | undefined {
  const field = from?.kind === 'struct' ? from.fields.find((one) => one.name === name) : undefined;
  return field === undefined || field.array !== undefined || field.type.kind === 'string'
    ? undefined
    : unaliased(field.type);
}
