/**
 * Keeps VPP as it was wished. One thing at a time is done; what asks for it:
 *
 *   apply, rollback ───────────▶ the wish is saved, then carried out whole
 *   another VPP process ───────▶ the wish is carried out whole
 *   an event, a gap, the timer ▶ VPP is compared; what others have changed is reported, and mended as `auto-correct` says
 *   no answer, a lost VPP ─────▶ VPP is read again: 5 s later, then ever later up to 60 s
 *   a failure that may pass ───▶ tried again: 5 s later, then ever later up to 5 min
 *   the deadline ──────────────▶ the confirmed wish takes the place of the unconfirmed one
 *
 * Without a wish nothing is asked of VPP.
 */

import { fault, type Log, reasonOf } from '../../sdk/index.js';
import { adopt } from '../../wish/index.js';
import { Carrier } from './carrier.js';
import type { Clock } from './clock.js';
import type { Comparison } from './comparison.js';
import type { DesiredStateConfig } from './config.js';
import type { KindsInUse } from './kinds-in-use.js';
import { refusalOf } from './refusal.js';
import { Sequence } from './sequence.js';
import type { Store } from './store/store.js';
import type { VppSession } from './vpp-sessions.js';
import { type KeptWish, WishKeeper } from './wish-keeper.js';

export interface ControllerParts {
  /** Opens what is kept. Rejects with EIO; with EBUSY while another agent has it. */
  readonly open: () => Promise<Store>;
  /** Keeps other agents out, before the first wish; returns whether they were not kept out yet. Throws EBUSY. */
  readonly claim: () => boolean;
  readonly kinds: KindsInUse;
  readonly vpp: { readonly present: VppSession | undefined };
  readonly clock: Clock;
  readonly config: () => DesiredStateConfig;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
  /** Called after each thing that was done. */
  readonly changed: () => void;
}

export interface ApplyOptions {
  readonly by: string;
  readonly comment?: string;
  /** Seconds. */
  readonly confirm?: number;
  readonly allowDeletions?: number | true;
  readonly fileDigest?: string;
  readonly origin?: string | null;
  readonly onProgress?: (done: number, total: number) => void;
}

interface Deadline {
  readonly revision: number;
  readonly seconds: number;
  /** The clock's milliseconds. */
  readonly at: number;
  /** Undefined until the wish has been carried out. */
  readonly until?: Date;
}

/** Time that an unconfirmed wish has to be carried out, before its seconds begin. */
const MOST_APPLYING_MS = 300_000;
/** Time in which events of VPP come together. */
const EVENT_MS = 2000;
/** Least time between two looks that events have caused. */
const BETWEEN_EVENTS_MS = 10_000;

export class Controller {
  private readonly parts: ControllerParts;
  private readonly sequence = new Sequence();
  private opened: { readonly keeper: WishKeeper; readonly carrier: Carrier } | undefined;
  /** Why nothing can be done: what is kept cannot be read. */
  private failure: string | undefined;
  private isBusy = false;
  private isClosed = false;
  private deadline: Deadline | undefined;
  private stopTimer = () => {};
  private eventAt: number | undefined;
  private checkAt = Number.POSITIVE_INFINITY;
  private openAt: number | undefined;

  constructor(parts: ControllerParts) {
    this.parts = parts;
  }

  get keeper(): WishKeeper | undefined {
    return this.opened?.keeper;
  }

  get carrier(): Carrier | undefined {
    return this.opened?.carrier;
  }

  /** For people; undefined where all is well. */
  get trouble(): string | undefined {
    return this.failure ?? this.opened?.carrier.trouble;
  }

  get isWorking(): boolean {
    return this.isBusy;
  }

  get confirmBy(): Deadline | undefined {
    return this.deadline;
  }

  /** When VPP is compared next, if nothing happens; the clock's milliseconds. */
  get nextCheckAt(): number {
    return this.dueAt();
  }

