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

/** What a path has where nothing was said; `~0` is no interface, no table, no label. */
const isUsual = (name: string, text: string) => (name === 'weight' && text === '1') || text === '~0';
