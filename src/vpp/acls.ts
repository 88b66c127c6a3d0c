/** Reads access control lists of VPP's acl plugin: `acls` of the door. */

import type { Channel, Fields } from '../mux/index.js';
import { ObjectError } from './errors.js';
import { dump, type ExchangeOptions, NONE } from './exchange.js';
import { InterfaceTable } from './interface-table.js';

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
  channel: Channel,
  { index = NONE, ...options }: ExchangeOptions & { readonly index?: number } = {},
): Promise<Acl[]> {
  if (channel.has('acl_dump') === false) {
    const text = 'this VPP has no ACLs: acl_plugin.so is not loaded (its message table has no acl_dump)';
    throw new ObjectError('NOT_SUPPORTED', 'ACL', text);
  }
  const [lists, applied, interfaces] = await Promise.all([
    dump(channel, 'acl_dump', { acl_index: index }, options),
    dump(channel, 'acl_interface_list_dump', { sw_if_index: NONE }, options),
    InterfaceTable.read(channel, options),
  ]);
  return lists.map(({ acl_index, tag, r }) => {
    const holders = (of: (has: Fields) => readonly unknown[]) =>
      applied.filter((has) => of(has).includes(acl_index)).map((has) => interfaces.nameOf(Number(has.sw_if_index)));
    return {
      index: Number(acl_index),
      tag: String(tag),
      rules: (r as Fields[]).map(ruleOf),
      input: holders(({ acls, n_input }) => (acls as number[]).slice(0, Number(n_input))),
      output: holders(({ acls, n_input }) => (acls as number[]).slice(Number(n_input))),
    };
  });
}

function ruleOf(rule: Fields): AclRule {
  const proto = Number(rule.proto);
  const protocol = PROTOCOLS[proto] ?? String(proto);
  const [first, second] = ['srcport_or_icmptype', 'dstport_or_icmpcode'].map((what) => ({
    first: Number(rule[`${what}_first`]),
    last: Number(rule[`${what}_last`]),
  }));
  const mask = Number(rule.tcp_flags_mask);
  return {
    action: ACTIONS[Number(rule.is_permit)] ?? 'unknown',
    source: String(rule.src_prefix),
    destination: String(rule.dst_prefix),
    protocol,
    ...((protocol === 'tcp' || protocol === 'udp') && { sourcePorts: first, destinationPorts: second }),
    ...(protocol.startsWith('icmp') && { icmpTypes: first, icmpCodes: second }),
    ...(protocol === 'tcp' && mask !== 0 && { tcpFlags: { mask, value: Number(rule.tcp_flags_value) } }),
  };
}
