/** Loopbacks, bridge domains, VXLAN tunnels, taps and prefix lists. */

import { isIP } from 'node:net';
import type { Steps } from '../../slices.js';
import type { Problem } from '../problem.js';
import { USUAL_MTU, type Wish } from '../wish.js';
import type { AddressBook } from './address-book.js';
import { checkAddresses, checkUnnumbered } from './layer3.js';
import { checkInstance, checkMac, Report } from './report.js';

const MOST_LOOPBACK = 4095;
const MOST_BRIDGE = 16_777_215;
const MOST_TUNNEL = 2_147_483_647;
const MOST_TAP = 1024;

export function* checkLoopbacks(wish: Wish, book: AddressBook, problems: Problem[]): Steps<void> {
  for (const [name, itf] of Object.entries(wish.file.loopbacks ?? {})) {
    const report = new Report(problems, `loopback ${name}`, ['loopbacks', name]);
    checkInstance(report, name, MOST_LOOPBACK);
    const isTwice = itf.lcp !== undefined && wish.lcps.isMoreThanOnce(itf.lcp);
    report.when(isTwice, `does not have a unique LCP name ${itf.lcp}`, 'lcp');
    checkUnnumbered(report, wish, name, itf);
    checkAddresses(report, book, name, itf);
    checkMac(report, itf.mac);
    yield;
  }
}

export function* checkBridgeDomains(wish: Wish, problems: Problem[]): Steps<void> {
  const domains = Object.entries(wish.file.bridgedomains ?? {});
  const bvis = domains.flatMap(([, { bvi }]) => bvi ?? []);
  for (const [name, { mtu = USUAL_MTU, bvi, interfaces = [] }] of domains) {
    const report = new Report(problems, `bridgedomain ${name}`, ['bridgedomains', name]);
    report.when(Number(name.slice(2)) === 0, 'is reserved: VPP has a bridge domain 0 of its own');
    checkInstance(report, name, MOST_BRIDGE);
    if (bvi !== undefined) {
      const loopback = wish.loopback(bvi);
      const isTwice = bvis.filter((each) => each === bvi).length > 1;
      report.when(isTwice && loopback !== undefined, `BVI ${bvi} is not unique`, 'bvi');
      report.when(loopback === undefined, `BVI ${bvi} does not exist in loopbacks`, 'bvi');
      if (loopback === undefined) continue;
      const own = loopback.mtu ?? USUAL_MTU;
      report.when(own !== mtu, `BVI ${bvi} has MTU ${own}, while bridge has ${mtu}`, 'bvi');
    }
    for (const [at, member] of interfaces.entries()) {
      const itf = wish.find(member);
      const when = (isOne: boolean, text: string) => report.when(isOne, `member ${member} ${text}`, 'interfaces', at);
      when(itf === undefined, 'does not exist in interfaces');
      if (itf === undefined) continue;
      when(wish.bridged.isMoreThanOnce(member), 'is not unique: it is in a bridgedomain more than once');
      when(itf.lcp !== undefined, 'has an LCP');
      when(itf.addresses !== undefined, 'has an address');
      const own = wish.mtuOf(member);
      when(own !== mtu, `has MTU ${own}, while bridge has ${mtu}`);
      yield;
    }
    yield;
  }
}

export function* checkTunnels(wish: Wish, problems: Problem[]): Steps<void> {
  const tunnels = Object.entries(wish.file.vxlan_tunnels ?? {});
  for (const [name, { local, remote, vni }] of tunnels) {
    const report = new Report(problems, `vxlan_tunnel ${name}`, ['vxlan_tunnels', name]);
    checkInstance(report, name, MOST_TUNNEL);
    const isTwice = tunnels.some(([other, tunnel]) => other !== name && tunnel.vni === vni);
    report.when(isTwice, `VNI ${vni} is not unique`, 'vni');
    report.when(isIP(local) !== isIP(remote), 'local and remote are not the same address family', 'remote');
    yield;
  }
}

export function* checkTaps(wish: Wish, problems: Problem[]): Steps<void> {
  const taps = Object.entries(wish.file.taps ?? {});
  for (const [name, tap] of taps) {
    const { host } = tap;
    const report = new Report(problems, `tap ${name}`, ['taps', name]);
    checkInstance(report, name, MOST_TAP);
    const isTwice = taps.some(
      ([
        other,
        {
          host: { name: hostName },
        },
      ]) => other !== name && hostName === host.name,
    );
    report.when(isTwice, `does not have a unique host name ${host.name}`, 'host', 'name');
    for (const key of ['rx-ring-size', 'tx-ring-size'] as const) {
      const size = tap[key];
      report.when(size !== undefined && (size & (size - 1)) !== 0, `${key} ${size} must be a power of two`, key);
    }
    for (const key of ['namespace', 'bridge'] as const) {
      const isAlone = host[`${key}-create`] === true && host[key] === undefined;
      report.when(isAlone, `${key}-create can only be set if ${key} is set`, 'host', `${key}-create`);
    }
    checkMac(report, host.mac, 'host MAC address', ['host', 'mac']);
    yield;
  }
}

export function checkPrefixLists(wish: Wish, problems: Problem[]): void {
  const { prefixlists: lists = {} } = wish.file;
  const report = new Report(problems, 'prefixlist any', ['prefixlists', 'any']);
  report.when(Object.hasOwn(lists, 'any'), 'is a reserved name: to an ACL it means every address');
}
