/** NAT44-EI, enabled or not: what it is told about interfaces while it is disabled, it keeps. */
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import type { Address, Interface } from '../interfaces/interface.js';
import { TableLocks } from '../routing/table-locks.js';
import { type MappingRequest, NatFlag, NatMappings } from './nat-mappings.js';
import { NatPool, NO_VRF, type PoolAddress } from './nat-pool.js';
import { NatSessions } from './nat-sessions.js';
import { isSame, takeOut } from './nat44.js';
import { EiFlag, EiInterfaces } from './nat44-ei-interfaces.js';
import { EiOptions } from './nat44-ei-options.js';

export interface EiConfig {
  readonly insideVrf: number;
  readonly outsideVrf: number;
  readonly users: number;
  readonly sessions: number;
  readonly userSessions: number;
  readonly flags: number;
}

export class Nat44Ei {
  /** Undefined while it is disabled. */
  config?: EiConfig;
  /** The flags of the last time that it was enabled. */
  flags = 0;
  private readonly pool: NatPool<PoolAddress>;
  readonly interfaces = new EiInterfaces();
  mappings?: NatMappings;
  readonly sessions = new NatSessions();
  addressesOf: number[] = [];
  mappingsOf: { readonly swIfIndex: number; readonly request: MappingRequest }[] = [];
  readonly options = new EiOptions();
  readonly locks: TableLocks;

  constructor(private readonly dataplane: Dataplane) {
    this.locks = new TableLocks(dataplane);
    this.pool = new NatPool(this.locks);
  }

  get addresses(): readonly PoolAddress[] {
    return this.pool.values;
  }

  /** The locks on both tables of the configuration are never undone. */
  enable(config: EiConfig): void {
    this.config = config;
    this.flags = config.flags;
    this.interfaces.enable(config.flags);
    this.options.restart(config.users, config.sessions);
    this.locks.lock(config.insideVrf);
    this.locks.lock(config.outsideVrf);
    const isAnyPort = (config.flags & EiFlag.STATIC_MAPPING_ONLY) !== 0;
    this.mappings = new NatMappings(this.locks, config.insideVrf, isAnyPort ? undefined : this.pool);
  }

  /** Returns the retval: VPP finds fault with interfaces that it has not counted. */
  disable(): number {
    this.mappings?.removeAll();
    this.pool.clear();
    const retval = this.interfaces.disable();
    [this.addressesOf, this.mappingsOf] = [[], []];
    this.sessions.deleteAll();
    this.options.forwarding = false;
    this.mappings = undefined;
    this.config = undefined;
    return retval;
  }

  addAddress(address: string, vrf: number): number {
    if (this.config === undefined) return Retval.FEATURE_ALREADY_DISABLED;
    return this.pool.add({ address, vrf }) ? Retval.OK : Retval.VALUE_EXIST;
  }

  /** Static mappings of one of its ports hold an address, unless they are to go with it. */
  removeAddress(address: string, isWithMappings: boolean): number {
    const { mappings } = this;
    if (mappings === undefined) return Retval.FEATURE_ALREADY_DISABLED;
    if (!this.pool.has(address)) return Retval.NO_SUCH_ENTRY;
    const its = mappings.at(address);
    if (isWithMappings) for (const mapping of its) mappings.remove(mapping);
    else if (its.some(({ isIdentity, flags }) => !isIdentity && !(flags & NatFlag.ADDR_ONLY)))
      return Retval.UNSPECIFIED;
    this.sessions.deleteAllOf(address);
    this.pool.remove(address);
    return Retval.OK;
  }

  addAddressOf(swIfIndex: number): number {
    if (this.addressesOf.includes(swIfIndex)) return Retval.VALUE_EXIST;
    this.addressesOf.push(swIfIndex);
    const address = this.dataplane.interfaces.firstAddress(swIfIndex);
    if (address !== undefined) this.addAddress(address, NO_VRF);
    return Retval.OK;
  }

  removeAddressOf(swIfIndex: number): number {
    if (this.config === undefined) return Retval.FEATURE_ALREADY_DISABLED;
    const index = this.addressesOf.indexOf(swIfIndex);
    if (index < 0) return Retval.NO_SUCH_ENTRY;
    const address = this.dataplane.interfaces.firstAddress(swIfIndex);
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
    const address = this.dataplane.interfaces.firstAddress(swIfIndex);
    return address === undefined ? Retval.OK : this.addMapping({ ...request, external: address });
  }

  removeMappingOf(swIfIndex: number, request: MappingRequest): number {
    const index = this.mappingsOf.findIndex((each) => isSame(each, swIfIndex, request));
    if (index < 0) return Retval.NO_SUCH_ENTRY;
    takeOut(this.mappingsOf, index);
    const external = this.dataplane.interfaces.firstAddress(swIfIndex);
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
    const isKnown = this.pool.has(address);
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
}
