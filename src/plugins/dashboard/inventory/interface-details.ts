/**
 * Addresses and tables of interfaces. They take three requests for each interface, so they are read where they may have changed, and
 * of all others a few at a time, the oldest first: VPP's own command line can change them unseen.
 */

import type { Channel } from '../../../mux/index.js';
import { type ExchangeOptions, type Interface, interfaces } from '../../../vpp/index.js';
import type { InterfaceSettings } from '../protocol/index.js';

/** Interfaces that are asked for at a time: the rest of the agent takes turns with them. */
const AT_ONCE = 16;
/** Milliseconds after which what is known counts as old. */
const OLD_MS = 60_000;

type Details = Pick<InterfaceSettings, 'addresses' | 'table' | 'table6'>;

interface Entry {
  /** An index is used again: under another name it is another interface. */
  readonly name: string;
  readonly details: Details;
  /** Time at which it was read, or could not be. */
  readonly at: number;
}

export class InterfaceDetails {
  private readonly now: () => number;
  private entries = new Map<number, Entry>();
  private readonly changed = new Set<number>();
  private isAllChanged = false;

  /** `now` gives milliseconds that only grow. */
  constructor(now: () => number = () => performance.now()) {
    this.now = now;
  }

  /** Marks an interface, or without `index` all of them, to be read again. */
  mayHaveChanged(index?: number): void {
    if (index === undefined) this.isAllChanged = true;
    else this.changed.add(index);
  }

  of(index: number): Details {
    return this.entries.get(index)?.details ?? {};
  }

  /** Reads what is not known of `list` or may have changed, and at most `renewed` of those that are old; forgets all others. */
  async read(channel: Channel, list: readonly Interface[], renewed: number, options: ExchangeOptions): Promise<void> {
    const wanted = this.wanted(list, renewed);
    this.isAllChanged = false;
    for (const { swIfIndex } of wanted) this.changed.delete(swIfIndex);
    const kept = new Map<number, Entry>();
    for (const { swIfIndex, name } of list) {
      const entry = this.entries.get(swIfIndex);
      if (entry?.name === name) kept.set(swIfIndex, entry);
    }
    this.entries = kept;
    for (let i = 0; i < wanted.length; i += AT_ONCE) {
      const some = wanted.slice(i, i + AT_ONCE);
      const read = await Promise.all(some.map((each) => detailsOf(channel, each, options)));
      for (const [at, { swIfIndex, name }] of some.entries()) {
        this.entries.set(swIfIndex, { name, details: read[at], at: this.now() });
      }
    }
  }

  private wanted(list: readonly Interface[], renewed: number): readonly Interface[] {
    const isUnknown = ({ swIfIndex, name }: Interface) => {
      const entry = this.entries.get(swIfIndex);
      return entry?.name !== name || this.changed.has(swIfIndex);
    };
    if (this.isAllChanged) return list;
    const oldest = list
      .filter((each) => !isUnknown(each))
      .map((each) => ({ each, at: this.entries.get(each.swIfIndex)?.at ?? 0 }))
      .filter(({ at }) => this.now() - at >= OLD_MS)
      .sort((a, b) => a.at - b.at);
    return [...list.filter(isUnknown), ...oldest.slice(0, renewed).map(({ each }) => each)];
  }
}

/** Empty where VPP does not tell, as of an interface that has gone meanwhile. */
async function detailsOf(channel: Channel, { swIfIndex }: Interface, options: ExchangeOptions): Promise<Details> {
  const tableOf = async (is_ipv6: boolean) => {
    const { vrf_id } = await channel.request('sw_interface_get_table', { sw_if_index: swIfIndex, is_ipv6 }, options);
    return Number(vrf_id);
  };
  try {
    const [addresses, table, table6] = await Promise.all([
      interfaces.listAddresses(channel, swIfIndex, options),
      tableOf(false),
      tableOf(true),
    ]);
    return { addresses, ...(table !== 0 && { table }), ...(table6 !== 0 && table6 !== table && { table6 }) };
  } catch {
    return {};
  }
}
