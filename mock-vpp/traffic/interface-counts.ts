/** Counters of one interface, for each thread: names and order are those of VPP's `/if/…`. */

/** Counters of packets. */
export const SIMPLE_COUNTERS = [
  'drops',
  'punt',
  'ip4',
  'ip6',
  'rx-no-buf',
  'rx-miss',
  'rx-error',
  'tx-error',
  'mpls',
] as const;

/** Counters of packets and bytes. */
export const COMBINED_COUNTERS = [
  'rx',
  'rx-unicast',
  'rx-multicast',
  'rx-broadcast',
  'tx',
  'tx-unicast',
  'tx-multicast',
  'tx-broadcast',
] as const;

export type SimpleCounter = (typeof SIMPLE_COUNTERS)[number];
export type CombinedCounter = (typeof COMBINED_COUNTERS)[number];

export interface Amount {
  readonly packets: number;
  readonly bytes: number;
}

export class InterfaceCounts {
  private readonly simple: Map<SimpleCounter, number>[];
  private readonly combined: Map<CombinedCounter, Amount>[];
  /** Threads whose counters have changed; who shows them takes them out. */
  readonly changed = new Set<number>();

  constructor(threads: number) {
    this.simple = Array.from({ length: threads }, () => new Map());
    this.combined = Array.from({ length: threads }, () => new Map());
  }

  count(thread: number, name: SimpleCounter, packets: number): void {
    const counters = this.simple[thread];
    this.changed.add(thread);
    counters.set(name, (counters.get(name) ?? 0) + packets);
  }

  countBytes(thread: number, name: CombinedCounter, packets: number, bytes: number): void {
    const before = this.amount(thread, name);
    this.changed.add(thread);
    this.combined[thread].set(name, { packets: before.packets + packets, bytes: before.bytes + bytes });
  }

  packets(thread: number, name: SimpleCounter): number {
    return this.simple[thread].get(name) ?? 0;
  }

  amount(thread: number, name: CombinedCounter): Amount {
    return this.combined[thread].get(name) ?? { packets: 0, bytes: 0 };
  }

  /** Counters of a thread that have counted anything. */
  counted(thread: number): {
    readonly simple: Iterable<readonly [SimpleCounter, number]>;
    readonly combined: Iterable<readonly [CombinedCounter, Amount]>;
  } {
    return { simple: this.simple[thread], combined: this.combined[thread] };
  }

  /** Sums a counter over all threads. */
  totalPackets(name: SimpleCounter): number {
    return this.simple.reduce((sum, counters) => sum + (counters.get(name) ?? 0), 0);
  }

  total(name: CombinedCounter): Amount {
    const amounts = this.combined.map((_, thread) => this.amount(thread, name));
    return {
      packets: amounts.reduce((sum, { packets }) => sum + packets, 0),
      bytes: amounts.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  /** Sets back what VPP sets back for the next tunnel of an interface; the other counters go on. */
  restart(): void {
    for (const [thread, counters] of this.combined.entries()) {
      this.changed.add(thread);
      for (const name of ['rx', 'tx'] as const) if (counters.has(name)) counters.set(name, { packets: 0, bytes: 0 });
      if (this.simple[thread].has('drops')) this.simple[thread].set('drops', 0);
    }
  }

  clear(): void {
    for (const counters of [...this.simple, ...this.combined]) counters.clear();
  }
}
