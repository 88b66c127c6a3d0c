/** QoS settings of interfaces by source, which is a layer. */
import { Retval } from '../../retvals.js';

export const SOURCES = 4;

export class BySource<T> {
  private readonly values: readonly Map<number, T>[] = Array.from({ length: SOURCES }, () => new Map());
  /** Interfaces that VPP has room for, by source. */
  private readonly lengths: number[] = Array.from({ length: SOURCES }, () => 0);

  get(source: number, swIfIndex: number): T | undefined {
    return this.values[source].get(swIfIndex);
  }

  /** Makes room for an interface, and for those before it. */
  reach(source: number, swIfIndex: number): void {
    this.lengths[source] = Math.max(this.lengths[source], swIfIndex + 1);
  }

  set(source: number, swIfIndex: number, value: T): void {
    this.reach(source, swIfIndex);
    this.values[source].set(swIfIndex, value);
  }

  /** Removes a value; refuses with one number where there is no room, and with another where there is no value. */
  remove(source: number, swIfIndex: number): number {
    if (this.lengths[source] <= swIfIndex) return Retval.NO_MATCHING_INTERFACE;
    return this.values[source].delete(swIfIndex) ? Retval.OK : Retval.VALUE_EXIST;
  }

  /** Forgets an interface that is gone. */
  forget(swIfIndex: number): void {
    for (const values of this.values) values.delete(swIfIndex);
  }

  /** All values, by source and interface. */
  *entries(): Generator<{ readonly source: number; readonly swIfIndex: number; readonly value: T }> {
    for (const [source, values] of this.values.entries()) {
      for (const [swIfIndex, value] of [...values].sort(([a], [b]) => a - b)) yield { source, swIfIndex, value };
    }
  }
}
