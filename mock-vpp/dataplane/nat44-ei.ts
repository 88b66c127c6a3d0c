/** NAT44-EI, enabled or not: what it is told about interfaces while it is disabled, it keeps. */
import { Retval } from '../retvals.js';
import type { Dataplane } from './dataplane.js';
import type { Address, Interface } from './interface.js';
import { type MappingRequest, NatFlag, NatMappings } from './nat-mappings.js';
import { NatSessions } from './nat-sessions.js';
import { at, isSame, type NatInterface, takeOut } from './nat44.js';
import { EiOptions } from './nat44-ei-options.js';
import { Pool } from './pool.js';
import { TableLocks } from './table-locks.js';

/** Bits of nat44_ei_config_flags. */
export const EiFlag = {
  STATIC_MAPPING_ONLY: 1,
  CONNECTION_TRACKING: 2,
  OUT2IN_DPO: 4,
  ADDR_ONLY: 8,
  INSIDE: 16,
  OUTSIDE: 32,
  STATIC: 64,
} as const;

export interface EiConfig {
  readonly insideVrf: number;
  readonly outsideVrf: number;
  readonly users: number;
  readonly sessions: number;
  readonly userSessions: number;
  readonly flags: number;
}

/** VPP's retval where its count of inside interfaces does not go down any further. */
const NOT_COUNTED = 1;
const NO_VRF = 0xffffffff;

export class Nat44Ei {
  /** Undefined while it is disabled. */
  config?: EiConfig;
  /** The flags of the last time that it was enabled. */
  flags = 0;
  addresses: { readonly address: string; readonly vrf: number }[] = [];
  interfaces = new Pool<NatInterface>();
  outputInterfaces = new Pool<NatInterface>();
  /** Interfaces told of by the older request, which VPP keeps for its dump, whatever becomes of them. */
  readonly outputFeatures = new Pool<NatInterface>();
  mappings?: NatMappings;
  readonly sessions = new NatSessions();
  addressesOf: number[] = [];
  mappingsOf: { readonly swIfIndex: number; readonly request: MappingRequest }[] = [];
  readonly options = new EiOptions();
  readonly locks: TableLocks;
  /** Interfaces for which packets between inside hosts are looked at; outlives disabling. */
  private insideCount = 0;

  constructor(private readonly dataplane: Dataplane) {
    this.locks = new TableLocks(dataplane);
  }

  /** The locks on both tables of the configuration are never undone. */
  enable(config: EiConfig): void {
    this.config = config;
    this.flags = config.flags;
    this.options.restart(config.users, config.sessions);
    this.locks.lock(config.insideVrf);
    this.locks.lock(config.outsideVrf);
    const ports = { has: (external: string) => this.addresses.some(({ address }) => address === external) };
    const isAnyPort = (config.flags & EiFlag.STATIC_MAPPING_ONLY) !== 0;
    this.mappings = new NatMappings(this.locks, config.insideVrf, isAnyPort ? undefined : ports);
  }

  /** Returns the retval: VPP finds fault with interfaces that it has not counted. */
  disable(): number {
    this.mappings?.removeAll();
    for (const { vrf } of this.addresses) if (vrf !== NO_VRF) this.locks.unlock(vrf);
    let refusals = 0;
    for (const { swIfIndex, flags } of [...this.interfaces.values()]) {
      for (const flag of [EiFlag.INSIDE, EiFlag.OUTSIDE]) {
        if (flags & flag && this.unsetFeature(swIfIndex, flag) !== Retval.OK) refusals++;
      }
    }
    this.interfaces = new Pool();
    this.outputInterfaces = new Pool();
    [this.addresses, this.addressesOf, this.mappingsOf] = [[], [], []];
    this.sessions.deleteAll();
    this.options.forwarding = false;
    this.mappings = undefined;
    this.config = undefined;
    return refusals > 0 ? Retval.BUG : Retval.OK;
  }

