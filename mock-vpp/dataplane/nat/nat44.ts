/** NAT44-ED while it is enabled: addresses of its pools, features of interfaces, and what takes interfaces' addresses. */
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import type { Address, Interface } from '../interfaces/interface.js';
import { Pool } from '../pool.js';
import type { TableLocks } from '../routing/table-locks.js';
import { type MappingRequest, NatFlag, NatMappings } from './nat-mappings.js';
import { NatPool, NO_VRF, type PoolAddress } from './nat-pool.js';
import { NatSessions } from './nat-sessions.js';

export interface NatConfig {
  /** Sessions per thread. */
  readonly sessions: number;
  readonly insideVrf: number;
  readonly outsideVrf: number;
}

export interface NatAddress extends PoolAddress {
  readonly isTwiceNat: boolean;
}

export interface NatInterface {
  readonly index: number;
  readonly swIfIndex: number;
  /** INSIDE, OUTSIDE, or both. */
  flags: number;
}

/** Waits for the first IPv4 address of an interface, or has it. */
interface Resolving {
  readonly swIfIndex: number;
  isResolved: boolean;
}

export type ResolvingAddress = Resolving & { readonly isTwiceNat: boolean };
export type ResolvingMapping = Resolving & { readonly request: MappingRequest };

export class Nat44 {
  private readonly pool: NatPool<NatAddress>;
  private readonly twiceNatPool: NatPool<NatAddress>;
  readonly interfaces = new Pool<NatInterface>();
  readonly outputInterfaces = new Pool<NatInterface>();
  readonly mappings: NatMappings;
  readonly sessions = new NatSessions();
  readonly addressesOf: ResolvingAddress[] = [];
  readonly mappingsOf: ResolvingMapping[] = [];

  /** The locks on both tables of the configuration are never undone. */
  constructor(
    readonly config: NatConfig,
    locks: TableLocks,
    private readonly dataplane: Dataplane,
  ) {
    this.pool = new NatPool(locks);
    this.twiceNatPool = new NatPool(locks);
    locks.lock(config.insideVrf);
    locks.lock(config.outsideVrf);
    this.mappings = new NatMappings(locks, config.insideVrf);
  }

  addAddress(address: string, vrf: number, isTwiceNat: boolean): number {
    const isNew = this.poolOf(isTwiceNat).add({ address, vrf, isTwiceNat });
    return isNew ? Retval.OK : Retval.VALUE_EXIST;
  }

  removeAddress(address: string, isTwiceNat: boolean): number {
    if (!this.poolOf(isTwiceNat).remove(address)) return Retval.NO_SUCH_ENTRY;
    this.sessions.deleteAllOf(address);
    return Retval.OK;
  }

  get addresses(): readonly NatAddress[] {
    return this.pool.values;
  }

  get twiceNatAddresses(): readonly NatAddress[] {
    return this.twiceNatPool.values;
  }

  private poolOf(isTwiceNat: boolean): NatPool<NatAddress> {
    return isTwiceNat ? this.twiceNatPool : this.pool;
  }

  removeMapping(request: MappingRequest): number {
    const known = this.mappings.find(request);
    const retval = this.mappings.remove(request);
    if (retval === Retval.OK && known !== undefined) {
      const { local, localPort, protocol } = known;
      const hasAllPorts = (request.flags & NatFlag.ADDR_ONLY) !== 0;
      this.sessions.deleteAll(({ isStatic, inside, protocol: own }) => {
        const isItsPort = hasAllPorts || (inside.port === localPort && own === protocol);
        return isStatic === true && inside.address === local && isItsPort;
      });
    }
    return retval;
  }

  setFeature(swIfIndex: number, flag: number): number {
    if (at(this.outputInterfaces, swIfIndex) !== undefined) return Retval.VALUE_EXIST;
    const known = at(this.interfaces, swIfIndex);
    if (known === undefined) this.interfaces.add((index) => ({ index, swIfIndex, flags: flag }));
    else known.flags |= flag;
    return Retval.OK;
  }

  /** The interface goes unless it has both features, whichever of them it has. */
  unsetFeature(swIfIndex: number, flag: number): number {
    const known = at(this.interfaces, swIfIndex);
    if (known === undefined) return Retval.NO_SUCH_ENTRY;
    if (known.flags === (NatFlag.INSIDE | NatFlag.OUTSIDE)) known.flags &= ~flag;
    else this.interfaces.remove(known.index);
    return Retval.OK;
  }

  addOutput(swIfIndex: number): number {
    if (at(this.interfaces, swIfIndex) ?? at(this.outputInterfaces, swIfIndex)) return Retval.VALUE_EXIST;
    this.outputInterfaces.add((index) => ({ index, swIfIndex, flags: NatFlag.INSIDE | NatFlag.OUTSIDE }));
    return Retval.OK;
  }