  /** Reads what is kept, takes an unconfirmed wish back, and begins. Never rejects. */
  start(): Promise<void> {
    return this.turn(() => this.begin()).catch(() => {});
  }

  /** Ends when what is under way has ended. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.stopTimer();
    await this.sequence.idle();
  }

  /** Resolves when nothing is under way. */
  idle(): Promise<void> {
    return this.sequence.idle();
  }

  /** VPP is there, or away. */
  vppChanged(): void {
    const { opened } = this;
    if (opened === undefined) return;
    const session = this.parts.vpp.present;
    if (session === undefined) {
      this.parts.changed();
      return;
    }
    if (opened.carrier.isWholeDue(session)) opened.carrier.reset();
    // Much can have happened in between.
    this.checkAt = this.parts.clock.now();
    this.schedule();
  }

  /** Something has happened to VPP's interfaces, or events were lost. */
  eventSeen(): void {
    const { clock } = this.parts;
    const since = clock.now() - (this.carrier?.lookedAt ?? Number.NEGATIVE_INFINITY);
    this.eventAt ??= clock.now() + Math.max(EVENT_MS, BETWEEN_EVENTS_MS - since);
    this.schedule();
  }

  /** The configuration, or what plugins contribute, is another one. */
  configChanged(): void {
    if (this.opened === undefined) return;
    this.checkAt = this.parts.clock.now();
    this.schedule();
  }

  /** Saves a wish and carries it out. Rejects with a Fault; then the wish before is the present one still. */
  apply(text: string, options: ApplyOptions): Promise<KeptWish> {
    return this.turn(() => this.carryOut(text, options));
  }

  /** Puts the wish from before the first one with an origin in its place. False where there was none: VPP is left as it is. */
  withdraw(by: string): Promise<boolean> {
    return this.turn(async () => {
      const { keeper } = await this.ready();
      const { origin, present } = keeper.state;
      if (origin === undefined) return true;
      const isThere = origin.end === 'replaced' || (origin.back === present && origin.end === 'taken-back');
      if (isThere || origin.back === undefined) {
        await keeper.store.save({ origin: undefined });
        return isThere;
      }
      const { text } = await keeper.read(origin.back);
      const comment = `back to wish ${origin.back}`;
      await this.carryOut(text, { by, comment, allowDeletions: true, origin: null });
      return true;
    });
  }

  /** Rejects with ENOENT and EIO. */
  confirm(revision: number | undefined, by: string): Promise<{ revision: number; already: boolean }> {
    return this.turn(async () => {
      const { keeper } = await this.ready();
      const result = await keeper.confirm(revision);
      this.deadline = undefined;
      if (!result.already) await this.note({ event: 'confirmed', revision: result.revision, by });
      return result;
    });
  }

  /** Takes an unconfirmed wish back. Rejects with ENOENT where none waits. */
  takeBack(reason: string): Promise<KeptWish | undefined> {
    return this.turn(async () => {
      const { keeper } = await this.ready();
      if (keeper.state.unconfirmed === undefined) throw fault('ENOENT', 'no wish waits to be confirmed');
      await this.goBack(reason);
      return keeper.present;
    });
  }

  /** The wishes that are kept, once they have been read. Rejects with EIO and EBUSY. */
  async ready(): Promise<{ keeper: WishKeeper; carrier: Carrier }> {
    if (this.opened === undefined) await this.begin();
    if (this.opened === undefined) throw fault('EIO', this.failure ?? 'the wishes cannot be read');
    return this.opened;
  }

