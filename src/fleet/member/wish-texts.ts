/** Texts of wishes out of the store, each read once. */

import { mergeWishes } from '../files/merge.js';
import type { FleetKeys } from '../keys.js';
import type { Group } from '../records.js';
import type { FleetStore } from '../store/store.js';
import { readWish, wishHash } from '../wishes.js';

/** Texts of the store that are kept: the present one, the one before, and those of groups. */
const MOST_KEPT = 8;

export class WishTexts {
  private readonly kept = new Map<string, string>();
  /** Texts of the last merging, for all dataplanes: the store does not have them. */
  private merged = new Map<string, string>();

  constructor(
    private readonly store: FleetStore,
    private readonly keys: FleetKeys,
  ) {}

  /** Rejects with the store's error, and with one that says what is wrong with the wish. */
  async read(sha256: string): Promise<string> {
    const merged = this.merged.get(sha256);
    if (merged !== undefined) return merged;
    const text = this.kept.get(sha256) ?? (await readWish(this.store, this.keys, sha256));
    this.keep(sha256, text);
    return text;
  }

  /** SHA-256 of each dataplane's text: the wishes of these groups, merged in the order of their names. */
  async ofGroups(groups: ReadonlyMap<string, Group>): Promise<Readonly<Record<string, string>>> {
    const named = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
    const dataplanes = new Set(named.flatMap(([, { wishes }]) => Object.keys(wishes)));
    const wishes: Record<string, string> = {};
    const merged = new Map<string, string>();
    for (const dataplane of dataplanes) {
      const texts: { name: string; text: string }[] = [];
      for (const [name, { wishes: its }] of named) {
        if (Object.hasOwn(its, dataplane)) texts.push({ name: `group ${name}`, text: await this.read(its[dataplane]) });
      }
      const text = mergeWishes(texts);
      const sha256 = wishHash(text);
      merged.set(sha256, text);
      wishes[dataplane] = sha256;
    }
    this.merged = merged;
    return wishes;
  }

  private keep(sha256: string, text: string): void {
    this.kept.delete(sha256);
    this.kept.set(sha256, text);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT) this.kept.delete(oldest);
  }
}
