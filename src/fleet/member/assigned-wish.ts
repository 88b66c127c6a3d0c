/**
 * The wish that an agent is to carry out, and the way there: whatever was heard of last is what the carrier is brought to, one step after
 * the other. An assignment that is in effect already is not carried out again, whoever has been restarted meanwhile.
 *
 *   an assignment ──────────────▶ its wishes, whatever its generation
 *   none ───────────────────────▶ the wish of the groups whose labels fit, else that from before the fleet's
 *   one that cannot be read ────▶ nothing is changed, and it is reported as refused
 *   a store that went back ─────▶ nothing is changed: see lostGeneration
 */

import { backoffDelay } from '../../backoff.js';
import { reasonOf } from '../../thrown.js';
import type { FleetKeys } from '../keys.js';
import { Bell } from '../rollout/bell.js';
import { isStoreAway } from '../store/errors.js';
import type { FleetStore, KeyValue } from '../store/store.js';
import { type ReadAssignment, readAssignment } from './assignment-text.js';
import type { WishCarrier } from './carrier.js';
import { DataplaneWishes } from './dataplane-wishes.js';
import { GroupWishes } from './group-wishes.js';
import { lostGeneration } from './lost-generation.js';
import { type Progress, progressOf } from './progress.js';
import type { Target } from './target.js';
import type { WishTexts } from './wish-texts.js';

export interface AssignedWishParts {
  readonly store: FleetStore;
  readonly keys: FleetKeys;
  readonly texts: WishTexts;
  readonly labels: Readonly<Record<string, string>>;
  readonly carrier: WishCarrier;
  /** Waits for a time by lot before what is heard of groups is read. */
  readonly jitter: () => Promise<void>;
  readonly log: { info(text: string): void; warn(text: string): void };
  /** Called when the progress may be another one. */
  readonly changed: () => void;
}

type Heard = ReadAssignment | { readonly kind: 'none' };

const RETRY = { delayMs: 200, maxDelayMs: 2000 };

export class AssignedWish {
  private heard: Heard | undefined;
  /** Whether the latest of it, or of groups, is from a snapshot, which may be of a store that has lost what came later. */
  private isHearsay = false;
  /** Whether agents that lose their assignment together may be many: groups are read after a time by lot. */
  private isLate = false;
  private target: Target | undefined;
  /** Why what was heard is not obeyed: the store went back. */
  private stale: string | undefined;
  /** Why nothing goes on just now. */
  private trouble: string | undefined;
  private readonly bell = new Bell();
  private readonly dataplanes: DataplaneWishes;
  private readonly groups: GroupWishes;

  constructor(private readonly parts: AssignedWishParts) {
    this.dataplanes = new DataplaneWishes(parts);
    this.groups = new GroupWishes({
      ...parts,
      changed: (from) => {
        if (from !== 'start') this.isHearsay = from === 'resync';
        this.renew();
      },
    });
  }

  /** Wishes that were given to the carrier, by its answer. */
  get counts(): DataplaneWishes['counts'] {
    return this.dataplanes.counts;
  }

  /** Takes note of the assignment: undefined where there is none. */
  hear(kv: Pick<KeyValue, 'key' | 'value'> | undefined, from: 'start' | 'resync' | 'change'): void {
    const heard: Heard = kv === undefined ? { kind: 'none' } : readAssignment(kv);
    this.isHearsay = from !== 'change';
    this.isLate = from !== 'start';
    if (heard.kind === 'bad') this.parts.log.warn(`${heard.reason}; nothing is changed`);
    this.heard = heard;
    this.renew();
  }

  /** Tries again immediately what has failed. */
  storeIsBack(): void {
    this.bell.ring();
  }

  get progress(): Progress {
    const { heard, target, stale, trouble } = this;
    const { obstacles, withdrawing } = this.dataplanes;
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
      if (signal.aborted) break;
      try {
        await this.step(signal);
        failures = 0;
        this.trouble = undefined;
        againMs = this.dataplanes.nextMs;
      } catch (error) {
        this.trouble = reasonOf(error);
        againMs = backoffDelay(++failures, RETRY);
      }
      if (!signal.aborted) this.parts.changed();
    }
    this.groups.leave();
  }

  private renew(): void {
    this.dataplanes.renew();
    this.bell.ring();
  }

  private async step(signal: AbortSignal): Promise<void> {
    await this.parts.carrier.ready();
    const { heard, groups } = this;
    if (heard === undefined || heard.kind === 'bad') return;
    if (heard.kind === 'none') groups.follow(this.isLate);
    else groups.leave();
    const generation = heard.kind === 'assignment' ? heard.assignment.generation : groups.generation;
    // Groups that are not known yet ring the bell when they are.
    if (generation === undefined) return;
    this.stale = this.isHearsay ? await this.staleness(generation) : undefined;
    if (this.stale !== undefined) return;
    const target = heard.kind === 'assignment' ? heard.assignment : await this.groupTarget();
    // Something else was heard meanwhile: the bell has rung.
    if (this.heard !== heard || target === 'none yet') return;
    this.target = target;
    this.parts.changed();
    await this.dataplanes.pursue(target, signal);
  }

  private async staleness(found: number): Promise<string | undefined> {
    const lost = await lostGeneration(this.parts, found);
    if (lost === undefined) return undefined;
    const text = `the store has lost generation ${lost}, which stays in effect until another one is assigned`;
    if (this.stale === undefined) this.parts.log.warn(text);
    return text;
  }

  /** `none yet`: they cannot be read, or others were heard of meanwhile. */
  private async groupTarget(): Promise<Target | undefined | 'none yet'> {
    const { groups, dataplanes, heard } = this;
    try {
      const target = await groups.target();
      return target === 'changed' ? 'none yet' : target;
    } catch (error) {
      if (isStoreAway(error)) throw error;
      if (this.heard === heard)
        dataplanes.refuseUnreadable(`the wish of its groups cannot be made: ${reasonOf(error)}`);
      return 'none yet';
    }
  }
}
