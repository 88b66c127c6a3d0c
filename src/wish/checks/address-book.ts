/**
 * All addresses of a wish. VPP takes several addresses of one network on an interface; a network that lies in another, or has one
 * in it, is refused, also on another interface.
 */

import type { Steps } from '../../slices.js';
import { endOf, isSame, type Network, overlaps, parseNetwork } from '../networks.js';
import type { Wish } from '../wish.js';

export interface AddressEntry {
  readonly owner: string;
  readonly text: string;
  readonly network: Network;
}

export class AddressBook {
  /** Entries by version, in the order of their first address; of the same first address the largest network is first. */
  private readonly sorted: Readonly<Record<4 | 6, readonly AddressEntry[]>>;
  /** For each entry of `sorted` the last address that one of those up to it reaches. */
  private readonly ends: Readonly<Record<4 | 6, readonly bigint[]>>;

  static *of(wish: Wish): Steps<AddressBook> {
    const byOwner = new Map<string, AddressEntry[]>();
    for (const all of [wish.all(), Object.entries(wish.file.loopbacks ?? {})]) {
      for (const [owner, { addresses = [] }] of all) {
        const entries = addresses.map((text) => ({ owner, text, network: parseNetwork(text) }));
        byOwner.set(owner, [...(byOwner.get(owner) ?? []), ...entries]);
        yield;
      }
    }
    return new AddressBook(byOwner);
  }

  private constructor(private readonly byOwner: ReadonlyMap<string, readonly AddressEntry[]>) {
    const all = [...byOwner.values()].flat();
    const of = (version: 4 | 6) => all.filter(({ network }) => network.version === version).sort(inOrder);
    this.sorted = { 4: of(4), 6: of(6) };
    this.ends = { 4: reachOf(this.sorted[4]), 6: reachOf(this.sorted[6]) };
  }

  /** The first entry that an address of `owner` cannot be there together with. */
  conflictOf(owner: string, text: string): AddressEntry | undefined {
    const network = parseNetwork(text);
    const foreign = this.overlapping(network).find((each) => each.owner !== owner && !isBeneath(each.owner, owner));
    if (foreign !== undefined) return foreign;
    // The first address of the interface that has to do with it decides: the same network is welcome.
    const first = this.byOwner.get(owner)?.find((each) => overlaps(each.network, network));
    return first === undefined || isSame(first.network, network) ? undefined : first;
  }

  private overlapping(network: Network): AddressEntry[] {
    const sorted = this.sorted[network.version];
    const ends = this.ends[network.version];
    const found: AddressEntry[] = [];
    let at = firstBehind(sorted, network);
    // From there back: nothing further in front reaches into it once the farthest reach does not.
    while (at > 0 && ends[at - 1] > network.start) {
      at -= 1;
      if (overlaps(sorted[at].network, network)) found.unshift(sorted[at]);
    }
    return found;
  }
}

/** An interface's own sub-interfaces are looked at from their side. */
const isBeneath = (sub: string, parent: string) => sub.startsWith(`${parent}.`);

const inOrder = ({ network: a }: AddressEntry, { network: b }: AddressEntry) =>
  a.start < b.start ? -1 : a.start > b.start ? 1 : a.length - b.length;

function reachOf(sorted: readonly AddressEntry[]): bigint[] {
  let farthest = 0n;
  return sorted.map(({ network }) => {
    const end = endOf(network);
    if (end > farthest) farthest = end;
    return farthest;
  });
}

/** Index of the first entry that begins behind the end of the network. */
function firstBehind(sorted: readonly AddressEntry[], network: Network): number {
  const end = endOf(network);
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle].network.start < end) low = middle + 1;
    else high = middle;
  }
  return low;
}
