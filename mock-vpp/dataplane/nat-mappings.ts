/** Static and identity mappings of NAT44-ED, by VPP's own keys: what it leaves behind and does not look at, too. */
import { Retval } from '../retvals.js';
import { Pool } from './pool.js';
import type { TableLocks } from './table-locks.js';

/** A mapping as requests name it. Identity mappings have the same address and port on both sides. */
export interface MappingRequest {
  readonly isIdentity: boolean;
  /** Bits of nat_config_flags. */
  readonly flags: number;
  readonly local: string;
  readonly localPort: number;
  readonly external: string;
  readonly externalPort: number;
  readonly protocol: number;
  /** ~0: the table that the plugin was enabled with. */
  readonly vrf: number;
  readonly tag: string;
}

export interface Mapping extends MappingRequest {
  readonly index: number;
  /** Tables of an identity mapping. */
  readonly vrfs: Pool<number>;
}

export const NatFlag = {
  TWICE_NAT: 1,
  SELF_TWICE_NAT: 2,
  OUT2IN_ONLY: 4,
  ADDR_ONLY: 8,
  OUTSIDE: 16,
  INSIDE: 32,
} as const;

const ANY_VRF = 0xffffffff;

export class NatMappings {
  private readonly pool = new Pool<Mapping>();
  private readonly byExternal = new Map<string, Mapping>();
  private readonly locals = new Set<string>();

  constructor(
    private readonly locks: TableLocks,
    private readonly insideVrf: number,
  ) {}

  values(): Iterable<Mapping> {
    return this.pool.values();
  }

  add(request: MappingRequest): number {
    const wanted = normal(request);
    const known = this.byExternal.get(externalKey(wanted));
    if (known !== undefined) return this.addTable(known, wanted.vrf);
    const vrf = wanted.vrf === ANY_VRF ? this.insideVrf : wanted.vrf;
    this.locks.lock(vrf);
    const isOneWay = (wanted.flags & NatFlag.OUT2IN_ONLY) !== 0;
    const local = localKey(wanted, vrf);
    // VPP keeps the lock on the table when it refuses.
    if (!isOneWay && !wanted.isIdentity && this.locals.has(local)) return Retval.VALUE_EXIST;
    const vrfs = new Pool<number>();
    if (wanted.isIdentity) vrfs.add(() => vrf);
    const made = this.pool.add((index) => ({ ...wanted, index, vrf: wanted.isIdentity ? 0 : vrf, vrfs }));
    if (!isOneWay) this.locals.add(local);
    this.byExternal.set(externalKey(wanted), made);
    return Retval.OK;
  }

  /** VPP finds it by its external side alone. */
  remove(request: MappingRequest): number {
    const wanted = normal(request);
    const known = this.byExternal.get(externalKey(wanted));
    if (known === undefined) return Retval.NO_SUCH_ENTRY;
    let { vrf } = known;
    if (wanted.isIdentity) {
      vrf = wanted.vrf === ANY_VRF ? this.insideVrf : wanted.vrf;
      const at = indexOf(known.vrfs, vrf);
      if (at < 0) return Retval.NO_SUCH_ENTRY;
      known.vrfs.remove(at);
    }
    if (!(wanted.flags & NatFlag.OUT2IN_ONLY)) this.locals.delete(localKey(wanted, vrf));
    this.locks.unlock(vrf);
    if (known.vrfs.size > 0) return Retval.OK;
    this.byExternal.delete(externalKey(wanted));
    this.pool.remove(known.index);
    return Retval.OK;
  }

  /** Undoes each with the fields it has: the tables of an identity mapping other than 0 stay locked. */
  removeAll(): void {
    for (const mapping of [...this.values()]) this.remove(mapping);
  }

  /** An identity mapping takes further tables; here ~0 is the number of one. */
  private addTable(known: Mapping, vrf: number): number {
    if (!known.isIdentity || indexOf(known.vrfs, vrf) >= 0) return Retval.VALUE_EXIST;
    known.vrfs.add(() => vrf);
    this.locks.lock(vrf);
    this.locals.add(localKey(known, vrf));
    return Retval.OK;
  }
}

function normal(request: MappingRequest): MappingRequest {
  const addressed =
    request.flags & NatFlag.ADDR_ONLY ? { ...request, localPort: 0, externalPort: 0, protocol: 0 } : request;
  if (!request.isIdentity) return addressed;
  return { ...addressed, local: addressed.external, localPort: addressed.externalPort };
}

function indexOf(vrfs: Pool<number>, vrf: number): number {
  for (let at = vrfs.next(0); at >= 0; at = vrfs.next(at + 1)) if (vrfs.get(at) === vrf) return at;
  return -1;
}

const externalKey = ({ external, externalPort, protocol }: MappingRequest) => `${external} ${externalPort} ${protocol}`;
const localKey = ({ local, localPort, protocol }: MappingRequest, vrf: number) =>
  `${local} ${localPort} ${protocol} ${vrf}`;
