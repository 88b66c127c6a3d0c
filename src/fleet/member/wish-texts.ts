/** Texts of wishes out of the store, each read once. */

import type * as z from 'zod';
import { isSelected } from '../files/fleet-file.js';
import { mergeWishes } from '../files/merge.js';
import type { FleetKeys } from '../keys.js';
import { group, type labels } from '../records.js';
import type { FleetStore } from '../store/store.js';
import { readWish, wishHash } from '../wishes.js';

type Labels = z.output<typeof labels>;

/** The wish that an agent without assignment gets of its groups. */
export interface GroupWish {
  readonly generation: number;
  /** SHA-256 of each dataplane's text. */
  readonly wishes: Readonly<Record<string, string>>;
}

/** Texts that are kept: the present one, the one before, and those of groups. */
const MOST_KEPT = 8;
/** Groups that an agent looks at. */
const MOST_GROUPS = 1000;
const MOST_GROUP_BYTES = 64 * 1024;

export class WishTexts {
  private readonly kept = new Map<string, string>();

  constructor(
    private readonly store: FleetStore,
    private readonly keys: FleetKeys,
  ) {}

  /** Rejects with the store's error, and with one that says what is wrong with the wish. */
  async read(sha256: string): Promise<string> {
    const text = this.kept.get(sha256) ?? (await readWish(this.store, this.keys, sha256));
    this.keep(sha256, text);
    return text;
  }

  /** The wishes of all groups whose selectors fit, merged in the order of their names; undefined where none fits. */
  async ofGroups(own: Labels, bad: (reason: string) => void): Promise<GroupWish | undefined> {
    const { kvs } = await this.store.list({ prefix: this.keys.groups });
    const fitting = kvs.slice(0, MOST_GROUPS).flatMap(({ key, value }) => {
      const read = value.length > MOST_GROUP_BYTES ? undefined : parsed(value);
      if (read === undefined) bad(`${key} is no group, and is skipped`);
      return read !== undefined && isSelected(read.selector, own)
        ? [{ ...read, name: key.slice(this.keys.groups.length) }]
        : [];
    });
    if (fitting.length === 0) return undefined;
    const dataplanes = new Set(fitting.flatMap(({ wishes }) => Object.keys(wishes)));
    const wishes: Record<string, string> = {};
    for (const dataplane of dataplanes) {
      const texts: { name: string; text: string }[] = [];
      for (const { name, wishes: its } of fitting) {
        if (Object.hasOwn(its, dataplane)) texts.push({ name: `group ${name}`, text: await this.read(its[dataplane]) });
      }
      const text = mergeWishes(texts);
      const sha256 = wishHash(text);
      this.keep(sha256, text);
      wishes[dataplane] = sha256;
    }
    return { generation: Math.max(...fitting.map(({ generation }) => generation)), wishes };
  }

  private keep(sha256: string, text: string): void {
    this.kept.delete(sha256);
    this.kept.set(sha256, text);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_KEPT) this.kept.delete(oldest);
  }
}

function parsed(value: Buffer) {
  try {
    return group.safeParse(JSON.parse(value.toString())).data;
  } catch {
    return undefined;
  }
}
