/** Keeps the present wish, the one to go back to, and what is known of the VPPs that they were carried out at: in memory as on disk. */

import { fault } from '../../sdk/index.js';
import type { Wish } from '../../wish/index.js';
import type { Clock } from './clock.js';
import type { KindsInUse } from './kinds-in-use.js';
import { type Origin, type State, vppIn, withVpp } from './store/state.js';
import type { Store } from './store/store.js';
import { validWish } from './validated.js';

export interface KeptWish {
  readonly revision: number;
  /** ISO 8601 */
  readonly at: string;
  readonly text: string;
  readonly wish: Wish;
}

export interface Replacement {
  readonly text: string;
  readonly wish: Wish;
  readonly by: string;
  readonly comment?: string;
  /** Seconds to confirm it in. */
  readonly confirm?: number;
  readonly allowDeletions?: number | true;
  /** The VPP that is connected. */
  readonly vpp?: string;
  /** Digest of the file that it is from. */
  readonly fileDigest?: string;
  /** Text of its giver, who may take it away again; null: nobody can, and a giver before is forgotten. */
  readonly origin?: string | null;
}

export class WishKeeper {
  /** Wishes that are being read, or were. */
  private readonly parsed = new Map<number, Promise<Wish>>();
  private kept: KeptWish | undefined;

  constructor(
    readonly store: Store,
    private readonly kinds: KindsInUse,
    private readonly clock: Clock,
    /** The agent ends: what is being read need not be any more. */
    readonly ending: AbortSignal,
  ) {}

  get state(): State {
    return this.store.state;
  }

  /** The wish that VPP is to be; undefined before the first one. */
  get present(): KeptWish | undefined {
    return this.kept;
  }

  /** Reads the present wish. Rejects with EIO and EINVAL where it cannot be read any more. */
  async load(): Promise<void> {
    const { present } = this.state;
    this.kept = present === undefined ? undefined : await this.read(present);
  }

  /** A wish of the history. Rejects with ENOENT, and with EINVAL where it is none for this version. */
  async read(revision: number): Promise<KeptWish> {
    const saved = await this.store.read(revision);
    if (saved === undefined) throw fault('ENOENT', `wish ${revision} is not kept`);
    const { at, text } = saved;
    return { revision, at, text, wish: await this.wishOf(revision, text) };
  }

  /** Each is read once, however many wait for it. */
  private wishOf(revision: number, text: string): Promise<Wish> {
    const before = this.parsed.get(revision);
    if (before !== undefined) return before;
    const wish = this.parse(text, { what: `wish ${revision}` });
    this.parsed.set(revision, wish);
    wish.catch(() => this.parsed.get(revision) === wish && this.parsed.delete(revision));
    return wish;
  }

  /** Rejects with EINVAL and the first mistakes, and with EIO where it cannot be read. */
  parse(text: string, options: { readonly what?: string; readonly signal?: AbortSignal } = {}): Promise<Wish> {
    return validWish(text, { kinds: this.kinds, signal: this.ending, ...options });
  }

  /** Saves a wish as the present one, on disk with all that is needed to take it back. Rejects with EIO; then nothing has changed. */
  async replace({
    text,
    wish,
    confirm,
    allowDeletions,
    vpp,
    fileDigest,
    origin,
    ...said
  }: Replacement): Promise<KeptWish> {
    const { store, kept } = this;
    const isSame = kept?.text === text;
    const strays = await store.strays();
    const at = this.clock.date().toISOString();
    const saved = isSame ? kept : await store.add({ ...said, at, text });
    const { revision } = saved;
    const { confirmed, takenBack } = store.state;
    await store.save({
      present: revision,
      confirmed: confirm === undefined ? revision : confirmed,
      unconfirmed: confirm === undefined ? undefined : { revision, seconds: confirm },
      allowDeletions,
      takenBack: [...takenBack, ...strays].slice(-MOST_TAKEN_BACK),
      origin: origin === null ? undefined : this.originOf(origin, revision),
      ...(vpp !== undefined && { vpps: this.holding(vpp, revision) }),
      ...(fileDigest !== undefined && { fileDigest }),
    });
    this.parsed.set(revision, Promise.resolve(wish));
    this.kept = { revision, at: saved.at, text, wish };
    return this.kept;
  }

