/** The public door `vppmux/stats`: VPP's counters, read from its stats segment without a question to VPP. */
export { entryToJson, type StatsEntryJson } from './entry-to-json.js';
export { STATS_ERRORS, StatsError, type StatsErrorCode, type StatsErrorFields } from './errors.js';
export { DEFAULT_STATS_SOCKET, openStats } from './open-stats.js';
export { NameMatcher } from './patterns/name-matcher.js';
export type * from './types.js';
export { tryWays, type WayReport } from './ways/ways.js';
