/** Puts one wish in the place of another, and carries it out: a new one, the confirmed one, that from before an origin's. */

import { fault, type Log, reasonOf } from '../../sdk/index.js';
import type { Wish } from '../../wish/index.js';
import type { Agenda } from './agenda.js';
import type { Clock } from './clock.js';
import type { Comparison } from './comparison.js';
import type { DesiredStateConfig } from './config.js';
import type { KeptWishes, Opened } from './kept-wishes.js';
import type { KindsInUse } from './kinds-in-use.js';
import { refusalOf } from './refusal.js';
import type { JournalEntry } from './store/journal.js';
import type { VppSession } from './vpp-sessions.js';
import { keepWayBack } from './way-back.js';
import type { KeptWish, WishKeeper } from './wish-keeper.js';

export interface WishChangesParts {
  readonly kinds: KindsInUse;
  readonly vpp: { readonly present: VppSession | undefined };
  readonly clock: Clock;
  readonly config: () => DesiredStateConfig;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
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

export class WishChanges {
  constructor(
    private readonly parts: WishChangesParts,
    private readonly kept: KeptWishes,
    private readonly agenda: Agenda,
  ) {}

  /** Saves a wish and carries it out. Rejects with a Fault; then the wish before is the present one still. */
  async apply(text: string, options: ApplyOptions): Promise<KeptWish> {
    const { keeper, carrier } = await this.kept.claimed();
    const wish = await keeper.parse(text);
    const session = this.parts.vpp.present;
    const comparison = session && (await carrier.compare(session, wish));
    if (comparison !== undefined) this.checkDeletions(wish, comparison, options.allowDeletions);
    if (keeper.state.confirmed === undefined && (options.confirm !== undefined || typeof options.origin === 'string')) {
      const { kinds, log } = this.parts;
      await keepWayBack({ keeper, kinds, session, log }, options.confirm !== undefined);
    }
    const kept = await keeper.replace({ ...options, text, wish, vpp: session?.id });
    await this.saved(keeper, kept, options.by);
    carrier.reset();
    this.agenda.arm(keeper.state.unconfirmed);
    if (session !== undefined) {
      const { allowDeletions: maxDeletions, onProgress } = options;
      await carrier.round(session, { comparison, whole: true, maxDeletions, onProgress });
    }
    this.carriedOut();
    return kept;
  }

  /** Puts the wish from before the first one with an origin in its place. False where there was none: VPP is left as it is. */
  async withdraw(by: string): Promise<boolean> {
    const { keeper } = await this.kept.ready();
    const { origin, present } = keeper.state;
    if (origin === undefined) return true;
    const isThere = origin.end === 'replaced' || (origin.back === present && origin.end === 'taken-back');
    if (isThere || origin.back === undefined) {
      await keeper.store.save({ origin: undefined });
      return isThere;
    }
    const { text } = await keeper.read(origin.back);
    await this.apply(text, { by, comment: `back to wish ${origin.back}`, allowDeletions: true, origin: null });
    return true;
  }

  /** Rejects with ENOENT and EIO. */
  async confirm(revision: number | undefined, by: string): Promise<{ revision: number; already: boolean }> {
    const { keeper } = await this.kept.ready();
    const result = await keeper.confirm(revision);
    this.agenda.arm(undefined);
    if (!result.already) await this.note(keeper, { event: 'confirmed', revision: result.revision, by });
    return result;
  }

  /** Takes an unconfirmed wish back; does nothing where none waits. */
  async takeBack(reason: string): Promise<void> {
    const opened = await this.kept.ready();
    if (opened.keeper.state.unconfirmed === undefined) return;
    await this.putBack(opened, reason);
    await this.carryBack(opened);
  }

  /** Puts the confirmed wish in the place of the unconfirmed one. Rejects where it cannot be read. */
  async putBack({ keeper, carrier }: Opened, reason: string): Promise<void> {
    const { unconfirmed, confirmed } = keeper.state;
    if (unconfirmed === undefined) return;
    const { log, vpp } = this.parts;
    log.warn(`wish ${unconfirmed.revision} is taken back, ${confirmed ?? 'none'} takes its place: ${reason}`);
    carrier.reset();
    try {
      await keeper.takeBack(vpp.present?.id);
      this.agenda.arm(undefined);
      await this.note(keeper, { event: 'taken-back', revision: unconfirmed.revision, reason });
    } catch (error) {
      const isThere = keeper.present?.revision === confirmed;
      // The state on disk takes it back as well, with the next start of the agent.
      if (!isThere && keeper.ending.aborted) throw error;
      log.error(`that wish ${unconfirmed.revision} is taken back could not be saved: ${reasonOf(error)}`);
      this.agenda.takeBackAgain(unconfirmed);
      if (!isThere) throw error;
    }
  }

  /** Carries the wish out that was put back, whatever it deletes. Never rejects. */
  async carryBack({ carrier }: Opened): Promise<void> {
    const session = this.parts.vpp.present;
    if (session !== undefined) await carrier.round(session, { whole: true, maxDeletions: true });
  }

  /** The seconds to confirm it begin when a wish was carried out, whatever became of single objects. */
  carriedOut(): void {
    const session = this.parts.vpp.present;
    if (session !== undefined && this.kept.opened?.carrier.isWholeDue(session) === false) this.agenda.startSeconds();
  }

  private checkDeletions(wish: Wish, comparison: Comparison, allowed: number | true | undefined): void {
    const refusal = refusalOf(wish, comparison, { allowed, most: this.parts.config()['max-deletions'] });
    if (refusal !== undefined) throw fault('ERANGE', refusal, { path: 'allowDeletions' });
  }

  private async saved(keeper: WishKeeper, { revision }: KeptWish, by: string): Promise<void> {
    await this.note(keeper, { event: 'saved', revision, by });
    await keeper.store.prune().catch((error) => this.parts.log.warn(`old wishes are not removed: ${reasonOf(error)}`));
  }

  private async note({ store }: WishKeeper, entry: Omit<JournalEntry, 'at'>): Promise<void> {
    const { clock, log } = this.parts;
    await store
      .note({ at: clock.date().toISOString(), ...entry })
      .catch((error) => log.warn(`the journal is not written: ${reasonOf(error)}`));
  }
}
