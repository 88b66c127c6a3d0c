/**
 * Carries the present wish out at the VPP that is connected, a round at a time: VPP is read and compared, what is due and may be done is
 * sent, and what became of it is noted. A round ends with the connection.
 */

import { fault, faultOfMuxError, type Log, reasonOf } from '../../sdk/index.js';
import { carryOut, type Result, type Unmanaged } from '../../wish/index.js';
import type { Clock } from './clock.js';
import { Comparison } from './comparison.js';
import type { DesiredStateConfig } from './config.js';
import { type Decision, decide } from './decide.js';
import type { KindsInUse } from './kinds-in-use.js';
import { ObjectStates } from './object-states.js';
import { rereadDelay } from './prospects.js';
import type { VppSession } from './vpp-sessions.js';
import type { KeptWish, WishKeeper } from './wish-keeper.js';

export interface CarrierParts {
  readonly keeper: WishKeeper;
  readonly kinds: KindsInUse;
  readonly clock: Clock;
  readonly config: () => DesiredStateConfig;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

export interface RoundOptions {
  /** VPP as it was read for the present wish a moment ago. Default: it is read. */
  readonly comparison?: Comparison;
  /** Carries everything out, and not only what is due again. */
  readonly whole?: boolean;
  readonly maxDeletions?: number | true;
  readonly onProgress?: (done: number, total: number) => void;
}

export class Carrier {
  readonly states = new ObjectStates();
  /** When VPP was read last. */
  checkedAt: Date | undefined;
  /** The same by the clock that only goes forward, in its milliseconds. */
  lookedAt = Number.NEGATIVE_INFINITY;
  /** Why the last round could not be finished, for people. */
  trouble: string | undefined;
  /** When VPP is read again after a round that could not be finished, or had no answers; the clock's milliseconds. */
  rereadAt: number | undefined;
  /** Changes that VPP has confirmed, in the last round. */
  changed = 0;
  private readonly parts: CarrierParts;
  private failures = 0;
  /** The VPP, and the wish, of which a whole round was made. */
  private carried: { readonly vpp: string; readonly revision: number } | undefined;
  private drift: ReadonlySet<string> = new Set();

  constructor(parts: CarrierParts) {
    this.parts = parts;
  }

  /** Whether all of the present wish is due at this VPP: it, or the wish, is new there. */
  isWholeDue({ id }: VppSession): boolean {
    const { keeper } = this.parts;
    const { present } = keeper;
    if (present === undefined) return false;
    if (this.carried?.vpp === id && this.carried.revision === present.revision) return false;
    return !keeper.isDone(id);
  }

  /** Forgets what is known of objects: VPP or the wish is another one. */
  reset(): void {
    this.carried = undefined;
    this.states.reset();
    this.rereadAt = undefined;
    this.failures = 0;
    this.trouble = undefined;
    this.drift = new Set();
  }