  addAddress(address: string, vrf: number): number {
    if (this.config === undefined) return Retval.FEATURE_ALREADY_DISABLED;
    if (this.addresses.some((each) => each.address === address)) return Retval.VALUE_EXIST;
    if (vrf !== NO_VRF) this.locks.lock(vrf);
    this.addresses.push({ address, vrf });
    return Retval.OK;
  }

  /** Static mappings of one of its ports hold an address, unless they are to go with it. */
  removeAddress(address: string, isWithMappings: boolean): number {
    const { mappings } = this;
    if (mappings === undefined) return Retval.FEATURE_ALREADY_DISABLED;
    const index = this.addresses.findIndex((each) => each.address === address);
    if (index < 0) return Retval.NO_SUCH_ENTRY;
    const its = [...mappings.values()].filter(({ external }) => external === address);
    if (isWithMappings) for (const mapping of its) mappings.remove(mapping);
    else if (its.some(({ isIdentity, flags }) => !isIdentity && !(flags & NatFlag.ADDR_ONLY)))
      return Retval.UNSPECIFIED;
    this.sessions.deleteAll(({ outside }) => outside.address === address);
    const { vrf } = this.addresses[index];
    if (vrf !== NO_VRF) this.locks.unlock(vrf);
    takeOut(this.addresses, index);
    return Retval.OK;
  }

  setFeature(swIfIndex: number, flag: number): number {
    const refusal = this.refusalOf(flag);
    if (refusal !== Retval.OK) return refusal;
    if (at(this.outputInterfaces, swIfIndex) !== undefined) return Retval.VALUE_EXIST;
    const known = at(this.interfaces, swIfIndex);
    if (known === undefined) {
      if (flag === EiFlag.INSIDE && !this.isOneWay) this.insideCount++;
      this.interfaces.add((index) => ({ index, swIfIndex, flags: flag }));
    } else if (!(known.flags & flag)) {
      if (flag === EiFlag.OUTSIDE && !this.uncount()) return NOT_COUNTED;
      known.flags |= flag;
    }
    return Retval.OK;
  }

  /** The interface goes unless it has both features, whichever of them it has. */
  unsetFeature(swIfIndex: number, flag: number): number {
    const refusal = this.refusalOf(flag);
    if (refusal !== Retval.OK) return refusal;
    const known = at(this.interfaces, swIfIndex);
    if (known === undefined) return Retval.NO_SUCH_ENTRY;
    if (known.flags === (EiFlag.INSIDE | EiFlag.OUTSIDE)) {
      if (flag === EiFlag.OUTSIDE) this.insideCount++;
      known.flags &= ~flag;
    } else {
      if (flag === EiFlag.INSIDE && !this.uncount()) return NOT_COUNTED;
      this.interfaces.remove(known.index);
    }
    return Retval.OK;
  }

  addOutput(swIfIndex: number): number {
    if (this.config === undefined) return Retval.FEATURE_ALREADY_DISABLED;
    if (at(this.interfaces, swIfIndex) ?? at(this.outputInterfaces, swIfIndex)) return Retval.VALUE_EXIST;
    this.outputInterfaces.add((index) => ({ index, swIfIndex, flags: EiFlag.INSIDE | EiFlag.OUTSIDE }));
    return Retval.OK;
  }

  removeOutput(swIfIndex: number): number {
    if (this.config === undefined) return Retval.FEATURE_ALREADY_DISABLED;
    const known = at(this.outputInterfaces, swIfIndex);
    if (known === undefined) return Retval.NO_SUCH_ENTRY;
    this.outputInterfaces.remove(known.index);
    return Retval.OK;
  }

  addAddressOf(swIfIndex: number): number {
    if (this.addressesOf.includes(swIfIndex)) return Retval.VALUE_EXIST;
    this.addressesOf.push(swIfIndex);
    const address = this.firstAddress(swIfIndex);
    if (address !== undefined) this.addAddress(address, NO_VRF);
    return Retval.OK;
  }

