/**
 * How many operations of a plugin may run at a time. The agent keeps it, so that a plugin need not lock.
 *
 *   parallel                any number (the default)
 *   serialize-requests      one at a time for each client
 *   serialize-all-requests  one at a time
 *   serialize-connections   one at a time, and one client at a time: others wait until it has closed
 */
export const CONCURRENCY = [
  'serialize-connections',
  'serialize-all-requests',
  'serialize-requests',
  'parallel',
] as const;
export type Concurrency = (typeof CONCURRENCY)[number];
