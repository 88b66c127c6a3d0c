/**
 * The MAC addresses of bridge domains: provisioned ones, and those that a test has learnt by hand. Entries belong to a domain's
 * index: they outlive the domain, and show up again in the next one with that index, as in VPP.
 */

import type { Dataplane } from '../dataplane.js';
import { NO_INTERFACE } from '../routing/paths.js';
import type { BridgeDomains } from './bridge-domains.js';

export interface L2FibEntry {
  readonly bdIndex: number;
  readonly mac: string;
  /** ~0 for a filter. */
  readonly swIfIndex: number;
  readonly isStatic: boolean;
  readonly isFilter: boolean;
  readonly isBvi: boolean;
  readonly isLearnt: boolean;
}

/** `mac_event_action` of l2_macs_event. */
const MacEvent = { ADD: 0, DELETE: 1, MOVE: 2 } as const;
/** sw_if_index of a deletion that takes any. */
const ANY_INTERFACE = 0;

export class L2Fib {
  private readonly entries = new Map<string, L2FibEntry>();

  constructor(
    private readonly dataplane: Dataplane,
    private readonly bridges: BridgeDomains,
  ) {}

  /** Lists all, or those of one domain; the addresses of BVIs are always there. */
  values(bdIndex?: number): L2FibEntry[] {
    const domains = this.bridges.values().filter(({ bvi }) => bvi !== NO_INTERFACE);
    const ofBvis = domains.map(({ index, bvi }) => this.bviEntry(index, bvi));
    const keys = new Set(ofBvis.map(keyOf));
    const own = [...this.entries.values()].filter((entry) => !keys.has(keyOf(entry)));
    return [...own, ...ofBvis].filter((entry) => bdIndex === undefined || entry.bdIndex === bdIndex);
  }

  set(entry: Omit<L2FibEntry, 'isLearnt'>): void {
    this.entries.set(keyOf(entry), { ...entry, isLearnt: false });
  }

  /** Returns false where there is no such entry, or one of another interface. */
  delete(bdIndex: number, mac: string, swIfIndex: number): boolean {
    const entry = this.entries.get(keyOf({ bdIndex, mac }));
    if (entry === undefined || (swIfIndex !== ANY_INTERFACE && swIfIndex !== entry.swIfIndex)) return false;
    return this.entries.delete(keyOf(entry));
  }

  clear(): void {
    this.entries.clear();
  }

  /** Learns an address, as from a frame; the owner of MAC events gets one. Throws RangeError for an interface that is not bridged. */
  learn(mac: string, swIfIndex: number): void {
    const bdIndex = this.bridges.bridgeOf(swIfIndex)?.domain.index;
    if (bdIndex === undefined) throw new RangeError(`the interface ${swIfIndex} is not in a bridge domain`);
    const known = this.entries.get(keyOf({ bdIndex, mac }));
    if (known?.isLearnt === false || known?.swIfIndex === swIfIndex) return;
    const entry = { bdIndex, mac, swIfIndex, isStatic: false, isFilter: false, isBvi: false, isLearnt: true };
    this.entries.set(keyOf(entry), entry);
    this.tell(entry, known === undefined ? MacEvent.ADD : MacEvent.MOVE);
  }

  /** Forgets the learnt ones that fit. */
  flush(fits: (entry: L2FibEntry) => boolean = () => true): void {
    for (const [key, entry] of this.entries) {
      if (!entry.isLearnt || !fits(entry)) continue;
      this.entries.delete(key);
      this.tell(entry, MacEvent.DELETE);
    }
  }

  private tell({ mac, swIfIndex }: L2FibEntry, action: number): void {
    this.dataplane.emit('l2_macs_event', { mac: [{ sw_if_index: swIfIndex, mac_addr: mac, action, flags: 0 }] });
  }

  private bviEntry(bdIndex: number, swIfIndex: number): L2FibEntry {
    const { interfaces } = this.dataplane;
    const { mac } = interfaces.superOf(this.dataplane.interfaceAt(swIfIndex)).hardware;
    return { bdIndex, mac, swIfIndex, isStatic: true, isFilter: false, isBvi: true, isLearnt: false };
  }
}

const keyOf = ({ bdIndex, mac }: Pick<L2FibEntry, 'bdIndex' | 'mac'>) => `${bdIndex} ${mac}`;
