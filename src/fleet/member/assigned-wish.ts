/**
 * The wish that an agent is to carry out, and the way there: whatever was heard of last is what the carrier is brought to, one step after
 * the other. An assignment that is in effect already is not carried out again, whoever has been restarted meanwhile.
 *
 *   an assignment ──────────────▶ its wishes, whatever its generation
 *   none ───────────────────────▶ the wish of the groups whose labels fit, else that from before the fleet's
 *   one that cannot be read ────▶ nothing is changed, and it is reported as refused
 *   a store that went back ─────▶ nothing is changed: see `isStale`
 */

import { backoffDelay } from '../../backoff.js';
import { reasonOf } from '../../thrown.js';
import type { FleetKeys } from '../keys.js';
import { Bell } from '../rollout/bell.js';
import { readLatest } from '../rollout/read-records.js';
import { isNotAllowed, isStoreAway } from '../store/errors.js';
import type { FleetStore, KeyValue } from '../store/store.js';
import { type ReadAssignment, readAssignment } from './assignment-text.js';
import { type Answer, isSameMark, type Mark, type WishCarrier } from './carrier.js';
import { type Progress, progressOf } from './progress.js';
import type { Obstacle, Target } from './target.js';
import type { WishTexts } from './wish-texts.js';

export interface AssignedWishParts {
  readonly store: FleetStore;
  readonly keys: FleetKeys;
  readonly texts: WishTexts;
  readonly labels: Readonly<Record<string, string>>;
  readonly carrier: WishCarrier;
  /** Waits for a time by lot before the groups are read. */
  readonly jitter: () => Promise<void>;
  readonly log: { info(text: string): void; warn(text: string): void };
  /** Called when the progress may be another one. */
  readonly changed: () => void;
}

type Heard = ReadAssignment | { readonly kind: 'none' };

const RETRY = { delayMs: 200, maxDelayMs: 2000 };
const LATER_MS = 2000;
/** Milliseconds before a wish that could not be read is asked for again. */
const UNREADABLE_MS = 60_000;

export class AssignedWish {
  private heard: Heard | undefined;
  /** Whether it is from a snapshot, which may be of a store that has lost what came later. */
  private isHearsay = false;
  private target: Target | undefined;
  /** Why what was heard is not obeyed: the store went back. */
  private stale: string | undefined;
  /** Why nothing goes on just now. */
  private trouble: string | undefined;
  /** The wish that is being withdrawn. */
  private withdrawing: Mark | undefined;
  private readonly bell = new Bell();
  private readonly obstacles = new Map<string, Obstacle>();
  /** Whether the groups have to be read, and after a time by lot. */
  private groups: 'unread' | 'unread-late' | Target | undefined = 'unread';
  /** Wishes that were given to the carrier, by its answer. */
  readonly counts = { carried: 0, refused: 0, later: 0, withdrawn: 0 };

  constructor(private readonly parts: AssignedWishParts) {}

  /** Takes note of the assignment: undefined where there is none. */
  hear(kv: Pick<KeyValue, 'key' | 'value'> | undefined, from: 'start' | 'resync' | 'change'): void {
    const heard: Heard = kv === undefined ? { kind: 'none' } : readAssignment(kv);
    this.isHearsay = from !== 'change';
    if (heard.kind === 'bad') this.parts.log.warn(`${heard.reason}; nothing is changed`);
    this.heard = heard;
    this.obstacles.clear();
    if (from !== 'start') this.groups = 'unread-late';
    this.bell.ring();
  }

  /** Tries again immediately what has failed. */
  storeIsBack(): void {
    this.bell.ring();
  }

  get progress(): Progress {
    const { heard, target, stale, trouble, obstacles, withdrawing } = this;
    const bad = heard?.kind === 'bad' ? heard.reason : undefined;
    return progressOf(this.parts.carrier, {
      target: stale === undefined ? target : undefined,
      ...{ bad, trouble, obstacles, withdrawing },
    });
  }

