/** Protection of tunnels by IPsec: the association that sends, and up to four that receive. */
import { Retval } from '../../retvals.js';
import type { Interface } from '../interfaces/interface.js';
import { Pool } from '../pool.js';
import { SaFlag, type SecurityAssociation, type SecurityAssociations } from './ipsec-sas.js';

const MAX_INBOUND = 4;

export interface Protection {
  readonly index: number;
  readonly swIfIndex: number;
  readonly nextHop: string;
  /** Whether the tunnel has ends of its own, or those of its associations. */
  readonly hasEnds: boolean;
  out: SecurityAssociation;
  inbound: readonly SecurityAssociation[];
}

export class Protections {
  private readonly pool = new Pool<Protection>();
  /** In effect, by interface. The pool has those as well that VPP refused and forgot there. */
  private readonly byInterface = new Map<Interface, Protection[]>();

  constructor(private readonly sas: SecurityAssociations) {}

  values(): Iterable<Protection> {
    return this.pool.values();
  }

  at(itf: Interface): readonly Protection[] {
    return this.byInterface.get(itf) ?? [];
  }

  /** The one of a next hop; a point-to-point tunnel has one, whichever next hop is asked for. */
  find(itf: Interface, nextHop: string): Protection | undefined {
    const isMultiPoint = itf.device.tunnel?.isMultiPoint ?? true;
    return this.at(itf).find((each) => !isMultiPoint || each.nextHop === nextHop);
  }

  /** Protects a tunnel, or changes what it is protected by. VPP leaves associations locked when it refuses. */
  update(itf: Interface, nextHop: string, outId: number, inboundIds: readonly number[]): number {
    if (inboundIds.length > MAX_INBOUND) return Retval.LIMIT_EXCEEDED;
    const inbound: SecurityAssociation[] = [];
    for (const id of inboundIds) {
      const sa = this.sas.acquire(id);
      if (sa === undefined) return Retval.INVALID_VALUE;
      inbound.push(sa);
    }
    const out = this.sas.acquire(outId);
    if (out === undefined) return Retval.INVALID_VALUE;
    const known = this.find(itf, nextHop);
    if (known !== undefined) {
      this.release(known);
      Object.assign(known, { out, inbound });
      this.use(known);
      return Retval.OK;
    }
    const { tunnel } = itf.device;
    if (tunnel === undefined) return Retval.INVALID_SW_IF_INDEX;
    const { swIfIndex } = itf;
    const made = this.pool.add((index) => ({ index, swIfIndex, nextHop, hasEnds: tunnel.hasEnds, out, inbound }));
    if (!made.hasEnds && !(out.flags & SaFlag.TUNNEL)) return Retval.INVALID_DST_ADDRESS;
    this.use(made);
    this.byInterface.set(itf, [...this.at(itf), made]);
    return Retval.OK;
  }

  remove(itf: Interface, protection: Protection): void {
    this.release(protection);
    this.pool.remove(protection.index);
    const left = this.at(itf).filter((each) => each !== protection);
    if (left.length > 0) this.byInterface.set(itf, left);
    else this.byInterface.delete(itf);
  }

  forget(itf: Interface): void {
    for (const protection of this.at(itf)) this.remove(itf, protection);
  }

  private use(protection: Protection): void {
    for (const sa of usedBy(protection)) sa.protections.add(protection);
    for (const sa of protection.inbound) if (protection.hasEnds && sa.flags & SaFlag.TUNNEL) sa.isProtecting = true;
  }

  private release(protection: Protection): void {
    for (const sa of protection.inbound) sa.isProtecting = false;
    for (const sa of usedBy(protection)) {
      sa.protections.delete(protection);
      this.sas.unlock(sa);
    }
  }
}

const usedBy = ({ out, inbound }: Protection) => [out, ...inbound];
