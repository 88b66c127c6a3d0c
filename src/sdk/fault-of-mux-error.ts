/** Translates an error of the mux, thrown in an operation, into the fault that the operation's caller gets. */

import type { OperationCode } from '../agent/operations/codes.js';
import { Fault } from '../agent/operations/fault.js';
import { type ErrorCode, RetvalError, VppmuxError } from '../mux/index.js';
import { isA } from '../thrown.js';

/** Codes that mean something to the operation's caller; all others are for the log. */
const CODES: Partial<Record<ErrorCode, OperationCode>> = {
  NOT_CONNECTED: 'ENOTCONN',
  CONNECTION_LOST: 'ENOTCONN',
  GAVE_UP: 'ENOTCONN',
  CLOSED: 'ENOTCONN',
  REPLY_TIMEOUT: 'ETIMEDOUT',
  READ_ONLY: 'READ_ONLY',
  REFUSED: 'EACCES',
  FORBIDDEN_MESSAGE: 'EPERM',
  RATE_LIMITED: 'EAGAIN',
  POISONED: 'EAGAIN',
  BAD_FIELD: 'EINVAL',
  MESSAGE_NOT_IN_VPP: 'ENOTSUP',
  CRC_MISMATCH: 'ENOTSUP',
  NO_DEFINITION: 'ENOTSUP',
  SCHEMA_INVALID: 'ENOTSUP',
  UNEXPECTED_REPLY: 'EPROTO',
  DUMP_INCOMPLETE: 'EIO',
  REPLY_OVERFLOW: 'EIO',
};

/** Patterns in the names of VPP's refusals; the first that matches counts. */
const REFUSALS: readonly (readonly [RegExp, OperationCode])[] = [
  [/^(NO_SUCH|UNKNOWN)|NOT_FOUND|NOT_IN_|NOT_PRESENT|ENOENT|INVALID_SW_IF_INDEX|NO_MATCHING/, 'ENOENT'],
  [/EXIST/, 'EEXIST'],
  [/IN_?USE/, 'EBUSY'],
  [/UNIMPLEMENTED|UNSUPPORTED|NOTSUPP|FEATURE_DISABLED/, 'ENOTSUP'],
  [/EAGAIN|NOT_READY/, 'EAGAIN'],
  [/FULL|EXCEEDED|TOO_BIG/, 'ENOSPC'],
  [/INVALID|MISMATCH/, 'EINVAL'],
];

/**
 * The fault for an error of the mux; undefined for any other value, and for an error that means nothing to the caller. The agent
 * applies it to everything that an operation throws; an operation that goes on after an error calls it itself.
 */
export function faultOfMuxError(error: unknown): Fault | undefined {
  if (isA(error, RetvalError)) {
    const { messageName, reason, retvalName } = error;
    const code = REFUSALS.find(([pattern]) => pattern.test(retvalName))?.[1] ?? 'EPROTO';
    return new Fault(code, `VPP refused ${messageName}: ${reason}`);
  }
  if (!isA(error, VppmuxError)) return undefined;
  const code = CODES[error.code];
  return code && new Fault(code, error.message);
}
