/** Sub-interfaces: tags that are theirs alone, an MTU that fits their parents, and Linux interfaces beneath Linux interfaces. */

import type { Problem } from '../problem.js';
import type { WishedInterface, WishedSubInterface } from '../schema.js';
import { hasPossibleTags, type Wish } from '../wish.js';
import type { AddressBook } from './address-book.js';
import { checkCrossConnect } from './cross-connect.js';
import { checkAddresses, checkUnnumbered } from './layer3.js';
import { Report } from './report.js';

export function checkSubInterface(
  wish: Wish,
  book: AddressBook,
  problems: Problem[],
  [parent, id]: readonly [parent: string, id: string],
): void {
  const name = `${parent}.${id}`;
  const report = new Report(problems, `sub-interface ${name}`, ['interfaces', parent, 'sub-interfaces', id]);
  const above = wish.find(parent) as WishedInterface;
  const sub = wish.find(name) as WishedSubInterface;
  const isEmpty = Object.values(sub).every((value) => value === undefined);
  report.when(isEmpty, 'has no config: write at least a description, or leave it out');
  if (isEmpty) return;
  const isDown = above.state === 'down' && sub.state !== 'down';
  report.when(isDown, `cannot be up if parent ${parent} is down`, 'state');
  checkMtu(report, wish, name, parent);
  checkLcp(report, wish, name, [parent, above], sub);
  checkUnnumbered(report, wish, name, sub);
  checkLayer3(report, wish, name, sub);
  checkAddresses(report, book, name, sub, false);
  checkTags(report, wish, name, sub);
  checkCrossConnect(report, wish, name, sub);
}

function checkMtu(report: Report, wish: Wish, name: string, parent: string): void {
  const mtu = wish.mtuOf(name);
  for (const above of [parent, wish.outerOf(name)]) {
    const most = above === undefined ? mtu : wish.mtuOf(above);
    report.when(mtu > most, `has MTU ${mtu} higher than parent ${above} MTU ${most}`, 'mtu');
  }
}

function checkLcp(
  report: Report,
  wish: Wish,
  name: string,
  [parent, { lcp: parentLcp }]: readonly [string, WishedInterface],
  { lcp }: WishedSubInterface,
): void {
  if (lcp === undefined) return;
  const when = (isOne: boolean, text: string) => report.when(isOne, text, 'lcp');
  when(wish.isLayer2(name), `is in L2 mode but has LCP name ${lcp}`);
  when(wish.lcps.isMoreThanOnce(lcp), `does not have a unique LCP name ${lcp}`);
  when(parentLcp === undefined, `has LCP name ${lcp} but ${parent} does not have an LCP`);
  const tags = wish.tagsOf(name);
  if (tags !== undefined && tags.inner > 0) {
    const outer = wish.outerOf(name);
    when(outer === undefined, `has two tags and LCP name ${lcp}, which requires a sub-interface with the outer tag`);
    const lacks = outer !== undefined && wish.find(outer)?.lcp === undefined;
    when(lacks, `has two tags and LCP name ${lcp} but ${outer} does not have an LCP`);
  }
  when(!tags?.exact, `has LCP name ${lcp} but its encapsulation is not exact-match`);
}

function checkLayer3(report: Report, wish: Wish, name: string, { addresses }: WishedSubInterface): void {
  if (addresses === undefined) return;
  const isExact = wish.tagsOf(name)?.exact === true;
  report.when(!isExact, 'has an address but its encapsulation is not exact-match', 'addresses');
  report.when(wish.isLayer2(name), 'is in L2 mode but has an address', 'addresses');
}

function checkTags(report: Report, wish: Wish, name: string, sub: WishedSubInterface): void {
  const when = (isOne: boolean, text: string) => report.when(isOne, text, 'encapsulation');
  when(!hasPossibleTags(sub), 'has invalid encapsulation');
  when(wish.sharesTags(name), 'does not have unique encapsulation');
}
