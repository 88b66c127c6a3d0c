/** Whether an interface fits the words of a filter: each of them somewhere in its name, state, addresses, tag or kind. */

import type { InterfaceRow } from '../../../src/plugins/dashboard/protocol/index.js';

export function fitsFilter(row: InterfaceRow, filter: string): boolean {
  const { name, tag = '', type = '', mac = '', addresses = [], bridge } = row;
  const words = [name, tag, type, mac, ...addresses, bridge === undefined ? '' : `bridge${bridge}`];
  const text = words.join(' ').toLowerCase();
  const wanted = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return wanted.every((word) => (word === 'up' || word === 'down' ? stateOf(row) === word : text.includes(word)));
}

/** `up`: set up, with a link. Undefined while it is not known. */
export function stateOf({ admin, link }: Pick<InterfaceRow, 'admin' | 'link'>): 'up' | 'down' | 'no link' | undefined {
  if (admin === undefined) return undefined;
  if (!admin) return 'down';
  return link === false ? 'no link' : 'up';
}
