/** NAT64: most of it can be set while it is disabled, and goes when it is. */
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import type { Address, Interface } from '../interfaces/interface.js';
import { Pool } from '../pool.js';
import { TableLocks } from '../routing/table-locks.js';
import { NatFlag } from './nat-mappings.js';
import { NatPool, NO_VRF, type PoolAddress } from './nat-pool.js';
import { takeOut } from './nat44.js';

interface AddressWithPorts extends PoolAddress {
  /** Ports in use, with their class of protocol. */
  readonly ports: Set<string>;
}

/** Static entry of the binding information base. */
export interface BibEntry {
  readonly index: number;
  readonly inside: string;
  readonly insidePort: number;
  readonly outside: string;
  readonly outsidePort: number;
  readonly protocol: number;
  readonly vrf: number;
}

/** Classes of protocols, in the order of a dump of all: others, UDP, TCP, ICMP. */
const CLASSES = [0, 17, 6, 1];
const ALL_PROTOCOLS = 255;
/** Lengths of prefixes that IPv4 addresses can be embedded in. */
const PREFIX_LENGTHS = [32, 40, 48, 56, 64, 96];
const TIMEOUTS = { udp: 300, tcp_established: 7440, tcp_transitory: 240, icmp: 60 };

export class Nat64 {
  isEnabled = false;
  timeouts: Readonly<Record<keyof typeof TIMEOUTS, number>> = TIMEOUTS;
  private readonly pool: NatPool<AddressWithPorts>;
  interfaces = new Pool<{ readonly index: number; readonly swIfIndex: number; flags: number }>();
  /** Table → its prefix. */
  prefixes: { readonly vrf: number; prefix: string }[] = [];
  /** Interfaces whose addresses are in the pool; these outlive disabling. */
  readonly addressesOf: number[] = [];
  readonly locks: TableLocks;
  private bib = newBib();

  constructor(private readonly dataplane: Dataplane) {
    this.locks = new TableLocks(dataplane, true);
    this.pool = new NatPool(this.locks);
  }

  get addresses(): readonly PoolAddress[] {
    return this.pool.values;
  }

  disable(): void {
    this.pool.clear();
    this.isEnabled = false;
    this.interfaces = new Pool();
    this.timeouts = TIMEOUTS;
    this.prefixes = [];
    this.bib = newBib();
  }

  addAddress(address: string, vrf: number): number {
    return this.pool.add({ address, vrf, ports: new Set() }) ? Retval.OK : Retval.VALUE_EXIST;
  }

  /** Static entries that have the address stay. */
  removeAddress(address: string): number {
    return this.pool.remove(address) ? Retval.OK : Retval.NO_SUCH_ENTRY;
  }

  setFeature(swIfIndex: number, flag: number): number {
    const known = this.featureAt(swIfIndex);
    if (known === undefined) this.interfaces.add((index) => ({ index, swIfIndex, flags: flag }));
    else known.flags |= flag;
    return Retval.OK;
  }

  /** The interface goes unless it has both features, whichever of them it has. */
  unsetFeature(swIfIndex: number, flag: number): number {
    const known = this.featureAt(swIfIndex);
    if (known === undefined) return Retval.NO_SUCH_ENTRY;
    if (known.flags === (NatFlag.INSIDE | NatFlag.OUTSIDE)) known.flags &= ~flag;
    else this.interfaces.remove(known.index);
    return Retval.OK;
  }

  /** One for each table; it takes the place of the one before. The table stays for ever. */
  setPrefix(prefix: string, vrf: number, isAdd: boolean): number {
    if (!PREFIX_LENGTHS.includes(Number(prefix.split('/')[1]))) return Retval.INVALID_VALUE;
    const index = this.prefixes.findIndex((each) => each.vrf === vrf);
    if (!isAdd) {
      if (index < 0) return Retval.NO_SUCH_ENTRY;
      takeOut(this.prefixes, index);
    } else if (index >= 0) this.prefixes[index].prefix = prefix;
    else {
      this.locks.lock(vrf);
      this.prefixes.push({ vrf, prefix });
    }
    return Retval.OK;
  }

  /** Each request locks the table, for ever. */
  setBib(entry: Omit<BibEntry, 'index'>, isAdd: boolean): number {
    this.locks.lock(entry.vrf);
    const entries = this.bib[classOf(entry.protocol)];
    const known = [...entries.values()].find((each) => insideKey(each) === insideKey(entry));
    if (!isAdd) {
      if (known === undefined) return Retval.NO_SUCH_ENTRY;
      this.portsAt(known.outside)?.delete(portKey(known));
      entries.remove(known.index);
      return Retval.OK;
    }
    if (known !== undefined) return Retval.VALUE_EXIST;
    const ports = this.portsAt(entry.outside);
    if (ports?.has(portKey(entry))) return Retval.INVALID_VALUE;
    ports?.add(portKey(entry));
    entries.add((index) => ({ ...entry, index }));
    return Retval.OK;
  }

  bibOf(protocol: number): BibEntry[] {
    const classes = protocol === ALL_PROTOCOLS ? CLASSES : [classOf(protocol)];
    return classes.flatMap((each) => [...this.bib[each].values()]);
  }

  setAddressOf(swIfIndex: number, isAdd: boolean): number {
    const index = this.addressesOf.indexOf(swIfIndex);
    const isThere = index >= 0;
    if (isAdd === isThere) return isAdd ? Retval.VALUE_EXIST : Retval.NO_SUCH_ENTRY;
    const first = this.dataplane.interfaces.firstAddress(swIfIndex);
    if (isAdd) this.addressesOf.push(swIfIndex);
    else takeOut(this.addressesOf, index);
    if (first === undefined) return Retval.OK;
    if (isAdd) this.addAddress(first, NO_VRF);
    else this.removeAddress(first);
    return Retval.OK;
  }

  /** Follows all IPv4 addresses of an interface while it is enabled. */
  addressChanged({ swIfIndex }: Interface, { text, v6 }: Address, isAdd: boolean): void {
    if (v6 || !this.isEnabled || !this.addressesOf.includes(swIfIndex)) return;
    const [address] = text.split('/');
    if (isAdd) this.addAddress(address, NO_VRF);
    else this.removeAddress(address);
  }

  private featureAt(swIfIndex: number) {
    return [...this.interfaces.values()].find((each) => each.swIfIndex === swIfIndex);
  }

  private portsAt(outside: string): Set<string> | undefined {
    return this.pool.find(outside)?.ports;
  }
}

const newBib = () => Object.fromEntries(CLASSES.map((each) => [each, new Pool<BibEntry>()]));
const classOf = (protocol: number) => (CLASSES.includes(protocol) ? protocol : CLASSES[0]);
const insideKey = ({ inside, insidePort, protocol, vrf }: Omit<BibEntry, 'index'>) =>
  `${inside} ${insidePort} ${protocol} ${vrf}`;
const portKey = ({ outsidePort, protocol }: Omit<BibEntry, 'index'>) => `${outsidePort} ${classOf(protocol)}`;