  /** For people: what is heard of and not obeyed. */
  get ignored(): string | undefined {
    return this.stale ?? (this.heard?.kind === 'bad' ? this.heard.reason : undefined);
  }

  /** Does what there is to do, until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    let failures = 0;
    let againMs: number | undefined;
    while (!signal.aborted) {
      await this.bell.wait(againMs, signal);
      if (signal.aborted) return;
      try {
        await this.step(signal);
        failures = 0;
        this.trouble = undefined;
        againMs = this.nextMs();
      } catch (error) {
        this.trouble = reasonOf(error);
        againMs = backoffDelay(++failures, RETRY);
      }
      if (!signal.aborted) this.parts.changed();
    }
  }

  /** Milliseconds until something is tried again; undefined where nothing is. */
  private nextMs(): number | undefined {
    const times = [...this.obstacles.values()].flatMap(({ againAt }) => againAt ?? []);
    return times.length === 0 ? undefined : Math.min(...times) - performance.now();
  }

  private async step(signal: AbortSignal): Promise<void> {
    await this.parts.carrier.ready();
    const { heard } = this;
    if (heard === undefined || heard.kind === 'bad') return;
    if (this.isHearsay) this.stale = await this.isStale(heard);
    else this.stale = undefined;
    if (this.stale !== undefined) return;
    const target = heard.kind === 'assignment' ? heard.assignment : await this.groupTarget();
    // Something else was heard meanwhile: the bell has rung.
    if (this.heard !== heard || target === 'unreadable') return;
    this.target = target;
    this.parts.changed();
    await this.pursue(target, signal);
  }

  /**
   * A snapshot may be that of a store that has lost its data, or was restored from a backup. Where it takes the wish in effect away, or
   * has an older one, it counts only if the store knows the generation in effect.
   */
  private async isStale(heard: Heard): Promise<string | undefined> {
    const { carrier, store, keys } = this.parts;
    const inEffect = Math.max(0, ...carrier.dataplanes.map((name) => carrier.status(name).mark?.generation ?? 0));
    const found = heard.kind === 'assignment' ? heard.assignment.generation : 0;
    if (found >= inEffect) return undefined;
    const latest = await readLatest(store, keys).catch((error: unknown) => {
      // An agent that may not know stays with what it has.
      if (!isNotAllowed(error)) throw error;
      return { generation: 0 };
    });
    if (latest.generation >= inEffect) return undefined;
    const text = `the store has lost generation ${inEffect}, which stays in effect until another one is assigned`;
    if (this.stale === undefined) this.parts.log.warn(text);
    return text;
  }

  private async groupTarget(): Promise<Target | undefined | 'unreadable'> {
    const { texts, labels, log, jitter } = this.parts;
    const { groups, heard } = this;
    if (groups !== 'unread' && groups !== 'unread-late') return groups;
    if (groups === 'unread-late') await jitter();
    try {
      const found = await texts.ofGroups(labels, (reason) => log.warn(reason));
      // Another time to read them may have come meanwhile.
      if (this.heard === heard) this.groups = found;
      return found;
    } catch (error) {
      if (isStoreAway(error)) throw error;
      this.refuseAll(heard, `the wish of its groups cannot be made: ${reasonOf(error)}`, UNREADABLE_MS);
      return 'unreadable';
    }
  }

  private async pursue(target: Target | undefined, signal: AbortSignal): Promise<void> {
    const { carrier } = this.parts;
    const strange = Object.keys(target?.wishes ?? {}).find((name) => !carrier.dataplanes.includes(name));
    if (strange !== undefined) {
      const reason = `this agent has no dataplane "${strange}": it has ${carrier.dataplanes.join(', ')}`;
      this.refuseAll(this.heard, reason);
      return;
    }
    // One dataplane that fails keeps no other one from its wish.
    const failures: unknown[] = [];
    for (const name of carrier.dataplanes) {
      const sha256 = target?.wishes[name];
      const isWanted = target !== undefined && sha256 !== undefined;
      const work = isWanted
        ? this.carryOut(name, target, { generation: target.generation, sha256 })
        : this.withdraw(name);
      await work.catch((error: unknown) => failures.push(error));
      if (signal.aborted) return;
    }
    if (failures.length > 0) throw failures[0];
  }

