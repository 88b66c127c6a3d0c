/**
 * The wishes of groups, for an agent without an assignment: while it has none it watches all groups, and what changes of those that its
 * labels fit takes effect after a time by lot, so that a thousand agents do not read a new wish at the same moment. Agents with an
 * assignment have no such watch, and nothing of groups costs them anything.
 *
 *   followed ── first snapshot ──▶ known ── another one fits, or is another ──(time by lot)──▶ known
 *      └── left: an assignment has come
 */

import type * as z from 'zod';
import { pause } from '../../pause.js';
import { isSelected } from '../files/fleet-file.js';
import type { FleetKeys } from '../keys.js';
import { type Group, group, type labels } from '../records.js';
import type { FleetStore, KeyValue, WatchItem } from '../store/store.js';
import type { Target } from './target.js';
import type { WishTexts } from './wish-texts.js';

export interface GroupWishesParts {
  readonly store: FleetStore;
  readonly keys: FleetKeys;
  readonly texts: WishTexts;
  readonly labels: z.output<typeof labels>;
  /** Waits for a time by lot. */
  readonly jitter: () => Promise<void>;
  readonly log: { warn(text: string): void };
  /** Called when another wish may be theirs; `resync`: by a snapshot, which may be of a store that has lost what came later. */
  readonly changed: (from: 'start' | 'resync' | 'change') => void;
}

/** Groups by name, whose selectors fit. */
type Fitting = ReadonlyMap<string, Group>;

interface Known {
  readonly fitting: Fitting;
  readonly from: 'start' | 'resync' | 'change';
  /** Why they cannot be known. */
  readonly refusal?: unknown;
  /** Their merged wishes, once they were made: the way there may be asked for every two seconds. */
  target?: Target;
}

/** Groups that fit, and bytes of one. */
const MOST_GROUPS = 1000;
const MOST_BYTES = 64 * 1024;
/** Milliseconds before a store that refuses the groups is asked again. */
const REFUSED_MS = 60_000;

const NOTHING: Known = { fitting: new Map(), from: 'start' };

export class GroupWishes {
  private ending: AbortController | undefined;
  /** As the store has told of them last. */
  private heard: Known = NOTHING;
  /** In effect; undefined until the store has told of them. */
  private present: Known | undefined;
  /** Signal of the watch whose news take effect after a time by lot. */
  private due: AbortSignal | undefined;

  constructor(private readonly parts: GroupWishesParts) {}

  /** The newest generation of those that fit; 0 where none does, undefined while they are not known. */
  get generation(): number | undefined {
    return this.present && newestOf(this.present.fitting);
  }

  /** Begins, unless it has begun. `isLate`: after a time by lot. */
  follow(isLate: boolean): void {
    if (this.ending !== undefined) return;
    this.ending = new AbortController();
    void this.run(this.ending.signal, isLate);
  }

  leave(): void {
    this.ending?.abort();
    this.ending = undefined;
    this.present = undefined;
    this.heard = NOTHING;
  }

  /**
   * The wishes of all that fit, merged; undefined where none fits. `changed` where they are others by the time that their texts are there.
   * Rejects with why they cannot be made.
   */
  async target(): Promise<Target | undefined | 'changed'> {
    const { present } = this;
    if (present === undefined) return 'changed';
    if (present.refusal !== undefined) throw present.refusal;
    const { fitting } = present;
    if (fitting.size === 0) return undefined;
    present.target ??= { generation: newestOf(fitting), wishes: await this.parts.texts.ofGroups(fitting) };
    return this.present === present ? present.target : 'changed';
  }

  private async run(signal: AbortSignal, isLate: boolean): Promise<void> {
    const { store, keys, jitter } = this.parts;
    if (isLate) await jitter();
    while (!signal.aborted) {
      try {
        for await (const item of store.watch({ prefix: keys.groups }, { signal })) this.take(item, signal);
      } catch (refusal) {
        if (signal.aborted) return;
        this.know({ ...NOTHING, refusal });
        await pause(REFUSED_MS, signal);
      }
    }
  }

  private take(item: WatchItem, signal: AbortSignal): void {
    const fitting = new Map(item.kind === 'snapshot' ? [] : this.heard.fitting);
    if (item.kind === 'snapshot') for (const kv of item.kvs) this.put(fitting, kv);
    else {
      for (const change of item.changes) {
        if (change.type === 'put') this.put(fitting, change.kv);
        else fitting.delete(this.nameIn(change.key));
      }
    }
    const isKnown = this.present !== undefined && this.present.refusal === undefined;
    if (isKnown && isSame(fitting, this.heard.fitting)) return;
    this.heard = { fitting, from: item.kind === 'changes' ? 'change' : item.because === 'start' ? 'start' : 'resync' };
    if (isKnown) void this.knowLater(signal);
    else this.know(this.heard);
  }

  private put(fitting: Map<string, Group>, kv: KeyValue): void {
    const name = this.nameIn(kv.key);
    const read = kv.value.length > MOST_BYTES ? undefined : parsed(kv.value);
    // One that was damaged since is as it was.
    const counting = read ?? this.heard.fitting.get(name);
    if (read === undefined) {
      const what = counting === undefined ? 'is skipped' : 'counts as it was before';
      this.parts.log.warn(`${kv.key} is no group, and ${what}: vppmux fleet apply writes it anew`);
    }
    const isFitting = counting !== undefined && isSelected(counting.selector, this.parts.labels);
    if (!isFitting) fitting.delete(name);
    else if (fitting.has(name) || fitting.size < MOST_GROUPS) fitting.set(name, counting);
  }

  /** Takes all that changes meanwhile along. */
  private async knowLater(signal: AbortSignal): Promise<void> {
    if (this.due === signal) return;
    this.due = signal;
    await this.parts.jitter();
    if (this.due === signal) this.due = undefined;
    if (!signal.aborted) this.know(this.heard);
  }

  private know(known: Known): void {
    this.present = known;
    this.parts.changed(known.from);
  }

  private nameIn(key: string): string {
    return key.slice(this.parts.keys.groups.length);
  }
}

const newestOf = (fitting: Fitting) => Math.max(0, ...[...fitting.values()].map(({ generation }) => generation));

function isSame(one: Fitting, other: Fitting): boolean {
  if (one.size !== other.size) return false;
  return [...one].every(([name, each]) => JSON.stringify(each) === JSON.stringify(other.get(name)));
}

function parsed(value: Buffer): Group | undefined {
  try {
    return group.safeParse(JSON.parse(value.toString())).data;
  } catch {
    return undefined;
  }
}
