/** Tells failures apart that may be otherwise the next time from those that will not, as long as wish and VPP are as they are. */

import { backoffDelay } from '../../backoff.js';
import { type ErrorCode, RetvalError, VppmuxError } from '../../mux/index.js';

/** Refusals of VPP that depend on what is asked alone. */
const FINAL_REFUSAL =
  /^(INVALID_(?!SW_IF_INDEX)|UNIMPLEMENTED|UNSUPPORTED|FEATURE_DISABLED|ADDRESS_LENGTH|VALUE_|SAME_|BAD_)|NOT_SUPPORTED$/;

/** Errors of this side that another attempt may not have. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  ...(['RATE_LIMITED', 'BACKLOG_FULL', 'POISONED', 'NOT_CONNECTED', 'CONNECTION_LOST', 'ABORTED'] as const),
  ...(['CHANNEL_CLOSED', 'REPLY_TIMEOUT', 'REFUSED', 'MESSAGE_NOT_IN_VPP'] as const),
]);

/** Whether another attempt may succeed. A kind that throws, a value that fits no field and a channel that only reads stay as they are. */
export function mayPass(error: Error | undefined): boolean {
  if (error instanceof RetvalError) return !FINAL_REFUSAL.test(error.retvalName);
  return error instanceof VppmuxError && PASSING.has(error.code);
}

const FAILED = { delayMs: 5000, maxDelayMs: 300_000 };
const OWED = { delayMs: 5000, maxDelayMs: 60_000 };

/** Milliseconds until a failed operation is tried again; attempts count from 1. */
export const retryDelay = (attempt: number, random?: () => number) => backoffDelay(attempt, FAILED, random);

/** Milliseconds until VPP is read again, which could not be read or did not answer. */
export const rereadDelay = (attempt: number, random?: () => number) => backoffDelay(attempt, OWED, random);
