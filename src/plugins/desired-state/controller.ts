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

import { fault } from '../../sdk/index.js';
import { Agenda, type Deadline } from './agenda.js';
import type { Carrier } from './carrier.js';
import { KeptWishes, type KeptWishesParts, type Opened } from './kept-wishes.js';
import { TimedSequence } from './timed-sequence.js';
import { type ApplyOptions, WishChanges, type WishChangesParts } from './wish-changes.js';
import type { KeptWish, WishKeeper } from './wish-keeper.js';

export interface ControllerParts extends KeptWishesParts, WishChangesParts {
  /** Called after each thing that was done. */
  readonly changed: () => void;
}

export class Controller {
  private readonly agenda: Agenda;
  private readonly kept: KeptWishes;
  private readonly changes: WishChanges;
  private readonly sequence: TimedSequence;
  private readonly ending = new AbortController();

  constructor(private readonly parts: ControllerParts) {
    const agenda = new Agenda(parts.clock);
    const wayBack = {
      put: (opened: Opened, reason: string) => this.changes.putBack(opened, reason),
      carryOut: (opened: Opened) => this.changes.carryBack(opened),
    };
    this.agenda = agenda;
    this.kept = new KeptWishes({ ...parts, agenda, ending: this.ending.signal, wayBack });
    this.changes = new WishChanges(parts, this.kept, agenda);
    this.sequence = new TimedSequence({
      ...{ clock: parts.clock, changed: parts.changed },
      next: () => this.nextCheckAt,
      tick: () => this.tick(),
    });
  }

  get keeper(): WishKeeper | undefined {
    return this.kept.opened?.keeper;
  }

  get carrier(): Carrier | undefined {
    return this.kept.opened?.carrier;
  }

  /** For people; undefined where all is well. */
  get trouble(): string | undefined {
    return this.kept.failure ?? this.carrier?.trouble;
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
    return this.sequence.take(() => this.kept.begin()).catch(() => {});
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
    const { opened } = this.kept;
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
    if (this.kept.opened === undefined) return;
    this.agenda.checkNow();
    this.sequence.schedule();
  }

  /** Saves a wish and carries it out. Rejects with a Fault; then the wish before is the present one still. */
  apply(text: string, options: ApplyOptions): Promise<KeptWish> {
    return this.sequence.take(() => this.changes.apply(text, options));
  }

  /** Puts the wish from before the first one with an origin in its place. False where there was none: VPP is left as it is. */
  withdraw(by: string): Promise<boolean> {
    return this.sequence.take(() => this.changes.withdraw(by));
  }

  /** Rejects with ENOENT and EIO. */
  confirm(revision: number | undefined, by: string): Promise<{ revision: number; already: boolean }> {
    return this.sequence.take(() => this.changes.confirm(revision, by));
  }

  /** Takes an unconfirmed wish back. Rejects with ENOENT where none waits. */
  takeBack(reason: string): Promise<KeptWish | undefined> {
    return this.sequence.take(async () => {
      const { keeper } = await this.kept.ready();
      if (keeper.state.unconfirmed === undefined) throw fault('ENOENT', 'no wish waits to be confirmed');
      await this.changes.takeBack(reason);
      return keeper.present;
    });
  }

  /** The wishes that are kept, once they have been read. Rejects with EIO and EBUSY. What is done in the sequence asks `kept`: this would wait for itself. */
  ready(): Promise<Opened> {
    const { kept } = this;
    return kept.opened !== undefined || kept.isReading ? kept.ready() : this.sequence.take(() => kept.ready());
  }

  /** Does what is due. */
  private async tick(): Promise<void> {
    const { agenda } = this;
    const { clock, vpp, config } = this.parts;
    if (agenda.isOpenDue) await this.kept.begin();
    if (this.kept.opened === undefined) return;
    const { keeper, carrier } = this.kept.opened;
    if (agenda.isDeadlineOver) {
      await this.changes.takeBack('it was not confirmed in time').catch(() => {});
      return;
    }
    const session = vpp.present;
    if (session === undefined || keeper.present === undefined || agenda.lookAt(carrier) > clock.now()) return;
    agenda.lookBegins(config()['check-interval']);
    await carrier.round(session);
    this.changes.carriedOut();
  }
}
