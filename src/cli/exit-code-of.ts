/** The exit code that each error ends a command with. */

import { CommanderError } from 'commander';
import { type ErrorCode, VppmuxError } from '../mux/index.js';
import type { StatsError, StatsErrorCode } from '../stats/index.js';
import { AgentRequestError, LineError, UsageError } from './errors.js';
import { EXIT, type ExitCode } from './exit-codes.js';

const EXIT_BY_ERROR: Record<ErrorCode, ExitCode> = {
  SCHEMA_NOT_FOUND: EXIT.DEFINITIONS,
  SCHEMA_INVALID: EXIT.DEFINITIONS,
  UNKNOWN_MESSAGE: EXIT.USAGE,
  MESSAGE_NOT_IN_VPP: EXIT.DEFINITIONS,
  CRC_MISMATCH: EXIT.DEFINITIONS,
  INCOMPATIBLE: EXIT.INCOMPATIBLE,
  NO_DEFINITION: EXIT.DEFINITIONS,
  WRONG_KIND: EXIT.USAGE,
  FORBIDDEN_MESSAGE: EXIT.USAGE,
  BAD_FIELD: EXIT.USAGE,
  TRUNCATED: EXIT.LOST,
  MESSAGE_TOO_LARGE: EXIT.LOST,
  SOCKET_MISSING: EXIT.NO_CONNECTION,
  SOCKET_PERMISSION: EXIT.NO_CONNECTION,
  SOCKET_REFUSED: EXIT.NO_CONNECTION,
  SOCKET_FAILED: EXIT.NO_CONNECTION,
  TRANSPORT_FAILED: EXIT.NO_CONNECTION,
  WRONG_SOCKET: EXIT.NO_CONNECTION,
  FRAME_TOO_LARGE: EXIT.LOST,
  FRAME_STALLED: EXIT.LOST,
  PROTOCOL: EXIT.LOST,
  HANDSHAKE_FAILED: EXIT.NO_CONNECTION,
  HANDSHAKE_TIMEOUT: EXIT.TIMEOUT,
  GAVE_UP: EXIT.NO_CONNECTION,
  NOT_CONNECTED: EXIT.LOST,
  CONNECTION_LOST: EXIT.LOST,
  CLOSED: EXIT.LOST,
  REPLY_TIMEOUT: EXIT.TIMEOUT,
  BACKLOG_FULL: EXIT.TIMEOUT,
  ABORTED: EXIT.INTERRUPTED,
  POISONED: EXIT.LOST,
  UNEXPECTED_REPLY: EXIT.LOST,
  INTERNAL: EXIT.LOST,
  RETVAL: EXIT.REFUSED,
  READ_ONLY: EXIT.USAGE,
  REFUSED: EXIT.USAGE,
  RATE_LIMITED: EXIT.USAGE,
  CHANNEL_CLOSED: EXIT.LOST,
  REPLY_OVERFLOW: EXIT.LOST,
  DUMP_INCOMPLETE: EXIT.LOST,
  BAD_OPTION: EXIT.USAGE,
};

const EXIT_BY_STATS_ERROR: Record<StatsErrorCode, ExitCode> = {
  STATS_AWAY: EXIT.NO_CONNECTION,
  STATS_PERMISSION: EXIT.NO_CONNECTION,
  STATS_UNREACHABLE: EXIT.NO_CONNECTION,
  STATS_BUSY: EXIT.TIMEOUT,
  STATS_INVALID: EXIT.LOST,
  STATS_CLOSED: EXIT.LOST,
  BAD_PATTERN: EXIT.USAGE,
  BAD_OPTION: EXIT.USAGE,
};

/** Errors of fleets, of their stores, and of etcd; all others end with LOST. */
const EXIT_BY_FLEET_ERROR: Readonly<Record<string, ExitCode>> = {
  ...{ UNDER_WAY: EXIT.REFUSED, NO_GENERATION: EXIT.REFUSED, WRONG_STATE: EXIT.REFUSED, CONTENDED: EXIT.REFUSED },
  ...{
    TOO_LARGE: EXIT.REFUSED,
    WISH_TOO_LARGE: EXIT.REFUSED,
    BAD_MERGE: EXIT.REFUSED,
    BAD_PLAN: EXIT.REFUSED,
    BAD_OPTION: EXIT.USAGE,
  },
  ...{ ETCD_AWAY: EXIT.NO_CONNECTION, ETCD_NO_LEADER: EXIT.NO_CONNECTION, ETCD_TLS: EXIT.NO_CONNECTION },
  ...{ NOT_ETCD: EXIT.NO_CONNECTION, ETCD_AUTH: EXIT.NO_CONNECTION, ETCD_PERMISSION: EXIT.NO_CONNECTION },
  ...{ STORE_AWAY: EXIT.NO_CONNECTION, STORE_PERMISSION: EXIT.NO_CONNECTION },
  ...{ ETCD_TIMEOUT: EXIT.TIMEOUT, ETCD_BUSY: EXIT.TIMEOUT, ABORTED: EXIT.INTERRUPTED },
  ...{ ETCD_NO_SPACE: EXIT.NO_CONNECTION, STORE_FULL: EXIT.NO_CONNECTION },
};
const FLEET_ERRORS = ['FleetError', 'StoreError', 'EtcdError', 'EtcdUnavailableError', 'EtcdRefusedError'];

/** The exit code for whatever a command threw. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof LineError) return exitCodeOf(error.cause);
  if (error instanceof VppmuxError) {
    // Why it gave up, or why a dump ended early, says more: a timeout is not a missing socket.
    const isSummary = error.code === 'GAVE_UP' || error.code === 'DUMP_INCOMPLETE';
    if (isSummary && error.cause instanceof VppmuxError) return exitCodeOf(error.cause);
    // The deadline came before the connection did: late, not out of reach.
    const system = (error.cause as NodeJS.ErrnoException | undefined)?.code;
    return error.code === 'SOCKET_FAILED' && system === 'ETIMEDOUT' ? EXIT.TIMEOUT : EXIT_BY_ERROR[error.code];
  }
  // Their classes are loaded by the commands that throw them.
  if (error instanceof Error && error.name === 'StatsError') return EXIT_BY_STATS_ERROR[(error as StatsError).code];
  if (error instanceof Error && FLEET_ERRORS.includes(error.name)) {
    return EXIT_BY_FLEET_ERROR[String(Reflect.get(error, 'code'))] ?? EXIT.LOST;
  }
  if (error instanceof AgentRequestError) return error.exitCode;
  if (error instanceof UsageError) return EXIT.USAGE;
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.OK : EXIT.USAGE;
  return EXIT.BUG;
}