  /** Puts the confirmed wish in the place of the unconfirmed one. Rejects with EIO where that is not on disk; it is the present one all the same. */
  async takeBack(vpp?: string): Promise<void> {
    const { confirmed, unconfirmed, takenBack } = this.state;
    if (unconfirmed === undefined) return;
    this.kept = confirmed === undefined ? undefined : await this.read(confirmed);
    // A wish that was confirmed, and applied again unconfirmed, stays one to go back to.
    const taken = unconfirmed.revision === confirmed ? [] : [unconfirmed.revision];
    await this.store.save({
      present: confirmed,
      unconfirmed: undefined,
      allowDeletions: true,
      takenBack: [...takenBack, ...taken].slice(-MOST_TAKEN_BACK),
      origin: this.originBack(unconfirmed.revision),
      ...(vpp !== undefined && confirmed !== undefined && { vpps: this.holding(vpp, confirmed) }),
    });
  }

  /** Rejects with ENOENT where `revision` is not the present one, or there is none. */
  async confirm(revision?: number): Promise<{ revision: number; already: boolean }> {
    const { present, unconfirmed, takenBack } = this.state;
    if (present === undefined) throw fault('ENOENT', 'no wish was applied');
    if (revision !== undefined && revision !== present) {
      const why = takenBack.includes(revision) ? 'was taken back' : 'is not the present one';
      throw fault('ENOENT', `wish ${revision} ${why}: the present one is ${present}`);
    }
    if (this.kept?.revision !== present) {
      throw fault(
        'ENOENT',
        `wish ${present} was taken back, which could not be saved yet: it cannot be confirmed any more`,
      );
    }
    if (unconfirmed === undefined) return { revision: present, already: true };
    await this.store.save({ confirmed: present, unconfirmed: undefined });
    return { revision: present, already: false };
  }

  /** Wishes whose objects a VPP may have. One that cannot be read any more says nothing: what it asked for stays. */
  async former(vpp: string): Promise<Wish[]> {
    const { present } = this.state;
    const own = [present, this.kept?.revision].filter((revision) => revision !== undefined);
    const held = new Set([...vppIn(this.state, vpp).held, ...own]);
    const all = await Promise.all([...held].map((revision) => this.read(revision).catch(() => undefined)));
    return all.flatMap((kept) => kept?.wish ?? []);
  }

  /** Whether the present wish was carried out whole at a VPP. */
  isDone(vpp: string): boolean {
    return this.kept !== undefined && vppIn(this.state, vpp).done === this.kept.revision;
  }

  /** Notes, before the first message, that a VPP gets objects of the present wish. Rejects with EIO. */
  async begin(vpp: string): Promise<void> {
    // Not the state's: what takes the place of an unconfirmed wish is the present one before that could be saved.
    const { kept } = this;
    if (kept === undefined || vppIn(this.state, vpp).held.includes(kept.revision)) return;
    await this.store.save({ vpps: this.holding(vpp, kept.revision) });
  }

  /** Notes that a VPP has the present wish and nothing of others. Rejects with EIO. */
  async done(vpp: string): Promise<void> {
    const { kept } = this;
    if (kept === undefined || this.isDone(vpp)) return;
    const { revision } = kept;
    const record = { id: vpp, held: [revision], done: revision };
    await this.store.save({ vpps: withVpp(this.state, record), allowDeletions: undefined });
    for (const other of this.parsed.keys()) if (other !== revision) this.parsed.delete(other);
  }

  private originOf(text: string | undefined, revision: number): Origin | undefined {
    const { origin, confirmed } = this.state;
    if (text === undefined) return origin && { ...origin, end: 'replaced' };
    const isFirst = origin === undefined || origin.end === 'replaced';
    return { text, revision, back: isFirst ? confirmed : origin.back };
  }

  /** The origin when the unconfirmed wish has been taken back: it was the origin's, or had replaced the origin's. */
  private originBack(unconfirmed: number): Origin | undefined {
    const { origin, confirmed } = this.state;
    if (origin === undefined) return undefined;
    if (origin.end === 'replaced') return origin.revision === confirmed ? { ...origin, end: undefined } : origin;
    return origin.revision === unconfirmed ? { ...origin, end: 'taken-back' } : origin;
  }

  private holding(vpp: string, revision: number): State['vpps'] {
    const { id, held } = vppIn(this.state, vpp);
    return withVpp(this.state, { id, held: [...new Set([...held, revision])] });
  }
}

const MOST_TAKEN_BACK = 100;
