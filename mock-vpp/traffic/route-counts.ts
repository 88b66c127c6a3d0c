/** Counters of routes, by the stats index of each: packets that were looked up, by thread. */
import type { Interface } from '../dataplane/interfaces/interface.js';
import type { Amount } from './interface-counts.js';

/** The routes that packets find. */
export interface Routes {
  /** All stats indices are below it. */
  readonly end: number;
  /** Stats index of the route that the packets of an interface take; undefined where it has none. */
  of(itf: Interface, v6: boolean): number | undefined;
}

export class RouteCounts {
  /** Stats indices that have counted since their counters were shown; who shows them takes them out. */
  readonly changed = new Set<number>();
  private readonly byRoute = new Map<number, Amount[]>();

  constructor(private readonly routes: Routes) {}

  get end(): number {
    return this.routes.end;
  }

  /** Counts packets that an interface has received. */
  count(itf: Interface, v6: boolean, thread: number, packets: number, bytes: number): void {
    const index = this.routes.of(itf, v6);
    if (index === undefined || packets === 0) return;
    const counts = this.byRoute.get(index) ?? [];
    const before = counts[thread] ?? { packets: 0, bytes: 0 };
    counts[thread] = { packets: before.packets + packets, bytes: before.bytes + bytes };
    this.byRoute.set(index, counts);
    this.changed.add(index);
  }

  /** Counters of a route by thread; a thread that has counted nothing may be missing. */
  at(index: number): readonly (Amount | undefined)[] {
    return this.byRoute.get(index) ?? [];
  }
}
