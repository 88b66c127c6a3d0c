/** Addresses, and interfaces without any that borrow another's: the same for interfaces, sub-interfaces and loopbacks. */

import { addressOf } from '../../vpp/index.js';
import type { WishedInterface, WishedLoopback, WishedSubInterface } from '../schema.js';
import type { Wish } from '../wish.js';
import type { AddressBook } from './address-book.js';
import type { Report } from './report.js';

type Itf = WishedInterface | WishedSubInterface | WishedLoopback;

/** Mistakes of an interface that uses the addresses of another one. */
export function checkUnnumbered(report: Report, wish: Wish, name: string, itf: Itf): void {
  const { unnumbered: target, addresses } = itf;
  if (target === undefined) return;
  const when = (isOne: boolean, text: string) => report.when(isOne, text, 'unnumbered');
  const isThere = wish.loopback(target) !== undefined || wish.find(target) !== undefined;
  when(!isThere, `unnumbered target ${target} does not exist`);
  const isLoopback = wish.loopback(name) !== undefined && wish.find(name) === undefined;
  when(!isLoopback && wish.isLayer2(target), `unnumbered target ${target} cannot be in L2 mode`);
  when(wish.isUnnumbered(target), `unnumbered target ${target} cannot also be unnumbered`);
  when(name === target, 'unnumbered target cannot be the interface itself');
  when(addresses !== undefined, 'cannot also have addresses when it is unnumbered');
}

/** Mistakes in addresses: one network is on one interface, and is written as VPP writes it. */
export function checkAddresses(report: Report, book: AddressBook, name: string, itf: Itf, spelling = true): void {
  for (const [at, text] of (itf.addresses ?? []).entries()) {
    const other = book.conflictOf(name, text);
    report.when(
      other !== undefined,
      `IP address ${text} conflicts with another: ${other?.text} of ${other?.owner}`,
      'addresses',
      at,
    );
    const [address, length] = text.split('/');
    const usual = `${addressOf(address)}/${length}`;
    report.when(spelling && usual !== text, `IP address ${text} is not canonical, use ${usual}`, 'addresses', at);
  }
}