  private async begin(): Promise<void> {
    if (this.opened !== undefined) return;
    this.openAt = undefined;
    try {
      const { kinds, clock, config, log } = this.parts;
      let store = await this.parts.open();
      // Another agent, which ends just now, may have written since it was read.
      if (store.state.present !== undefined && this.parts.claim()) store = await this.parts.open();
      const keeper = new WishKeeper(store, kinds, clock);
      const carrier = new Carrier({ keeper, kinds, clock, config, log });
      this.opened = { keeper, carrier };
      this.failure = undefined;
      if (store.state.unconfirmed !== undefined) await this.goBack('the agent ended before it was confirmed');
      else await keeper.load();
      const { present } = keeper;
      if (present !== undefined) log.info(`the present wish is ${present.revision}, of ${present.at}`);
      this.checkAt = clock.now();
    } catch (error) {
      this.failure = reasonOf(error);
      this.parts.log.error(`wishes are not carried out: ${this.failure}`);
      if (this.opened?.keeper.present === undefined) this.opened = undefined;
      this.openAt = this.parts.clock.now() + OPEN_AGAIN_MS;
    }
  }

  private async carryOut(text: string, options: ApplyOptions): Promise<KeptWish> {
    // Another agent may have been at it since it was read.
    if (this.parts.claim()) this.opened = undefined;
    const { keeper, carrier } = await this.ready();
    const wish = keeper.parse(text);
    const session = this.parts.vpp.present;
    const comparison = session && (await carrier.compare(session, wish));
    if (comparison !== undefined) this.checkDeletions(wish, comparison, options.allowDeletions);
    if (keeper.state.confirmed === undefined) await this.keepWhatIsThere(session, options);
    const kept = await keeper.replace({ ...options, text, wish, vpp: session?.id });
    await this.saved(kept, options.by);
    carrier.reset();
    this.arm();
    if (session !== undefined) {
      const { allowDeletions: maxDeletions, onProgress } = options;
      await carrier.round(session, { comparison, whole: true, maxDeletions, onProgress });
    }
    this.carriedOut();
    return kept;
  }

  private checkDeletions(wish: KeptWish['wish'], comparison: Comparison, allowed: number | true | undefined): void {
    const refusal = refusalOf(wish, comparison, { allowed, most: this.parts.config()['max-deletions'] });
    if (refusal !== undefined) throw fault('ERANGE', refusal, { path: 'allowDeletions' });
  }

  /** Before the first wish there is none to go back to: VPP as it is becomes one. Only to confirm a wish is it indispensable. */
  private async keepWhatIsThere(session: VppSession | undefined, { confirm, origin }: ApplyOptions): Promise<void> {
    if (confirm === undefined && (typeof origin !== 'string' || session === undefined)) return;
    if (session === undefined) {
      throw fault('ENOTCONN', 'there is no wish to go back to, and VPP, which could be one, is away', {
        path: 'confirm',
      });
    }
    try {
      await this.adoptAsWish(session);
    } catch (error) {
      if (confirm !== undefined) throw error;
      this.parts.log.warn(`VPP as it is cannot be returned to: ${reasonOf(error)}`);
    }
  }

  private async adoptAsWish(session: VppSession): Promise<void> {
    const { keeper } = await this.ready();
    const channel = session.channel('read');
    try {
      const { text } = await adopt(channel, { kinds: this.parts.kinds.list });
      const wish = keeper.parse(text, 'what VPP has now, which is to be gone back to,');
      await keeper.replace({ text, wish, by: 'vppmux', comment: 'VPP as it was before the first wish' });
    } finally {
      channel.close();
    }
  }

  private async saved({ revision }: KeptWish, by: string): Promise<void> {
    const { keeper } = await this.ready();
    await this.note({ event: 'saved', revision, by });
    await keeper.store.prune().catch((error) => this.parts.log.warn(`old wishes are not removed: ${reasonOf(error)}`));
  }

  /** The armed deadline of the state on disk. */
  private arm(): void {
    const { clock } = this.parts;
    const unconfirmed = this.keeper?.state.unconfirmed;
    const at = clock.now() + MOST_APPLYING_MS;
    this.deadline = unconfirmed && { ...unconfirmed, at: at + unconfirmed.seconds * 1000 };
  }

