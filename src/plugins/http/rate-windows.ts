/**
 * Requests of each address in its present window, for @fastify/rate-limit. The store of that package gives its own
 * counter, which is read a turn of the event loop later: by then a burst has counted itself up, and all of it is refused.
 * This one gives a copy.
 */

/** Addresses kept, if nothing else is said: as many as the package's own store keeps. */
const ADDRESSES = 5000;

interface Window {
  count: number;
  /** On the clock of performance.now(). */
  readonly endsAt: number;
}

type Counted = (error: Error | null, result?: { current: number; ttl: number }) => void;

export class RateWindows {
  /** The address seen last is the last. */
  readonly #windows = new Map<string, Window>();
  readonly #limit: number;

  /** The package gives its options, `cache` as for its own store. */
  constructor({ cache = ADDRESSES }: { readonly cache?: number } = {}) {
    this.#limit = cache;
  }

  incr(address: string, counted: Counted, windowMs: number): void {
    const now = performance.now();
    let window = this.#windows.get(address);
    if (window === undefined || window.endsAt <= now) window = { count: 0, endsAt: now + windowMs };
    window.count++;
    this.#windows.delete(address);
    this.#windows.set(address, window);
    const [oldest] = this.#windows.keys();
    if (this.#windows.size > this.#limit) this.#windows.delete(oldest);
    counted(null, { current: window.count, ttl: window.endsAt - now });
  }

  /** For a route that has a `rateLimit` of its own in its config. */
  child(): RateWindows {
    return new RateWindows({ cache: this.#limit });
  }
}
