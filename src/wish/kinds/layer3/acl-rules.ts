/** The rules that VPP has for the terms of an ACL: one for each pair of a source and a destination, of each address family. */

import { networkOf, prefixOf } from '../../../vpp/index.js';
import { portNumber, protocolNumber } from '../../known-numbers.js';
import type { WishedTerm } from '../../schema.js';
import type { Wish } from '../../wish.js';

/** A rule, in the fields of `acl_add_replace`. */
export interface AclRule {
  readonly is_permit: number;
  readonly src_prefix: string;
  readonly dst_prefix: string;
  readonly proto: number;
  readonly srcport_or_icmptype_first: number;
  readonly srcport_or_icmptype_last: number;
  readonly dstport_or_icmpcode_first: number;
  readonly dstport_or_icmpcode_last: number;
  readonly tcp_flags_mask: number;
  readonly tcp_flags_value: number;
}

export const ACTIONS = ['deny', 'permit', 'permit+reflect'] as const;
export const ICMP: ReadonlySet<number> = new Set([1, 58]);
/** Largest port, and largest type and code of ICMP. */
export const MOST = { port: 65_535, icmp: 255 } as const;

export type Family = 'ipv4' | 'ipv6';
export const ANY = { ipv4: '0.0.0.0/0', ipv6: '::/0' } as const;

/** Number of rules that a term becomes. */
export function countRules(wish: Wish, term: WishedTerm): number {
  return families(term).reduce(
    (sum, family) => sum + prefixes(wish, term.source, family).length * prefixes(wish, term.destination, family).length,
    0,
  );
}

export function* rulesOf(wish: Wish, term: WishedTerm): Generator<AclRule> {
  const { protocol = 'any' } = term;
  const proto = typeof protocol === 'number' ? protocol : protocol === 'any' ? 0 : (protocolNumber(protocol) ?? 0);
  const isIcmp = ICMP.has(proto);
  const most = isIcmp ? MOST.icmp : MOST.port;
  const first = rangeOf(isIcmp ? term['icmp-type'] : term['source-port'], most);
  const second = rangeOf(isIcmp ? term['icmp-code'] : term['destination-port'], most);
  for (const family of families(term)) {
    for (const src_prefix of prefixes(wish, term.source, family)) {
      for (const dst_prefix of prefixes(wish, term.destination, family)) {
        yield {
          ...{ is_permit: ACTIONS.indexOf(term.action), src_prefix, dst_prefix, proto },
          ...{ srcport_or_icmptype_first: first[0], srcport_or_icmptype_last: first[1] },
          ...{ dstport_or_icmpcode_first: second[0], dstport_or_icmpcode_last: second[1] },
          ...{ tcp_flags_mask: 0, tcp_flags_value: 0 },
        };
      }
    }
  }
}

export function families({ family = 'any' }: Pick<WishedTerm, 'family'>): readonly Family[] {
  return family === 'any' ? ['ipv4', 'ipv6'] : [family];
}

/** Prefixes of one family that a source or destination stands for: any, an address, a prefix, or a list of those. */
export function prefixes(wish: Wish, text: string | undefined, family: Family): string[] {
  if (text === undefined || text === 'any') return [ANY[family]];
  const single = prefixText(text);
  const { prefixlists: lists = {} } = wish.file;
  const all = single !== undefined ? [single] : Object.hasOwn(lists, text) ? lists[text].members.map(prefixText) : [];
  return all.filter((each): each is string => each?.includes(':') === (family === 'ipv6'));
}

function prefixText(text: string): string | undefined {
  const prefix = prefixOf(text) ?? prefixOf(`${text}/${text.includes(':') ? 128 : 32}`);
  return prefix && networkOf(prefix);
}

/** `1024-`, `-1024`, `10-20`, a number, the name of a port, or any. */
function rangeOf(given: string | number | undefined, most: number): readonly [first: number, last: number] {
  if (given === undefined || given === 'any') return [0, most];
  if (typeof given === 'number') return [given, given];
  const [, low, high] = /^(\d*)-(\d*)$/.exec(given) ?? [];
  if (low !== undefined) return [low === '' ? 0 : Number(low), high === '' ? most : Number(high)];
  const port = portNumber(given) ?? 0;
  return [port, port];
}
