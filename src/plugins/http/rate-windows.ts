/**
 * Counts the requests of each address in its present window, for @fastify/rate-limit. That package's own store hands out its
 * counter, which is read a turn of the event loop later: by then a burst has counted itself up, and all of it is refused. This one
 * hands out a copy.
 */

/** Default number of addresses kept, as in the package's own store. */
const ADDRESSES = 5000;

interface Window {
  count: number;
  /** Time of performance.now(). */
  readonly endsAt: number;
}

type Counted = (error: Error | null, result?: { current: number; ttl: number }) => void;

export class RateWindows {
  /** In the order in which the addresses were last seen. */
  private readonly windows = new Map<string, Window>();
  private readonly limit: number;

  /** Called by the package with its options; `cache` is the number of addresses kept. */
  constructor({ cache = ADDRESSES }: { readonly cache?: number } = {}) {
    this.limit = cache;
  }

  incr(address: string, counted: Counted, windowMs: number): void {
    const now = performance.now();
    let window = this.windows.get(address);
    if (window === undefined || window.endsAt <= now) window = { count: 0, endsAt: now + windowMs };
    window.count++;
    this.windows.delete(address);
    this.windows.set(address, window);
    const [oldest] = this.windows.keys();
    if (this.windows.size > this.limit) this.windows.delete(oldest);
    counted(null, { current: window.count, ttl: window.endsAt - now });
  }

  /** A store for a route that has a `rateLimit` of its own in its config. */
  child(): RateWindows {
    return new RateWindows({ cache: this.limit });
  }
}
