/** Interfaces: cards, bonds, tunnels and taps, each with its sub-interfaces. */

import type { Steps } from '../../slices.js';
import type { Problem } from '../problem.js';
import type { WishedInterface } from '../schema.js';
import type { Wish } from '../wish.js';
import type { AddressBook } from './address-book.js';
import { checkCrossConnect } from './cross-connect.js';
import { checkAddresses, checkUnnumbered } from './layer3.js';
import { checkMac, Report } from './report.js';
import { checkSubInterface } from './sub-interfaces.js';

export function* checkInterfaces(wish: Wish, book: AddressBook, problems: Problem[]): Steps<void> {
  for (const [name, itf] of Object.entries(wish.file.interfaces ?? {})) {
    const report = new Report(problems, `interface ${name}`, ['interfaces', name]);
    checkMadeOf(report, wish, name, itf);
    checkLayers(report, wish, name, itf);
    checkUnnumbered(report, wish, name, itf);
    checkAddresses(report, book, name, itf);
    const hasSubs = wish.siblingsOf(name).length > 0;
    report.when(itf.l2xc !== undefined && hasSubs, 'has l2xc so it cannot have sub-interfaces', 'sub-interfaces');
    checkCrossConnect(report, wish, name, itf);
    for (const id of Object.keys(itf['sub-interfaces'] ?? {})) {
      checkSubInterface(wish, book, problems, [name, id]);
      yield;
    }
    yield;
  }
}

/** Mistakes that follow from what it is: a bond, a tap, a card. */
function checkMadeOf(report: Report, wish: Wish, name: string, itf: WishedInterface): void {
  const isBond = name.startsWith('BondEthernet');
  report.when(isBond && !wish.isBond(name), 'does not exist in bondethernets');
  report.when(isBond && itf.mac !== undefined, 'is a bond: its MAC address is set in bondethernets', 'mac');
  checkMac(report, itf.mac);
  const isCard = !wish.isVirtual(name);
  report.when(itf['device-type'] !== undefined && !isCard, 'is not a PHY, cannot set device-type', 'device-type');
  if (!name.startsWith('tap')) return;
  const host = wish.file.taps?.[name]?.host;
  const mtu = wish.mtuOf(name);
  report.when(host === undefined, 'is a TAP but does not exist in taps');
  const isOther = host?.mtu !== undefined && host.mtu !== mtu;
  report.when(isOther, `is a TAP so its MTU ${mtu} must match host MTU ${host?.mtu}`, 'mtu');
  report.when(itf.addresses !== undefined, 'is a TAP so it cannot have an address', 'addresses');
  report.when(itf.lcp !== undefined, 'is a TAP so it cannot have an LCP', 'lcp');
  report.when(wish.siblingsOf(name).length > 0, 'is a TAP so it cannot have sub-interfaces', 'sub-interfaces');
}

/** Mistakes of one that is used in layer 2, and names of Linux interfaces that are there twice. */
function checkLayers(report: Report, wish: Wish, name: string, { lcp, addresses }: WishedInterface): void {
  const isLayer2 = wish.isLayer2(name);
  report.when(isLayer2 && lcp !== undefined, `is in L2 mode but has LCP name ${lcp}`, 'lcp');
  report.when(isLayer2 && addresses !== undefined, 'is in L2 mode but has an address', 'addresses');
  const isTwice = lcp !== undefined && wish.lcps.isMoreThanOnce(lcp);
  report.when(isTwice, `does not have a unique LCP name ${lcp}`, 'lcp');
}
