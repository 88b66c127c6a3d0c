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
import { Agenda, type Deadline } from './agenda.js';
import { Carrier } from './carrier.js';
import type { Clock } from './clock.js';
import type { Comparison } from './comparison.js';
import type { DesiredStateConfig } from './config.js';
import type { KindsInUse } from './kinds-in-use.js';
import { refusalOf } from './refusal.js';
import type { Store } from './store/store.js';
import { TimedSequence } from './timed-sequence.js';
import type { VppSession } from './vpp-sessions.js';
import { keepWayBack } from './way-back.js';
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

export class Controller {
  private readonly parts: ControllerParts;
  private readonly agenda: Agenda;
  private readonly sequence: TimedSequence;
  private opened: { readonly keeper: WishKeeper; readonly carrier: Carrier } | undefined;
  private beginning: Promise<void> | undefined;
  /** Why nothing can be done: what is kept cannot be read. */
  private failure: string | undefined;
  private readonly ending = new AbortController();

  constructor(parts: ControllerParts) {
    this.parts = parts;
    this.agenda = new Agenda(parts.clock);
    this.sequence = new TimedSequence({
      ...{ clock: parts.clock, changed: parts.changed },
      next: () => this.nextCheckAt,
      tick: () => this.tick(),
    });
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
    return this.sequence.isBusy;
  }

  get confirmBy(): Deadline | undefined {
    return this.agenda.deadline;
  }

  /** When VPP is compared next, if nothing happens; the clock's milliseconds. */
  get nextCheckAt(): number {
    const canLook = this.parts.vpp.present !== undefined && this.keeper?.present !== undefined;
    return this.agenda.next(canLook, this.carrier);
  }

  /** Reads what is kept, takes an unconfirmed wish back, and begins. Never rejects. */
  start(): Promise<void> {
    return this.sequence.take(() => this.begin()).catch(() => {});
  }

  /** Ends when what is under way has ended. */
  close(): Promise<void> {
    this.ending.abort(fault('ENOTCONN', 'the agent is ending'));
    return this.sequence.close();
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
    this.agenda.checkNow();
    this.sequence.schedule();
  }

  /** Something has happened to VPP's interfaces, or events were lost. */
  eventSeen(): void {
    this.agenda.eventSeen(this.carrier);
    this.sequence.schedule();
  }

  /** The configuration, or what plugins contribute, is another one. */
  configChanged(): void {
    if (this.opened === undefined) return;
    this.agenda.checkNow();
    this.sequence.schedule();
  }

  /** Saves a wish and carries it out. Rejects with a Fault; then the wish before is the present one still. */
  apply(text: string, options: ApplyOptions): Promise<KeptWish> {
    return this.sequence.take(() => this.carryOut(text, options));
  }

  /** Puts the wish from before the first one with an origin in its place. False where there was none: VPP is left as it is. */
  withdraw(by: string): Promise<boolean> {
    return this.sequence.take(async () => {
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
    return this.sequence.take(async () => {
      const { keeper } = await this.ready();
      const result = await keeper.confirm(revision);
      this.agenda.arm(undefined);
      if (!result.already) await this.note({ event: 'confirmed', revision: result.revision, by });
      return result;
    });
  }

  /** Takes an unconfirmed wish back. Rejects with ENOENT where none waits. */
  takeBack(reason: string): Promise<KeptWish | undefined> {
    return this.sequence.take(async () => {
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

  /** All who need it wait for the same reading: each of two would have a state of its own. */
  private async begin(): Promise<void> {
    if (this.opened !== undefined) return;
    this.beginning ??= this.open().finally(() => {
      this.beginning = undefined;
    });
    await this.beginning;
  }

  private async open(): Promise<void> {
    this.agenda.opening();
    try {
      const { kinds, clock, config, log } = this.parts;
      let store = await this.parts.open();
      // Another agent, which ends just now, may have written since it was read.
      if (store.state.present !== undefined && this.parts.claim()) store = await this.parts.open();
      const keeper = new WishKeeper(store, kinds, clock, this.ending.signal);
      const carrier = new Carrier({ keeper, kinds, clock, config, log });
      this.opened = { keeper, carrier };
      this.failure = undefined;
      if (store.state.unconfirmed !== undefined) await this.goBack('the agent ended before it was confirmed');
      else await keeper.load();
      const { present } = keeper;
      if (present !== undefined) log.info(`the present wish is ${present.revision}, of ${present.at}`);
      this.agenda.checkNow();
    } catch (error) {
      this.failure = reasonOf(error);
      this.parts.log.error(`wishes are not carried out: ${this.failure}`);
      if (this.opened?.keeper.present === undefined) this.opened = undefined;
      this.agenda.openAgain();
    }
  }

  private async carryOut(text: string, options: ApplyOptions): Promise<KeptWish> {
    // Another agent may have been at it since it was read.
    if (this.parts.claim()) this.opened = undefined;
    const { keeper, carrier } = await this.ready();
    const wish = await keeper.parse(text);
    const session = this.parts.vpp.present;
    const comparison = session && (await carrier.compare(session, wish));
    if (comparison !== undefined) this.checkDeletions(wish, comparison, options.allowDeletions);
    if (keeper.state.confirmed === undefined && (options.confirm !== undefined || typeof options.origin === 'string')) {
      const { kinds, log } = this.parts;
      await keepWayBack({ keeper, kinds, session, log }, options.confirm !== undefined);
    }
    const kept = await keeper.replace({ ...options, text, wish, vpp: session?.id });
    await this.saved(kept, options.by);
    carrier.reset();
    this.agenda.arm(keeper.state.unconfirmed);
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

  private async saved({ revision }: KeptWish, by: string): Promise<void> {
    const { keeper } = await this.ready();
    await this.note({ event: 'saved', revision, by });
    await keeper.store.prune().catch((error) => this.parts.log.warn(`old wishes are not removed: ${reasonOf(error)}`));
  }

  /** The seconds to confirm it begin when a wish was carried out, whatever became of single objects. */
  private carriedOut(): void {
    const session = this.parts.vpp.present;
    if (session !== undefined && this.carrier?.isWholeDue(session) === false) this.agenda.startSeconds();
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
      this.agenda.arm(undefined);
      await this.note({ event: 'taken-back', revision: unconfirmed.revision, reason });
    } catch (error) {
      // The state on disk takes it back as well, with the next start of the agent.
      log.error(`that wish ${unconfirmed.revision} is taken back could not be saved: ${reasonOf(error)}`);
      this.agenda.takeBackAgain(unconfirmed);
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
    const { agenda } = this;
    const { clock, vpp, config } = this.parts;
    if (agenda.isOpenDue) await this.begin();
    if (this.opened === undefined) return;
    const { keeper, carrier } = this.opened;
    if (agenda.isDeadlineOver) {
      await this.goBack('it was not confirmed in time').catch(() => {});
      return;
    }
    const session = vpp.present;
    if (session === undefined || keeper.present === undefined || agenda.lookAt(carrier) > clock.now()) return;
    agenda.lookBegins(config()['check-interval']);
    await carrier.round(session);
    this.carriedOut();
  }
}