  removeAddressOf(swIfIndex: number): number {
    if (this.config === undefined) return Retval.FEATURE_ALREADY_DISABLED;
    const index = this.addressesOf.indexOf(swIfIndex);
    if (index < 0) return Retval.NO_SUCH_ENTRY;
    const address = this.firstAddress(swIfIndex);
    if (address !== undefined) this.removeAddress(address, true);
    else {
      // As many go as wait for the interface, but the first ones of all.
      const waiting = this.mappingsOf.filter((each) => each.swIfIndex === swIfIndex).length;
      for (let last = waiting - 1; last >= 0; last--) takeOut(this.mappingsOf, last);
    }
    takeOut(this.addressesOf, index);
    return Retval.OK;
  }

  addMapping(request: MappingRequest): number {
    return this.mappings?.add(request) ?? Retval.FEATURE_ALREADY_DISABLED;
  }

  removeMapping(request: MappingRequest): number {
    return this.mappings?.remove(request) ?? Retval.FEATURE_ALREADY_DISABLED;
  }

  /** Waits for an address of the interface; it goes on waiting when the mapping is refused. */
  addMappingOf(swIfIndex: number, request: MappingRequest): number {
    if (this.mappingsOf.some((each) => isSame(each, swIfIndex, request))) return Retval.VALUE_EXIST;
    this.mappingsOf.push({ swIfIndex, request });
    const address = this.firstAddress(swIfIndex);
    return address === undefined ? Retval.OK : this.addMapping({ ...request, external: address });
  }

  removeMappingOf(swIfIndex: number, request: MappingRequest): number {
    const index = this.mappingsOf.findIndex((each) => isSame(each, swIfIndex, request));
    if (index < 0) return Retval.NO_SUCH_ENTRY;
    takeOut(this.mappingsOf, index);
    const external = this.firstAddress(swIfIndex);
    const isThere = external !== undefined && this.mappings?.find({ ...request, external }) !== undefined;
    if (external === undefined || (this.config !== undefined && !isThere)) return Retval.OK;
    return this.removeMapping({ ...request, external });
  }

  /** Follows an IPv4 address that came to an interface, or went. */
  addressChanged({ swIfIndex }: Interface, { text, v6 }: Address, isAdd: boolean): void {
    if (v6 || this.config === undefined) return;
    const address = text.split('/')[0];
    const waiting = this.mappingsOf.filter((each) => each.swIfIndex === swIfIndex);
    const allPorts = waiting.find(({ request }) => request.flags & NatFlag.ADDR_ONLY)?.request;
    const isKnown = this.addresses.some((each) => each.address === address);
    if (this.addressesOf.includes(swIfIndex) && !isAdd) this.removeAddress(address, true);
    if (this.addressesOf.includes(swIfIndex) && isAdd && !isKnown) {
      this.addAddress(address, NO_VRF);
      for (const { request } of waiting) {
        if (!(request.flags & NatFlag.ADDR_ONLY)) this.addMapping({ ...request, external: address });
      }
    }
    if (allPorts === undefined) return;
    if (isAdd) this.addMapping({ ...allPorts, external: address });
    else this.removeMapping({ ...allPorts, external: address });
  }

  forget(swIfIndex: number): void {
    const flags = at(this.interfaces, swIfIndex)?.flags ?? 0;
    for (const flag of [EiFlag.INSIDE, EiFlag.OUTSIDE]) if (flags & flag) this.unsetFeature(swIfIndex, flag);
    this.removeOutput(swIfIndex);
  }

  private get isOneWay(): boolean {
    return (this.flags & EiFlag.OUT2IN_DPO) !== 0;
  }

  private refusalOf(flag: number): number {
    if (this.config === undefined) return Retval.FEATURE_ALREADY_DISABLED;
    return this.isOneWay && flag === EiFlag.OUTSIDE ? Retval.UNSUPPORTED : Retval.OK;
  }

  private uncount(): boolean {
    if (this.insideCount === 0) return false;
    this.insideCount--;
    return true;
  }

  private firstAddress(swIfIndex: number): string | undefined {
    const addresses = this.dataplane.interfaces.get(swIfIndex)?.addresses ?? [];
    return addresses.find(({ v6 }) => !v6)?.text.split('/')[0];
  }
}