  private refuseAll(heard: Heard | undefined, reason: string, againMs?: number): void {
    this.parts.log.warn(`the wish of the fleet is refused: ${reason}`);
    const againAt = againMs === undefined ? {} : { againAt: performance.now() + againMs };
    for (const name of this.parts.carrier.dataplanes)
      this.block(heard, name, { outcome: 'refused', reason, ...againAt });
  }

  /** Nothing that was heard before stands in the way of what is heard now. */
  private block(heard: Heard | undefined, name: string, obstacle: Obstacle): void {
    if (this.heard === heard) this.obstacles.set(name, obstacle);
  }

  private async withdraw(name: string): Promise<void> {
    const { carrier, log } = this.parts;
    // Nothing is wanted of it that could fail.
    this.obstacles.delete(name);
    const { mark } = carrier.status(name);
    if (mark === undefined) return;
    this.withdrawing = mark;
    const isBack = await carrier.withdraw(name).finally(() => {
      this.withdrawing = undefined;
    });
    this.counts.withdrawn++;
    const what = isBack
      ? 'the wish from before the fleet takes its place'
      : 'there was none before it, and VPP is left as it is';
    log.info(`${name}: the wish of generation ${mark.generation} was withdrawn: ${what}`);
  }

  private async carryOut(name: string, target: Target, mark: Mark): Promise<void> {
    const { carrier, log } = this.parts;
    const { heard } = this;
    const { confirmSeconds, confirmed, allowDeletions } = target;
    const isToConfirm = confirmSeconds !== undefined && confirmed !== true;
    const known = carrier.status(name);
    if (isSameMark(known.mark, mark)) {
      this.obstacles.delete(name);
      if (known.isUnconfirmed && known.end === undefined && !isToConfirm) await carrier.confirm(name);
      return;
    }
    const obstacle = this.obstacles.get(name);
    if (obstacle !== undefined && (obstacle.againAt ?? Number.POSITIVE_INFINITY) > performance.now()) return;
    const text = await this.text(name, mark);
    if (text === undefined) return;
    const answer = await carrier.apply(name, text, {
      mark,
      ...(isToConfirm && { confirmSeconds }),
      ...(allowDeletions !== undefined && { allowDeletions }),
    });
    this.counts[answer.kind]++;
    if (answer.kind === 'carried') {
      this.obstacles.delete(name);
      log.info(`${name}: generation ${mark.generation} is carried out`);
      return;
    }
    if (obstacle?.reason !== answer.reason) {
      log.warn(`${name}: generation ${mark.generation} is not carried out: ${answer.reason}`);
    }
    this.block(heard, name, obstacleOf(answer));
  }

  /** Undefined where the store has no such wish, or another one in its place. Rejects while the store is away. */
  private async text(name: string, { sha256, generation }: Mark): Promise<string | undefined> {
    const { texts, log } = this.parts;
    const { heard } = this;
    try {
      return await texts.read(sha256);
    } catch (error) {
      if (isStoreAway(error)) throw error;
      const reason = `its wish cannot be read: ${reasonOf(error)}`;
      log.warn(`${name}: generation ${generation} is refused: ${reason}`);
      this.block(heard, name, { outcome: 'refused', reason, againAt: performance.now() + UNREADABLE_MS });
      this.counts.refused++;
      return undefined;
    }
  }
}

function obstacleOf(answer: Exclude<Answer, { kind: 'carried' }>): Obstacle {
  const { kind, reason } = answer;
  if (kind === 'refused') return { outcome: 'refused', reason };
  return { outcome: answer.isAway ? 'waiting' : 'incomplete', reason, againAt: performance.now() + LATER_MS };
}
