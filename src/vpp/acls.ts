/** Reads access control lists of VPP's acl plugin: `acls` of the door. */

import type { Channel, DetailsFields, Untyped } from '../mux/index.js';
import { ObjectError } from './errors.js';
import { type ExchangeOptions, NONE, typed } from './exchange.js';
import { InterfaceTable } from './interface-table.js';
import type { Messages } from './release.js';

const ACTIONS = ['deny', 'permit', 'permit-reflect'] as const;
/** Names of the protocols that rules are made for, by number. */
const PROTOCOLS: Readonly<Record<number, string>> = { 0: 'any', 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'icmp6' };

/** A range of numbers, both ends included. */
export interface NumberRange {
  readonly first: number;
  readonly last: number;
}

/** A rule of an ACL. Rules are tried in order, and the first that fits decides. */
export interface AclRule {
  /** `permit-reflect` also lets the answers through. */
  readonly action: (typeof ACTIONS)[number] | 'unknown';
  /** Prefix: `10.0.0.0/8`. */
  readonly source: string;
  readonly destination: string;
  /** `any`, `icmp`, `tcp`, `udp`, `icmp6`, or the number of another one. */
  readonly protocol: string;
  /** Ports of tcp and udp; undefined for other protocols. */
  readonly sourcePorts?: NumberRange;
  readonly destinationPorts?: NumberRange;
  /** Types and codes of icmp and icmp6; undefined for other protocols. */
  readonly icmpTypes?: NumberRange;
  readonly icmpCodes?: NumberRange;
  /** Flags of tcp that are looked at, and what they must be; undefined where none are. */
  readonly tcpFlags?: { readonly mask: number; readonly value: number };
}

export interface Acl {
  /** VPP's number for it (`acl_index`). */
  readonly index: number;
  readonly tag: string;
  readonly rules: AclRule[];
  /** Names of the interfaces that have it for packets that come in. */
  readonly input: string[];
  /** Names of the interfaces that have it for packets that go out. */
  readonly output: string[];
}

/**
 * Lists the ACLs by index, or the one of that `index` (`acl_dump`, `acl_interface_list_dump`, `sw_interface_dump`). Rejects with
 * NOT_SUPPORTED where VPP has not loaded acl_plugin.so.
 */
export async function list(
  channel: Channel<Untyped>,
  { index = NONE, ...options }: ExchangeOptions & { readonly index?: number } = {},
): Promise<Acl[]> {
  if (channel.has('acl_dump') === false) {
    const text = 'this VPP has no ACLs: acl_plugin.so is not loaded (its message table has no acl_dump)';
    throw new ObjectError('NOT_SUPPORTED', 'ACL', text);
  }
  const [lists, applied, interfaces] = await Promise.all([
    typed(channel).dump('acl_dump', { acl_index: index }, options).toArray(),
    typed(channel).dump('acl_interface_list_dump', { sw_if_index: NONE }, options).toArray(),
    InterfaceTable.read(channel, options),
  ]);
  return lists.map(({ acl_index, tag, r }) => {
    const holders = (of: (has: (typeof applied)[number]) => readonly number[]) =>
      applied.filter((has) => of(has).includes(acl_index)).map((has) => interfaces.nameOf(has.sw_if_index));
    return {
      index: acl_index,
      tag,
      rules: r.map(ruleOf),
      input: holders(({ acls, n_input }) => acls.slice(0, n_input)),
      output: holders(({ acls, n_input }) => acls.slice(n_input)),
    };
  });
}

function ruleOf(rule: DetailsFields<Messages, 'acl_dump'>['r'][number]): AclRule {
  const protocol = PROTOCOLS[rule.proto] ?? String(rule.proto);
  const first = { first: rule.srcport_or_icmptype_first, last: rule.srcport_or_icmptype_last };
  const second = { first: rule.dstport_or_icmpcode_first, last: rule.dstport_or_icmpcode_last };
  const mask = rule.tcp_flags_mask;
  return {
    action: ACTIONS[rule.is_permit] ?? 'unknown',
    source: rule.src_prefix,
    destination: rule.dst_prefix,
    protocol,
    ...((protocol === 'tcp' || protocol === 'udp') && { sourcePorts: first, destinationPorts: second }),
    ...(protocol.startsWith('icmp') && { icmpTypes: first, icmpCodes: second }),
    ...(protocol === 'tcp' && mask !== 0 && { tcpFlags: { mask, value: rule.tcp_flags_value } }),
  };
}
