// biome-ignore-all lint/plugin: an error shows its fields to every log

/** The errors of reading VPP's stats segment. */
import type { StatsWay } from './types.js';

/** code → what it means and what to do. `docs/errors.md` is checked against this table by a test. */
export const STATS_ERRORS = {
  STATS_AWAY: 'VPP does not run, or its stats socket is elsewhere (`statseg` in startup.conf)',
  STATS_PERMISSION: 'no permission for the stats socket: join its group, or change `unix { gid … }` in startup.conf',
  STATS_UNREACHABLE: 'no way leads to the memory of the segment; the message has the reason of each way',
  STATS_BUSY: 'VPP does not finish a change of its directory: it makes many changes, hangs, or died meanwhile',
  STATS_INVALID: 'it is no stats segment of VPP 22.06 or later, or it is damaged',
  STATS_CLOSED: 'the reader was closed',
  BAD_PATTERN: 'a pattern is no regular expression, or has what patterns do not have here; the place is named',
  BAD_OPTION: 'an option has a value that it cannot have; the option is named',
} as const;

export type StatsErrorCode = keyof typeof STATS_ERRORS;

export interface StatsErrorFields {
  /** The reason why each way that was tried does not work. */
  readonly ways?: Readonly<Partial<Record<StatsWay, string>>>;
  readonly cause?: unknown;
}

/** A read of the stats segment that cannot be done. `code` is stable, `message` is for people, in one line. */
export class StatsError extends Error {
  declare readonly ways?: StatsErrorFields['ways'];

  constructor(
    readonly code: StatsErrorCode,
    message: string,
    { ways, cause }: StatsErrorFields = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'StatsError';
    if (ways !== undefined) this.ways = ways;
  }
}
