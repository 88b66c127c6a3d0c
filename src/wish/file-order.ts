/** The order of keys in a file that is written: that of vppcfg's own, and names with numbers by their numbers. */

import type { Draft } from './draft.js';

/** Keys as vppcfg's documentation has them: what a thing is comes before what is inside of it. */
const KEYS = [
  ...['bondethernets', 'interfaces', 'loopbacks', 'bridgedomains', 'vxlan_tunnels', 'taps', 'prefixlists', 'acls'],
  ...['description', 'device-type', 'mac', 'mode', 'load-balance', 'local', 'remote', 'vni', 'host', 'name'],
  ...['bridge', 'bridge-create', 'namespace', 'namespace-create', 'rx-ring-size', 'tx-ring-size'],
  ...['encapsulation', 'dot1q', 'dot1ad', 'inner-dot1q', 'exact-match', 'lcp', 'mtu', 'unnumbered', 'addresses'],
  ...['l2xc', 'bvi', 'settings', 'mpls', 'state', 'sflow', 'sub-interfaces', 'terms', 'members'],
];
const RANK = new Map(KEYS.map((key, rank) => [key, rank]));

/** A draft's two parts in order, without what is empty at the top. */
export function orderedFile({ file, extra }: Draft): Pick<Draft, 'extra'> & { readonly file: Record<string, unknown> } {
  const filled = Object.entries(file).filter(([, value]) => Object.keys(value ?? {}).length > 0);
  return { file: ordered(Object.fromEntries(filled)) as Record<string, unknown>, extra };
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, member]) => ({ key, at: sortable(key), member: ordered(member) }));
  members.sort((a, b) => rankOf(a.key) - rankOf(b.key) || (a.at < b.at ? -1 : 1));
  return Object.fromEntries(members.map(({ key, member }) => [key, member]));
}

const rankOf = (key: string) => RANK.get(key) ?? KEYS.length;

/** A text that sorts as people count: `loop2` before `loop10`. */
export const sortable = (name: string): string => name.replace(/\d+/g, (digits) => digits.padStart(10, '0'));
