/** A route's path as VPP's own CLI has it, next hop first: `via 192.0.2.1 sw_if_index=1`. */

import type { Cell } from './cells.js';

const ADDRESS = /^nh\.address\./;

/** `cells`: what is not blank in a `fib_path`. `isIp6`: which of the two addresses it is, since they share their bytes. */
export function pathText(cells: readonly Cell[], isIp6: boolean): string {
  const address = cells.find(({ name }) => name === (isIp6 ? 'nh.address.ip6' : 'nh.address.ip4'));
  const others = cells.filter(({ name }) => !ADDRESS.test(name) && name !== 'proto');
  const unusual = others.filter(({ name, text }) => !isUsual(name, text));
  const told = address || unusual.length > 0 ? unusual : others;
  return [...(address ? [`via ${address.text}`] : []), ...told.map(({ name, text }) => `${name}=${text}`)].join(' ');
}

/** The order of a line that `route add` takes, as far as it has words for what a path can have. */
const KNOWN = new Set(['type', 'nextHop', 'interface', 'table', 'weight', 'preference', 'labels']);

/** An agent's path as the line that `route add` takes: `via 192.0.2.1 loop0 weight 2`; undefined for any other object. */
export function routePathText(path: Readonly<Record<string, unknown>>): string | undefined {
  const { type, nextHop, interface: out, table, weight, preference, labels } = path;
  if (typeof type !== 'string' || typeof weight !== 'number' || typeof preference !== 'number') return undefined;
  if (Object.keys(path).some((key) => !KNOWN.has(key))) return undefined;
  const isOther = table !== undefined && (table !== 0 || nextHop === undefined);
  const words = [
    type,
    nextHop,
    out,
    isOther ? `next-hop-table ${table}` : undefined,
    weight === 1 ? undefined : `weight ${weight}`,
    preference === 0 ? undefined : `preference ${preference}`,
    Array.isArray(labels) ? `labels ${labels.join(',')}` : undefined,
  ];
  return words.filter((word) => word !== undefined).join(' ');
}

/** The values of a path where nothing was said; `~0` is no interface, no table, no label. */
const isUsual = (name: string, text: string) => (name === 'weight' && text === '1') || text === '~0';
