// biome-ignore-all lint/plugin: an object with secrets in it may be logged

/**
 * The sessions of all WebSockets, and those whose socket was lost, each under the hash of a secret that its client alone has. Nothing
 * here has the secret itself.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../caller.js';
import type { Visit } from '../visit.js';
import type { Session } from './session.js';
import type { LostBounds } from './session-services.js';

const BYTES = 32;

interface Kept {
  readonly hash: Buffer;
  readonly session: Session;
  /** Set while its socket is lost. */
  timer: NodeJS.Timeout | undefined;
}

export class Sessions {
  readonly #byHash = new Map<string, Kept>();
  readonly #bySession = new Map<Session, Kept>();
  /** Sessions whose socket is lost, by their caller; the oldest first. */
  readonly #lost = new Map<Caller, Set<Kept>>();

  get open(): number {
    return this.#bySession.size - this.lost;
  }

  get lost(): number {
    let lost = 0;
    for (const { size } of this.#lost.values()) lost += size;
    return lost;
  }

  [Symbol.iterator](): Iterator<Session> {
    return this.#bySession.keys();
  }

  /** Keeps a session, and gives the secret that it can be resumed with. */
  add(session: Session): string {
    const secret = randomBytes(BYTES).toString('base64url');
    this.#keep(session, sha256(secret));
    return secret;
  }

  /**
   * The session of a secret, for the same caller; undefined where there is none. From another address the same token is another caller:
   * the session would go on with the shares and under the name of somebody else.
   */
  find(secret: string, { caller }: Pick<Visit, 'caller'>): Session | undefined {
    const hash = sha256(secret);
    // The time of a look-up by a hash tells nothing of the secret.
    const kept = this.#byHash.get(hash.toString('hex'));
    if (kept === undefined || !timingSafeEqual(kept.hash, hash)) return undefined;
    return kept.session.visit.caller === caller ? kept.session : undefined;
  }

  /** Puts `session` in the place of `fresh`, whose secret is from now on the one of `session`; that of before is used up. */
  replace(fresh: Session, session: Session): void {
    const kept = this.#bySession.get(fresh);
    this.remove(fresh);
    this.remove(session);
    if (kept !== undefined) this.#keep(session, kept.hash);
  }

  /**
   * Keeps a session without a socket for `ms`, then ends it. There are at most `most` of them, and `mostOfOne` of one caller. The oldest of
   * the caller that has the most goes first: nobody can lose so many that those of others go.
   */
  lose(session: Session, ms: number, { most, mostOfOne }: LostBounds): void {
    const kept = this.#bySession.get(session);
    if (kept === undefined) return;
    kept.timer = setTimeout(() => this.#end(kept, 'its socket was lost, and nobody has resumed it'), ms).unref();
    const { caller } = session.visit;
    const own = this.#lost.get(caller) ?? new Set();
    this.#lost.set(caller, own.add(kept));
    while (own.size > mostOfOne) this.#endOldest(own);
    while (this.lost > most) this.#endOldest(largest(this.#lost.values()));
  }

  /** Forgets a session. */
  remove(session: Session): void {
    const kept = this.#bySession.get(session);
    if (kept === undefined) return;
    clearTimeout(kept.timer);
    this.#found(kept);
    this.#bySession.delete(session);
    this.#byHash.delete(kept.hash.toString('hex'));
  }

  #keep(session: Session, hash: Buffer): void {
    const kept = { hash, session, timer: undefined };
    this.#byHash.set(hash.toString('hex'), kept);
    this.#bySession.set(session, kept);
  }

  /** Takes it from those that are lost. */
  #found(kept: Kept): void {
    const { caller } = kept.session.visit;
    const own = this.#lost.get(caller);
    own?.delete(kept);
    if (own?.size === 0) this.#lost.delete(caller);
  }

  #endOldest(lost: Iterable<Kept>): void {
    for (const oldest of lost) {
      this.#end(oldest, 'too many sockets were lost');
      return;
    }
  }

  #end(kept: Kept, reason: string): void {
    this.remove(kept.session);
    kept.session.end(reason);
  }
}

/** The set with the most members; the first one of several. */
function largest<T>(sets: Iterable<ReadonlySet<T>>): ReadonlySet<T> {
  let found: ReadonlySet<T> = new Set();
  for (const set of sets) if (set.size > found.size) found = set;
  return found;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest();
