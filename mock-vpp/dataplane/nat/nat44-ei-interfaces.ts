/** Interfaces of NAT44-EI: inside and outside, or output. */
import { Retval } from '../../retvals.js';
import { Pool } from '../pool.js';
import { at, type NatInterface } from './nat44.js';

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

/** VPP's retval where its count of inside interfaces does not go down any further. */
const NOT_COUNTED = 1;

export class EiInterfaces {
  features = new Pool<NatInterface>();
  outputs = new Pool<NatInterface>();
  /** Interfaces told of by the older request, which VPP keeps for its dump, whatever becomes of them. */
  readonly told = new Pool<NatInterface>();
  private isEnabled = false;
  private isOneWay = false;
  /** Interfaces for which packets between inside hosts are looked at; outlives disabling. */
  private insideCount = 0;

  enable(flags: number): void {
    this.isEnabled = true;
    this.isOneWay = (flags & EiFlag.OUT2IN_DPO) !== 0;
  }

  /** Returns the retval: VPP finds fault with interfaces that it has not counted. */
  disable(): number {
    const retvals = [...this.features.values()].map(({ swIfIndex }) => this.unset(swIfIndex));
    this.features = new Pool();
    this.outputs = new Pool();
    this.isEnabled = false;
    return retvals.every((retval) => retval === Retval.OK) ? Retval.OK : Retval.BUG;
  }

  setFeature(swIfIndex: number, flag: number): number {
    const refusal = this.refusalOf(flag);
    if (refusal !== Retval.OK) return refusal;
    if (at(this.outputs, swIfIndex) !== undefined) return Retval.VALUE_EXIST;
    const known = at(this.features, swIfIndex);
    if (known === undefined) {
      if (flag === EiFlag.INSIDE && !this.isOneWay) this.insideCount++;
      this.features.add((index) => ({ index, swIfIndex, flags: flag }));
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
    const known = at(this.features, swIfIndex);
    if (known === undefined) return Retval.NO_SUCH_ENTRY;
    if (known.flags === (EiFlag.INSIDE | EiFlag.OUTSIDE)) {
      if (flag === EiFlag.OUTSIDE) this.insideCount++;
      known.flags &= ~flag;
    } else {
      if (flag === EiFlag.INSIDE && !this.uncount()) return NOT_COUNTED;
      this.features.remove(known.index);
    }
    return Retval.OK;
  }

  addOutput(swIfIndex: number): number {
    if (!this.isEnabled) return Retval.FEATURE_ALREADY_DISABLED;
    if (at(this.features, swIfIndex) ?? at(this.outputs, swIfIndex)) return Retval.VALUE_EXIST;
    this.outputs.add((index) => ({ index, swIfIndex, flags: EiFlag.INSIDE | EiFlag.OUTSIDE }));
    return Retval.OK;
  }

  removeOutput(swIfIndex: number): number {
    if (!this.isEnabled) return Retval.FEATURE_ALREADY_DISABLED;
    const known = at(this.outputs, swIfIndex);
    if (known === undefined) return Retval.NO_SUCH_ENTRY;
    this.outputs.remove(known.index);
    return Retval.OK;
  }

  forget(swIfIndex: number): void {
    this.unset(swIfIndex);
    this.removeOutput(swIfIndex);
  }

  private unset(swIfIndex: number): number {
    const flags = at(this.features, swIfIndex)?.flags ?? 0;
    const own = [EiFlag.INSIDE, EiFlag.OUTSIDE].filter((flag) => flags & flag);
    const retvals = own.map((flag) => this.unsetFeature(swIfIndex, flag));
    return retvals.find((retval) => retval !== Retval.OK) ?? Retval.OK;
  }

  private refusalOf(flag: number): number {
    if (!this.isEnabled) return Retval.FEATURE_ALREADY_DISABLED;
    return this.isOneWay && flag === EiFlag.OUTSIDE ? Retval.UNSUPPORTED : Retval.OK;
  }

  private uncount(): boolean {
    if (this.insideCount === 0) return false;
    this.insideCount--;
    return true;
  }
}
