/** The terms that say the rules of VPP's ACL, for the file that describes it. */

import { ACTIONS, type AclRule, ANY, ICMP, MOST } from './acl-rules.js';

type Term = Record<string, string | number>;

/** One term a rule; undefined where the format cannot say one of them: flags of TCP, port 0 alone. */
export function termsOf(rules: readonly AclRule[]): Term[] | undefined {
  const terms = rules.map(termOf);
  return terms.every((term) => term !== undefined) && terms.length > 0 && terms.length <= MOST_TERMS
    ? terms
    : undefined;
}

const MOST_TERMS = 100;
const NAMES: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 58: 'ipv6-icmp' };
const WITH_PORTS: ReadonlySet<number> = new Set([6, 17]);

function termOf(rule: AclRule): Term | undefined {
  const { is_permit, src_prefix: source, dst_prefix: destination, proto } = rule;
  const family = source.includes(':') ? 'ipv6' : 'ipv4';
  const isIcmp = ICMP.has(proto);
  const most = isIcmp ? MOST.icmp : MOST.port;
  const first = rangeText(rule.srcport_or_icmptype_first, rule.srcport_or_icmptype_last, most, isIcmp);
  const second = rangeText(rule.dstport_or_icmpcode_first, rule.dstport_or_icmpcode_last, most, isIcmp);
  const hasRanges = isIcmp || WITH_PORTS.has(proto);
  const isSaid = first !== undefined && second !== undefined && (hasRanges || (first === '' && second === ''));
  if (!isSaid || ACTIONS[is_permit] === undefined || rule.tcp_flags_mask !== 0) return undefined;
  return {
    action: ACTIONS[is_permit],
    family,
    ...(source !== ANY[family] && { source }),
    ...(destination !== ANY[family] && { destination }),
    ...(proto !== 0 && { protocol: NAMES[proto] ?? proto }),
    ...(first !== '' && { [isIcmp ? 'icmp-type' : 'source-port']: first }),
    ...(second !== '' && { [isIcmp ? 'icmp-code' : 'destination-port']: second }),
  };
}

/** Empty for all of them; undefined for what no text says. */
function rangeText(first: number, last: number, most: number, takesZero: boolean): string | number | undefined {
  if (first === 0 && last === most) return '';
  if (first === last) return first === 0 && !takesZero ? undefined : first;
  return first === 0 ? `-${last}` : `${first}-${last}`;
}
