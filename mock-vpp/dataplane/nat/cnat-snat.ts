/** Source addresses of CNAT, by the index of the FIB that packets come from; one entry may be the default of all others. */
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import type { Address, Interface } from '../interfaces/interface.js';
import { Pool } from '../pool.js';
import { NO_INTERFACE } from '../routing/paths.js';

/** Bit of `cnat_snat_policy_flags`. */
const USE_AS_DEFAULT = 4;

/** The address of one family. */
interface SourceAddress {
  address: string;
  /** 0 until it is first set. */
  swIfIndex: number;
  fwdFibIndex: number;
  retFibIndex: number;
  isResolved: boolean;
  /** Whether it follows the interface's address: only where that had none at first. */
  isWatched: boolean;
}

export interface SnatEntry {
  readonly index: number;
  readonly ip4: SourceAddress;
  readonly ip6: SourceAddress;
  /** `cnat_snat_policies`. */
  policy: number;
  /** Interfaces by `cnat_snat_policy_table`. */
  readonly interfaces: readonly Set<number>[];
  readonly excluded: Set<string>;
}

export interface SnatRequest {
  readonly fwdFibIndex: number;
  readonly retFibIndex: number;
  readonly ip4: string;
  readonly ip6: string;
  readonly swIfIndex: number;
  readonly flags: number;
}

/** Number of tables of interfaces. */
export const INTERFACE_TABLES = 4;
const FAMILIES = ['ip4', 'ip6'] as const;
const NO_ADDRESS = { ip4: '0.0.0.0', ip6: '::' } as const;

export class CnatSnat {
  private readonly pool = new Pool<SnatEntry>();
  private readonly byFib = { ip4: new Map<number, SnatEntry>(), ip6: new Map<number, SnatEntry>() };
  /** Stays when the entry is removed, as in VPP. */
  private preferred?: SnatEntry;

  constructor(private readonly dataplane: Dataplane) {}

  values(): Iterable<SnatEntry> {
    return this.pool.values();
  }

  /** The entry of FIB 0. */
  get default(): SnatEntry | undefined {
    return this.find(0);
  }

  /** Whether it removes the default, which is removed already. */
  removesTwice(request: SnatRequest): boolean {
    const entry = this.find(request.fwdFibIndex);
    return isRemoval(request) && entry !== undefined && this.pool.get(entry.index) !== entry;
  }

  set(request: SnatRequest): number {
    const given = addressesIn(request);
    const isByInterface = request.swIfIndex !== NO_INTERFACE;
    let entry = this.find(request.fwdFibIndex);
    if (isRemoval(request)) return entry === undefined ? Retval.FEATURE_DISABLED : this.remove(request, entry);
    if (entry === undefined) {
      entry = this.pool.add(newEntry);
      if (request.flags & USE_AS_DEFAULT) this.preferred = entry;
    }
    for (const family of isByInterface ? FAMILIES : given) {
      const source = entry[family];
      const { swIfIndex, fwdFibIndex, retFibIndex } = request;
      Object.assign(source, { swIfIndex, fwdFibIndex, retFibIndex, isWatched: false });
      if (given.includes(family)) source.address = request[family];
      const own = this.dataplane.interfaces.firstAddress(swIfIndex, family === 'ip6');
      if (own !== undefined) source.address = own;
      if (!isByInterface || own !== undefined) source.isResolved = true;
      else source.isWatched = true;
      this.byFib[family].set(fwdFibIndex, entry);
    }
    return Retval.OK;
  }

  addressAdded({ swIfIndex }: Interface, { v6, text }: Address): void {
    for (const source of this.watchingAt(swIfIndex, v6)) {
      if (source.isResolved) continue;
      source.address = text.split('/')[0];
      source.isResolved = true;
    }
  }

  addressRemoved({ swIfIndex }: Interface, { v6 }: Address): void {
    for (const source of this.watchingAt(swIfIndex, v6)) {
      const left = this.dataplane.interfaces.firstAddress(swIfIndex, v6);
      source.isResolved = left !== undefined;
      if (left !== undefined) source.address = left;
    }
  }

  private find(fibIndex: number): SnatEntry | undefined {
    return this.byFib.ip4.get(fibIndex) ?? this.byFib.ip6.get(fibIndex) ?? this.preferred;
  }

  private remove({ fwdFibIndex }: SnatRequest, entry: SnatEntry): number {
    this.byFib.ip4.delete(fwdFibIndex);
    this.byFib.ip6.delete(fwdFibIndex);
    if (this.pool.get(entry.index) === entry) this.pool.remove(entry.index);
    return Retval.OK;
  }

  private watchingAt(swIfIndex: number, v6: boolean): SourceAddress[] {
    const all = [...this.pool.values()].map((entry) => (v6 ? entry.ip6 : entry.ip4));
    return all.filter((source) => source.isWatched && source.swIfIndex === swIfIndex);
  }
}

const addressesIn = (request: SnatRequest) => FAMILIES.filter((family) => request[family] !== NO_ADDRESS[family]);

const isRemoval = (request: SnatRequest) => request.swIfIndex === NO_INTERFACE && addressesIn(request).length === 0;

function newEntry(index: number): SnatEntry {
  const none = { swIfIndex: 0, fwdFibIndex: 0, retFibIndex: 0, isResolved: false, isWatched: false };
  return {
    index,
    ip4: { ...none, address: NO_ADDRESS.ip4 },
    ip6: { ...none, address: NO_ADDRESS.ip6 },
    policy: 0,
    interfaces: Array.from({ length: INTERFACE_TABLES }, () => new Set<number>()),
    excluded: new Set(),
  };
}
