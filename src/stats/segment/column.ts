/**
 * A symlink that was read: one column of the counters that it leads to, which were copied with it. The numbers of a column are put
 * together when they are asked for: a VPP has tens of thousands of symlinks, and few of them are looked at.
 */
import { inspect } from 'node:util';
import type { SymlinkEntry } from '../types.js';
import type { Counters } from './counters.js';
import { Damage } from './damage.js';

export class Column implements SymlinkEntry {
  readonly type = 'symlink';
  /** Throws Damage where a thread does not have the column. */
  constructor(
    readonly name: string,
    readonly target: string,
    readonly index: number,
    private readonly source: Counters,
  ) {
    if (source.type === 'histogram') throw new Damage(`it leads to ${target}, which is no counter`);
    for (const { length } of source.first) {
      if (index >= length) throw new Damage(`it leads to ${target}[${index}], which is not there`);
    }
  }

  get counters(): BigUint64Array | undefined {
    const { type, first } = this.source;
    return type === 'simple' ? this.of(first) : undefined;
  }

  get packets(): BigUint64Array | undefined {
    const { type, first } = this.source;
    return type === 'combined' ? this.of(first) : undefined;
  }

  get bytes(): BigUint64Array | undefined {
    const { type, second } = this.source;
    return type === 'combined' ? this.of(second) : undefined;
  }

  /** Shows its numbers, as an entry without getters would. */
  [inspect.custom](): object {
    const { name, type, target, index, counters, packets, bytes } = this;
    return { name, type, target, index, ...(counters ? { counters } : { packets, bytes }) };
  }

  private of(threads: readonly BigUint64Array[]): BigUint64Array {
    return BigUint64Array.from(threads, (values) => values[this.index]);
  }
}