  /** Reads VPP for a wish. Rejects with a Fault, and with the signal's reason. */
  async compare(session: VppSession, wish: KeptWish['wish'], signal?: AbortSignal): Promise<Comparison> {
    const { keeper, kinds } = this.parts;
    try {
      const former = await keeper.former(session.id);
      return await Comparison.read(session, kinds, { wish, former, unmanaged: this.unmanaged, signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw faultOfMuxError(error) ?? fault('EIO', `VPP cannot be compared with the wish: ${reasonOf(error)}`);
    }
  }

  /** Makes a round. Never rejects: `trouble` and `rereadAt` say what has to be done over. */
  async round(session: VppSession, options: RoundOptions = {}): Promise<void> {
    const { present } = this.parts.keeper;
    if (present === undefined) return;
    try {
      const isWhole = options.whole === true || this.isWholeDue(session);
      const comparison = options.comparison ?? (await this.compare(session, present.wish));
      this.checkedAt = this.parts.clock.date();
      this.lookedAt = this.parts.clock.now();
      await this.carry(session, present, comparison, { ...options, whole: isWhole });
    } catch (error) {
      // With the next VPP all begins anew, immediately.
      if (session.lost.aborted) this.reset();
      else this.owe(reasonOf(error));
    }
  }

  private async carry(session: VppSession, present: KeptWish, comparison: Comparison, options: RoundOptions) {
    const { clock, keeper } = this.parts;
    const { revision } = present;
    const whole = options.whole === true;
    const allowed = options.maxDeletions ?? keeper.state.allowDeletions;
    const decision = decide(comparison, {
      extent: whole ? 'whole' : 'check',
      autoCorrect: this.parts.config()['auto-correct'],
      maxDeletions: (whole ? allowed : undefined) ?? this.parts.config()['max-deletions'],
      states: this.states,
      now: clock.now(),
    });
    const results = await this.send(session, revision, comparison, decision, options);
    this.changed = results.filter(({ outcome }) => outcome === 'applied').length;
    this.states.update({ reconciliation: comparison.reconciliation, results, ...decision }, clock.now());
    if (session.lost.aborted) throw session.lost.reason;
    this.noteDrift(decision);
    if (whole) this.carried = { vpp: session.id, revision };
    const { uncertain } = this.states.counts;
    if (uncertain > 0) return this.owe(`${uncertain} changes had no answer from VPP`);
    this.settle();
    if (!decision.isBounded && !this.hasLeftovers()) await keeper.done(session.id);
  }

  /** Whether something of the wish failed, or something that it does not ask for could not be deleted. */
  private hasLeftovers(): boolean {
    if (this.parts.kinds.faulty.size > 0) return true;
    return [...this.states.problems].some(({ key, state }) => {
      return state === 'failed' || (state === 'pending' && !this.states.objects.has(key));
    });
  }

  private async send(
    session: VppSession,
    revision: number,
    { reconciliation }: Comparison,
    { order }: Decision,
    { onProgress }: RoundOptions,
  ): Promise<Result[]> {
    const total = order.first.length + order.second.length;
    if (total === 0) return [];
    const { inventory, newest } = reconciliation;
    await this.note(revision, session, total);
    const channel = session.channel('write');
    let done = 0;
    try {
      const onResult = () => onProgress?.(++done, total);
      const results = await carryOut(channel, { order, inventory, newest }, { signal: session.lost, onResult });
      await this.noteEnd(revision, session, results);
      return results;
    } finally {
      channel.close();
    }
  }

  /** Notes the beginning on disk. VPP is configured all the same where that cannot be: what is known of it is only less. */
  private async note(revision: number, session: VppSession, operations: number): Promise<void> {
    const { keeper, log, clock } = this.parts;
    try {
      await keeper.begin(session.id);
      const at = clock.date().toISOString();
      await keeper.store.note({ at, event: 'begun', revision, vpp: session.id, operations });
    } catch (error) {
      log.warn(`wish ${revision} is carried out, and no note of it is kept: ${reasonOf(error)}`);
    }
  }

  private async noteEnd(revision: number, session: VppSession, results: readonly Result[]): Promise<void> {
    const { keeper, log, clock } = this.parts;
    const counts: Record<string, number> = {};
    for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
    const bad = results.filter(({ outcome }) => outcome !== 'applied');
    const problems = bad.slice(0, MOST_PROBLEMS).map(({ operation, outcome, error, reason }) => {
      return { key: operation.key, state: outcome, reason: reason ?? reasonOf(error) };
    });
    const text = Object.entries(counts).map(([outcome, count]) => `${count} ${outcome}`);
    log.info(`wish ${revision}: ${text.join(', ')} of ${results.length} changes`);
    for (const { key, state, reason } of problems.slice(0, MOST_LOGGED)) log.warn(`${key} is ${state}: ${reason}`);
    const at = clock.date().toISOString();
    await keeper.store
      .note({ at, event: 'ended', revision, vpp: session.id, counts, problems })
      .catch((error) => log.warn(`no note of the end is kept: ${reasonOf(error)}`));
  }

  /** Logs drift when it is another one than at the last look. */
  private noteDrift({ drift }: Decision): void {
    const { log } = this.parts;
    const fresh = [...drift].filter(([key]) => !this.drift.has(key));
    this.drift = new Set(drift.keys());
    if (fresh.length === 0) return;
    const shown = fresh.slice(0, MOST_LOGGED).map(([key, reason]) => `${key} ${reason}`);
    const more = fresh.length > MOST_LOGGED ? `, and ${fresh.length - MOST_LOGGED} more` : '';
    log.warn(`VPP was changed by others: ${shown.join(', ')}${more}`);
  }

  private owe(reason: string): void {
    const { clock, log } = this.parts;
    this.failures += 1;
    this.trouble = reason;
    this.rereadAt = clock.now() + rereadDelay(this.failures);
    log.warn(`VPP is read again soon: ${reason}`);
  }

  private settle(): void {
    this.failures = 0;
    this.trouble = undefined;
    this.rereadAt = undefined;
  }

  private get unmanaged(): Unmanaged {
    const { unmanaged: keys, 'unmanaged-tags': tags } = this.parts.config();
    return { keys, tags };
  }
}

const MOST_PROBLEMS = 100;
const MOST_LOGGED = 5;