  /** The seconds to confirm it begin when a wish was carried out, whatever became of single objects. */
  private carriedOut(): void {
    const { deadline } = this;
    const session = this.parts.vpp.present;
    if (deadline === undefined || deadline.until !== undefined || session === undefined) return;
    if (this.carrier?.isWholeDue(session) !== false) return;
    const { clock } = this.parts;
    const ms = deadline.seconds * 1000;
    this.deadline = { ...deadline, at: clock.now() + ms, until: new Date(clock.date().getTime() + ms) };
  }

  private async goBack(reason: string): Promise<void> {
    const { keeper, carrier } = await this.ready();
    const { unconfirmed, confirmed } = keeper.state;
    if (unconfirmed === undefined) return;
    const { log, vpp } = this.parts;
    log.warn(`wish ${unconfirmed.revision} is taken back, ${confirmed ?? 'none'} takes its place: ${reason}`);
    const session = vpp.present;
    carrier.reset();
    try {
      await keeper.takeBack(session?.id);
      this.deadline = undefined;
      await this.note({ event: 'taken-back', revision: unconfirmed.revision, reason });
    } catch (error) {
      // The state on disk takes it back as well, with the next start of the agent.
      log.error(`that wish ${unconfirmed.revision} is taken back could not be saved: ${reasonOf(error)}`);
      this.deadline = { ...unconfirmed, at: this.parts.clock.now() + OPEN_AGAIN_MS };
      if (keeper.present?.revision !== confirmed) throw error;
    }
    if (session !== undefined) await carrier.round(session, { whole: true, maxDeletions: true });
  }

  private async note(entry: {
    event: 'saved' | 'confirmed' | 'taken-back';
    revision: number;
    by?: string;
    reason?: string;
  }) {
    const { clock, log } = this.parts;
    await this.keeper?.store
      .note({ at: clock.date().toISOString(), ...entry })
      .catch((error) => log.warn(`the journal is not written: ${reasonOf(error)}`));
  }

  /** Does what is due. */
  private async tick(): Promise<void> {
    const { clock, vpp } = this.parts;
    const now = clock.now();
    if (this.openAt !== undefined && this.openAt <= now) await this.begin();
    if (this.opened === undefined) return;
    const { keeper, carrier } = this.opened;
    if (this.deadline !== undefined && this.deadline.at <= now) {
      await this.goBack('it was not confirmed in time').catch(() => {});
      return;
    }
    const session = vpp.present;
    if (session === undefined || keeper.present === undefined || this.roundAt() > now) return;
    this.eventAt = undefined;
    this.checkAt = now + this.parts.config()['check-interval'];
    await carrier.round(session);
    this.carriedOut();
  }

  private turn<T>(run: () => Promise<T>): Promise<T> {
    return this.sequence.take(async () => {
      if (this.isClosed) throw fault('ENOTCONN', 'the agent is ending');
      this.isBusy = true;
      try {
        return await run();
      } finally {
        this.isBusy = false;
        if (!this.isClosed) {
          this.schedule();
          this.parts.changed();
        }
      }
    });
  }

  private schedule(): void {
    this.stopTimer();
    const at = this.dueAt();
    if (this.isClosed || this.isBusy || at === Number.POSITIVE_INFINITY) return;
    const run = () => void this.turn(() => this.tick()).catch(() => {});
    this.stopTimer = this.parts.clock.after(Math.max(0, at - this.parts.clock.now()), run);
  }

  /** When something is due next. */
  private dueAt(): number {
    const canRound = this.parts.vpp.present !== undefined && this.keeper?.present !== undefined;
    const times = [this.openAt, this.deadline?.at, canRound ? this.roundAt() : undefined];
    return Math.min(...times.map((at) => at ?? Number.POSITIVE_INFINITY));
  }

  /** When VPP is looked at next: while it could not be read, not before that is over. */
  private roundAt(): number {
    const { rereadAt, states } = this.carrier ?? {};
    if (rereadAt !== undefined) return rereadAt;
    return Math.min(this.checkAt, ...[this.eventAt, states?.retryAt].map((at) => at ?? Number.POSITIVE_INFINITY));
  }
}

const OPEN_AGAIN_MS = 5000;