  removeOutput(swIfIndex: number): number {
    const known = at(this.outputInterfaces, swIfIndex);
    if (known === undefined) return Retval.NO_SUCH_ENTRY;
    this.outputInterfaces.remove(known.index);
    return Retval.OK;
  }

  addAddressOf(swIfIndex: number, isTwiceNat: boolean): number {
    if (this.addressesOf.some((each) => each.swIfIndex === swIfIndex && each.isTwiceNat === isTwiceNat)) {
      return Retval.VALUE_EXIST;
    }
    const address = this.dataplane.interfaces.firstAddress(swIfIndex);
    const retval = address === undefined ? Retval.OK : this.addAddress(address, NO_VRF, isTwiceNat);
    if (retval !== Retval.OK) return retval;
    this.addressesOf.push({ swIfIndex, isTwiceNat, isResolved: address !== undefined });
    return Retval.OK;
  }

  removeAddressOf(swIfIndex: number, isTwiceNat: boolean): number {
    const found = this.addressesOf.findIndex((each) => each.swIfIndex === swIfIndex && each.isTwiceNat === isTwiceNat);
    if (found < 0) return Retval.NO_SUCH_ENTRY;
    takeOut(this.addressesOf, found);
    const address = this.dataplane.interfaces.firstAddress(swIfIndex);
    return address === undefined ? Retval.OK : this.removeAddress(address, isTwiceNat);
  }

  addMappingOf(swIfIndex: number, request: MappingRequest): number {
    if (this.mappingsOf.some((each) => isSame(each, swIfIndex, request))) return Retval.VALUE_EXIST;
    const address = this.dataplane.interfaces.firstAddress(swIfIndex);
    const retval = address === undefined ? Retval.OK : this.mappings.add({ ...request, external: address });
    if (retval === Retval.OK) this.mappingsOf.push({ swIfIndex, request, isResolved: address !== undefined });
    return retval;
  }

  removeMappingOf(swIfIndex: number, request: MappingRequest): number {
    const found = this.mappingsOf.findIndex((each) => isSame(each, swIfIndex, request));
    if (found < 0) return Retval.NO_SUCH_ENTRY;
    takeOut(this.mappingsOf, found);
    const address = this.dataplane.interfaces.firstAddress(swIfIndex);
    return address === undefined ? Retval.OK : this.mappings.remove({ ...request, external: address });
  }

  /** Follows an IPv4 address that came to an interface, or went. */
  addressChanged({ swIfIndex }: Interface, { text, v6 }: Address, isAdd: boolean): void {
    if (v6) return;
    const address = text.split('/')[0];
    const mine = this.mappingsOf.filter((each) => each.swIfIndex === swIfIndex && each.isResolved !== isAdd);
    for (const each of mine) {
      const request = { ...each.request, external: address };
      const retval = isAdd ? this.mappings.add(request) : this.mappings.remove(request);
      if (retval === Retval.OK) each.isResolved = isAdd;
    }
    const ofBoth = this.addressesOf.filter((each) => each.swIfIndex === swIfIndex);
    const first = ofBoth.find((each) => !each.isTwiceNat) ?? ofBoth[0];
    if (first === undefined || first.isResolved === isAdd) return;
    const { isTwiceNat } = first;
    const retval = isAdd ? this.addAddress(address, NO_VRF, isTwiceNat) : this.removeAddress(address, isTwiceNat);
    if (retval === Retval.OK) first.isResolved = isAdd;
  }

  forget(swIfIndex: number): void {
    for (const pool of [this.interfaces, this.outputInterfaces]) {
      const known = at(pool, swIfIndex);
      if (known !== undefined) pool.remove(known.index);
    }
  }

  /** Undoes all, as disabling the plugin does. */
  end(): void {
    this.mappings.removeAll();
    this.pool.clear();
    this.twiceNatPool.clear();
  }
}

export function at(pool: Pool<NatInterface>, swIfIndex: number): NatInterface | undefined {
  return [...pool.values()].find((each) => each.swIfIndex === swIfIndex);
}

/** The last one takes the place of the one that goes. */
export function takeOut<T>(list: T[], index: number): void {
  list[index] = list[list.length - 1];
  list.pop();
}

export function isSame(
  { swIfIndex, request: known }: Pick<ResolvingMapping, 'swIfIndex' | 'request'>,
  other: number,
  request: MappingRequest,
): boolean {
  if (swIfIndex !== other || known.vrf !== request.vrf) return false;
  const isIdentity = known.isIdentity && request.isIdentity;
  if (!isIdentity && known.local !== request.local) return false;
  if (known.flags & request.flags & NatFlag.ADDR_ONLY) return true;
  const hasPorts = known.externalPort === request.externalPort && known.protocol === request.protocol;
  return hasPorts && (isIdentity || known.localPort === request.localPort);
}
