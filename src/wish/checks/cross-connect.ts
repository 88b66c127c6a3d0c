/** Cross connects: both ends exist, are used once, have the same MTU, and have nothing of layer 3. */

import type { WishedInterface, WishedSubInterface } from '../schema.js';
import type { Wish } from '../wish.js';
import type { Report } from './report.js';

export function checkCrossConnect(report: Report, wish: Wish, name: string, itf: WishedInterface | WishedSubInterface) {
  const { l2xc: target, lcp, addresses } = itf;
  if (target === undefined) return;
  const when = (isOne: boolean, text: string) => report.when(isOne, text, 'l2xc');
  const other = wish.find(target);
  const [mtu, targetMtu] = [wish.mtuOf(name), wish.mtuOf(target)];
  when(lcp !== undefined, 'has l2xc so it cannot have an LCP');
  when(addresses !== undefined, 'has l2xc so it cannot have an address');
  when(other === undefined, `l2xc target ${target} does not exist`);
  when(target === name, 'l2xc target cannot be itself');
  when(targetMtu !== mtu, `l2xc target MTU ${targetMtu} (${target}) does not match source MTU ${mtu}`);
  when(wish.targets.isMoreThanOnce(target), `l2xc target ${target} is not unique`);
  when(wish.bridged.has(target), `l2xc target ${target} is in a bridgedomain`);
  when(other?.lcp !== undefined, `l2xc target ${target} cannot have an LCP`);
  when(other?.addresses !== undefined, `l2xc target ${target} cannot have an address`);
}
