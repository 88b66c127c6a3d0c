/** Bonds: an entry in interfaces, and members that are nothing else. */

import type { Problem } from '../problem.js';
import { USUAL_MTU, type Wish } from '../wish.js';
import { checkInstance, checkMac, Report } from './report.js';

const MOST_INSTANCE = 4_294_967_294;
const BALANCED: ReadonlySet<string | undefined> = new Set(['xor', 'lacp', undefined]);

export function checkBonds(wish: Wish, problems: Problem[]): void {
  for (const [name, bond] of Object.entries(wish.file.bondethernets ?? {})) {
    const report = new Report(problems, `bondethernet ${name}`, ['bondethernets', name]);
    const isThere = wish.find(name) !== undefined;
    const mtu = isThere ? wish.mtuOf(name) : USUAL_MTU;
    report.when(!isThere, 'does not exist in interfaces: add it there, with its MTU and addresses');
    checkInstance(report, name, MOST_INSTANCE);
    const isBalanced = bond['load-balance'] === undefined || BALANCED.has(bond.mode);
    report.when(!isBalanced, `can only have load-balance in mode xor or lacp, not ${bond.mode}`, 'load-balance');
    checkMac(report, bond.mac);
    for (const [at, member] of (bond.interfaces ?? []).entries()) {
      const itf = wish.find(member);
      const when = (isOne: boolean, text: string) => report.when(isOne, `member ${member} ${text}`, 'interfaces', at);
      when(itf === undefined, 'does not exist in interfaces');
      if (itf === undefined) continue;
      when(wish.siblingsOf(member).length > 0, 'has sub-interfaces');
      when(itf.lcp !== undefined, 'has an LCP');
      when(itf.addresses !== undefined, 'has an address');
      const own = wish.mtuOf(member);
      when(own !== mtu, `has MTU ${own}, and the bond has ${mtu}: a member has that of its bond`);
    }
  }
}
