/** Bridge domains. Index 0 is VPP's own placeholder, bridge domain 0. */
import { Retval } from '../../retvals.js';
import type { FloodClass, Interface } from '../interfaces/interface.js';
import { NO_INTERFACE } from '../routing/paths.js';
import { UnusedIds } from '../unused-ids.js';
import { FloodClasses, withMember } from './flooding.js';
import { L2Features } from './l2-features.js';

export interface BridgeFeatures {
  flood: boolean;
  uu_flood: boolean;
  forward: boolean;
  learn: boolean;
  arp_term: boolean;
  arp_ufwd: boolean;
}

export interface BridgeDomain extends BridgeFeatures {
  readonly id: number;
  /** VPP's internal number, shown by its CLI. */
  readonly index: number;
  macAge: number;
  readonly tag: string;
  bvi: number;
  uuForward: number;
  /** Interfaces, in the order of flooding. */
  members: readonly Member[];
}

export interface Member {
  readonly swIfIndex: number;
  readonly shg: number;
  readonly flood: FloodClass;
}

/** `port_type` of sw_interface_set_l2_bridge. */
export const PortType = { NORMAL: 0, BVI: 1, UU_FWD: 2 } as const;

const MAX_ID = (1 << 24) - 1;
const DEFAULT: Readonly<BridgeFeatures> = {
  flood: true,
  uu_flood: true,
  forward: true,
  learn: true,
  arp_term: false,
  arp_ufwd: false,
};

export class BridgeDomains {
  private readonly unusedIds = new UnusedIds(24);
  private readonly byIndex: (BridgeDomain | undefined)[] = [];
  private readonly lastAges: number[] = [];
  /** The domain that an interface is bridged to, member or not. */
  private readonly bridged = new Map<number, { domain: BridgeDomain; shg: number }>();
  /** Cross-connects, which an interface has instead of a domain: sw_if_index in → out. */
  readonly crossConnects = new Map<number, number>();
  readonly features = new L2Features();
  private readonly floodClasses = new FloodClasses();
  /** Times that the addresses learnt on an interface were given up, by joining a domain and since; of each sw_if_index. */
  private readonly sequences = new Map<number, number>();

  constructor() {
    this.make(0, DEFAULT, 0, '');
  }

  find(id: number): BridgeDomain | undefined {
    return this.byIndex.find((domain) => domain?.id === id);
  }

  /** The domain with an index, the placeholder included. */
  at(index: number): BridgeDomain | undefined {
    return this.byIndex[index];
  }

  /** Lists all by index, without the placeholder. */
  values(): BridgeDomain[] {
    return this.byIndex.filter((domain): domain is BridgeDomain => domain !== undefined && domain.id !== 0);
  }

  bridgeOf(swIfIndex: number): { domain: BridgeDomain; shg: number } | undefined {
    return this.bridged.get(swIfIndex);
  }

  unusedId(): number {
    return this.unusedIds.next((id) => this.find(id) !== undefined);
  }

  add(id: number, features: BridgeFeatures, macAge: number, tag: string): number {
    if (this.find(id) !== undefined) return Retval.BD_ALREADY_EXISTS;
    if (id > MAX_ID) return Retval.BD_ID_EXCEED_MAX;
    this.make(id, features, macAge, tag);
    return Retval.OK;
  }

  remove(id: number): number {
    const domain = this.find(id);
    if (domain === undefined) return Retval.NO_SUCH_ENTRY;
    if (id === 0) return Retval.BD_NOT_MODIFIABLE;
    if (domain.members.length > 0) return Retval.BD_IN_USE;
    this.byIndex[domain.index] = undefined;
    this.lastAges[domain.index] = domain.macAge;
    return Retval.OK;
  }

  /** Puts an interface into a domain, which is created if it is not there. */
  bridge(itf: Interface, id: number, portType: number, shg: number): number {
    if (portType > PortType.UU_FWD) return Retval.INVALID_VALUE;
    if (id > MAX_ID) return Retval.BD_ID_EXCEED_MAX;
    const domain = this.find(id) ?? this.make(id, DEFAULT, undefined, '');
    const { swIfIndex } = itf;
    const before = this.bridged.get(swIfIndex);
    this.unbridge(itf);
    this.flushed(swIfIndex);
    this.features.bridged(swIfIndex, portType === PortType.BVI);
    if (portType === PortType.BVI) {
      if (domain.bvi !== NO_INTERFACE) {
        // It is bridged to the domain all the same, without being a member.
        this.bridged.set(swIfIndex, { domain, shg: before?.shg ?? 0 });
        return Retval.BD_ALREADY_HAS_BVI;
      }
      domain.bvi = swIfIndex;
      this.floodClasses.setBvi(itf, true);
    }
    this.bridged.set(swIfIndex, { domain, shg });
    if (portType === PortType.UU_FWD) domain.uuForward = swIfIndex;
    else domain.members = withMember(domain.members, { swIfIndex, shg, flood: this.floodClasses.of(itf) });
    return Retval.OK;
  }

  crossConnect(rx: Interface, tx: number): void {
    this.unbridge(rx);
    this.features.crossConnected(rx.swIfIndex);
    this.crossConnects.set(rx.swIfIndex, tx);
  }

  /** An interface's sequence number, an octet. */
  sequenceOf(swIfIndex: number): number {
    return (this.sequences.get(swIfIndex) ?? 0) & 255;
  }

  /** Gives up what was learnt on an interface. */
  flushed(swIfIndex: number): void {
    this.sequences.set(swIfIndex, this.sequenceOf(swIfIndex) + 1);
  }

  forget(itf: Interface): void {
    this.unbridge(itf);
    this.features.left(itf.swIfIndex);
    this.floodClasses.forget(itf);
  }

  unbridge(itf: Interface): void {
    const { swIfIndex } = itf;
    this.crossConnects.delete(swIfIndex);
    const domain = this.bridged.get(swIfIndex)?.domain;
    if (domain === undefined) return;
    this.bridged.delete(swIfIndex);
    domain.members = domain.members.filter((member) => member.swIfIndex !== swIfIndex);
    if (domain.learn || this.features.learns(swIfIndex)) this.flushed(swIfIndex);
    if (domain.bvi === swIfIndex) {
      domain.bvi = NO_INTERFACE;
      this.floodClasses.setBvi(itf, false);
    }
    if (domain.uuForward === swIfIndex) domain.uuForward = NO_INTERFACE;
  }

  /** Without a `macAge`, that of the last domain with the same index, as VPP does not reset it. */
  private make(id: number, features: BridgeFeatures, macAge: number | undefined, tag: string): BridgeDomain {
    const free = this.byIndex.indexOf(undefined);
    const index = free >= 0 ? free : this.byIndex.length;
    const age = macAge ?? this.lastAges[index] ?? 0;
    const made = { ...features, id, index, macAge: age, tag, bvi: NO_INTERFACE, uuForward: NO_INTERFACE, members: [] };
    this.byIndex[index] = made;
    return made;
  }
}
