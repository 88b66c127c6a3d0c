/**
 * One listener on each AbortSignal, however many requests carry it. A program's one signal may be on
 * thousands in flight, while Node warns of a leak from the eleventh listener on, and walks through all of
 * them whenever one is added or removed.
 */

class Followers {
  private readonly all = new Set<() => void>();

  constructor(private readonly signal: AbortSignal) {
    signal.addEventListener('abort', this.abort, { once: true });
  }

  add(leave: () => void): void {
    this.all.add(leave);
  }

  /** The last one takes the listener along. */
  remove(leave: () => void): void {
    if (!this.all.delete(leave) || this.all.size > 0) return;
    bySignal.delete(this.signal);
    this.signal.removeEventListener('abort', this.abort);
  }

  private readonly abort = () => {
    bySignal.delete(this.signal);
    for (const leave of this.all) leave();
  };
}

const bySignal = new WeakMap<AbortSignal, Followers>();

/** Calls `leave` when `signal`, which is not aborted yet, is aborted; returns what takes that back. */
export function onAbort(signal: AbortSignal, leave: () => void): () => void {
  let followers = bySignal.get(signal);
  if (!followers) {
    followers = new Followers(signal);
    bySignal.set(signal, followers);
  }
  followers.add(leave);
  return () => followers.remove(leave);
}

/**
 * The same for whichever of them comes first, with its reason. `AbortSignal.any` would leave something of itself on one that
 * outlives the others, each time.
 */
export function onFirstAbort(
  signals: AbortSignal | readonly AbortSignal[],
  leave: (reason: unknown) => void,
): () => void {
  if ('aborted' in signals) return onAbort(signals, () => leave(signals.reason));
  const forgets = signals.map((signal) => onAbort(signal, () => leave(signal.reason)));
  return () => {
    for (const forget of forgets) forget();
  };
}

export interface FirstAbort {
  readonly signal: AbortSignal;
  /** Takes its listeners back: nothing of it stays on signals that outlive it. */
  readonly forget: () => void;
}

/** A signal that is aborted with the first of these, with its reason; `AbortSignal.any` for signals that outlive what waits for them. */
export function firstAbort(signals: readonly AbortSignal[]): FirstAbort {
  const first = new AbortController();
  const aborted = signals.find((signal) => signal.aborted);
  if (aborted) first.abort(aborted.reason);
  const forget = aborted ? () => {} : onFirstAbort(signals, (reason) => first.abort(reason));
  return { signal: first.signal, forget };
}
