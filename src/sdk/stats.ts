/** The service `Stats`: VPP's counters, as plugins get them. */

import { token } from '../agent/token.js';
import type { Stats as OpenStats } from '../stats/index.js';

/**
 * VPP's counters: everything of `openStats()` but its end, which is the agent's. They are read from VPP's memory, without a question to
 * VPP, and opened by the first read: reads reject with a StatsError where there is no stats socket, and a watch of a VPP that was there
 * waits until it is again. After a fail-over they are those of the other VPP.
 */
export interface Stats extends Omit<OpenStats, 'close' | typeof Symbol.asyncDispose> {}
export const Stats = token<Stats>('stats');
