/** Static and identity mappings of NAT44-ED, by VPP's own keys: what it leaves behind and does not look at, too. */
import { Retval } from '../../retvals.js';
import { Pool } from '../pool.js';
import type { TableLocks } from '../routing/table-locks.js';

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
  /** Local sides of one that balances load between them. */
  readonly backends?: Pool<Backend>;
}

/** One of the local sides that load is balanced between. */
export interface Backend {
  readonly index: number;
  readonly addr: string;
  readonly port: number;
  readonly probability: number;
  readonly vrf: number;
}

/** Addresses and ports outside that a mapping has to take one of, where there is such a rule. */
export interface NatPorts {
  has(address: string): boolean;
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
  /** External address → its mappings. */
  private readonly byAddress = new Map<string, Set<Mapping>>();
  private readonly locals = new Set<string>();

  constructor(
    private readonly locks: TableLocks,
    private readonly insideVrf: number,
    /** External sides have to be here, but those of all ports. Default: anything will do. */
    private readonly ports?: NatPorts,
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
    if (!this.hasPort(wanted)) return Retval.NO_SUCH_ENTRY;
    const vrfs = new Pool<number>();
    if (wanted.isIdentity) vrfs.add(() => vrf);
    const made = this.pool.add((index) => ({ ...wanted, index, vrf: wanted.isIdentity ? 0 : vrf, vrfs }));
    if (!isOneWay) this.locals.add(local);
    this.keep(made);
    return Retval.OK;
  }

  /** Adds one that balances load. Its local sides are taken in table 0, whatever table they are in. */
  addBalanced(request: MappingRequest, locals: readonly Omit<Backend, 'index'>[]): void {
    const backends = new Pool<Backend>();
    for (const local of locals) {
      this.locks.lock(local.vrf);
      this.takeLocal(request, local, 0);
      backends.add((index) => ({ ...local, index }));
    }
    this.keep(this.pool.add((index) => ({ ...request, index, vrfs: new Pool(), backends })));
  }

  removeBalanced({ backends, ...mapping }: Mapping, flags: number): void {
    for (const backend of backends?.values() ?? []) this.releaseLocal({ ...mapping, flags }, backend);
    this.drop(mapping);
  }

  addBackend(mapping: Mapping, local: Omit<Backend, 'index'>): void {
    this.locks.lock(local.vrf);
    this.takeLocal(mapping, local, local.vrf);
    mapping.backends?.add((index) => ({ ...local, index }));
  }

  removeBackend(mapping: Mapping, backend: Backend): void {
    this.releaseLocal(mapping, backend);
    mapping.backends?.remove(backend.index);
  }

  /** The mappings with an external address, in the order of their indices. */
  at(external: string): Mapping[] {
    return [...(this.byAddress.get(external) ?? [])].sort((a, b) => a.index - b.index);
  }

  /** The mapping with an external side. */
  find(external: ExternalSide): Mapping | undefined {
    return this.byExternal.get(externalKey(external));
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
    if (!this.hasPort(wanted)) return Retval.INVALID_VALUE;
    if (!(wanted.flags & NatFlag.OUT2IN_ONLY)) this.locals.delete(localKey(wanted, vrf));
    this.locks.unlock(vrf);
    // VPP says that it has removed one that balances load, which it leaves in place.
    if (known.vrfs.size === 0 && known.backends === undefined) this.drop(known);
    return Retval.OK;
  }

  /** Undoes each with the fields it has: the tables of an identity mapping other than 0 stay locked. */
  removeAll(): void {
    for (const mapping of [...this.values()]) this.remove(mapping);
  }

  private hasPort({ flags, external }: MappingRequest): boolean {
    return this.ports === undefined || (flags & NatFlag.ADDR_ONLY) !== 0 || this.ports.has(external);
  }

  private keep(mapping: Mapping): void {
    this.byExternal.set(externalKey(mapping), mapping);
    const its = this.byAddress.get(mapping.external) ?? new Set();
    this.byAddress.set(mapping.external, its.add(mapping));
  }

  private drop(mapping: Omit<Mapping, 'backends'>): void {
    const known = this.byExternal.get(externalKey(mapping));
    const its = this.byAddress.get(mapping.external);
    if (known !== undefined) its?.delete(known);
    if (its?.size === 0) this.byAddress.delete(mapping.external);
    this.byExternal.delete(externalKey(mapping));
    this.pool.remove(mapping.index);
  }

  private takeLocal({ flags, protocol }: MappingRequest, { addr, port }: Omit<Backend, 'index'>, vrf: number): void {
    if (!(flags & NatFlag.OUT2IN_ONLY)) this.locals.add(localKey({ local: addr, localPort: port, protocol }, vrf));
  }

  private releaseLocal({ flags, protocol }: MappingRequest, { addr, port, vrf }: Backend): void {
    this.locks.unlock(vrf);
    if (!(flags & NatFlag.OUT2IN_ONLY)) this.locals.delete(localKey({ local: addr, localPort: port, protocol }, vrf));
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

type ExternalSide = Pick<MappingRequest, 'external' | 'externalPort' | 'protocol'>;

const externalKey = ({ external, externalPort, protocol }: ExternalSide) => `${external} ${externalPort} ${protocol}`;
const localKey = (
  { local, localPort, protocol }: Pick<MappingRequest, 'local' | 'localPort' | 'protocol'>,
  vrf: number,
) => `${local} ${localPort} ${protocol} ${vrf}`;
