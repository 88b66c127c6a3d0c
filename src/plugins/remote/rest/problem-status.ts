/** The status of an answer that is an error, and the meaning of its code. */

import { ERROR_CODES, type ErrorCode, RetvalError, VppmuxError } from '../../../mux/index.js';
import { faultIn, faultOfMuxError, HTTP_CODES, HttpError, OPERATION_CODES } from '../../../sdk/index.js';
import { isA } from '../../../thrown.js';

/** Statuses of HTTP for the codes of the mux; all others are the agent's own fault. */
const STATUSES: Partial<Record<ErrorCode, number>> = {
  BAD_FIELD: 400,
  WRONG_KIND: 400,
  BAD_OPTION: 400,
  READ_ONLY: 403,
  REFUSED: 403,
  FORBIDDEN_MESSAGE: 403,
  UNKNOWN_MESSAGE: 404,
  RATE_LIMITED: 429,
  ABORTED: 499,
  MESSAGE_NOT_IN_VPP: 501,
  CRC_MISMATCH: 501,
  NO_DEFINITION: 501,
  SCHEMA_INVALID: 501,
  CONNECTION_LOST: 502,
  UNEXPECTED_REPLY: 502,
  TRUNCATED: 502,
  MESSAGE_TOO_LARGE: 502,
  DUMP_INCOMPLETE: 502,
  NOT_CONNECTED: 503,
  GAVE_UP: 503,
  CLOSED: 503,
  CHANNEL_CLOSED: 503,
  POISONED: 503,
  BACKLOG_FULL: 503,
  REPLY_TIMEOUT: 504,
  REPLY_OVERFLOW: 507,
};

/** The status of an answer with this error. */
export function statusOf(thrown: unknown): number {
  if (isA(thrown, HttpError)) return thrown.status;
  // By what VPP's refusal means: 404 for what is not there, 409 for what is there already.
  if (isA(thrown, RetvalError)) return faultOfMuxError(thrown)?.status ?? 502;
  if (isA(thrown, VppmuxError)) return STATUSES[thrown.code] ?? 500;
  return faultIn(thrown)?.status ?? 500;
}

/** The meaning of a code, for people; '' where no table has it. */
export function meaningOf(code: string): string {
  const tables: readonly Readonly<Record<string, string | { readonly text: string }>>[] = [
    ERROR_CODES,
    HTTP_CODES,
    OPERATION_CODES,
  ];
  const found = tables.find((table) => Object.hasOwn(table, code))?.[code] ?? '';
  return typeof found === 'string' ? found : found.text;
}
