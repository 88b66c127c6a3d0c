/**
 * The WebSocket of the plugin `trace`, as `vppmux trace` uses it:
 *
 *   GET /trace?last=100&follow=1&match=sw_*,!*_details
 *
 * `last` messages of the agent's ring come first (default 0), then, with `follow` (default 1), each new one. Every
 * WebSocket message holds whole lines of a trace file, the header first; the limits of the query are in `query.ts`.
 */

export const TRACE_PATH = '/trace';

/** Close codes of the agent; the reason next to the code is for people. */
export const TRACE_CLOSE = {
  /** All that was asked for has been sent. */
  DONE: 1000,
  /** The query cannot be understood. */
  BAD_QUERY: 4400,
  /** The caller is on another machine. */
  NOT_LOCAL: 4403,
  /** `last` is asked of an agent that keeps no ring. */
  NO_RING: 4404,
  /** The agent's trace.conf is another one now. */
  CHANGED: 4410,
  TOO_MANY: 4429,
} as const;
