/**
 * Codes with which an operation can fail, in two tables: the agent's own about a call, and the ones that an operation uses
 * in `fault(code, text)`. Each code has its meaning, the status of an HTTP answer and the exit code of a command.
 */

interface CodeEntry {
  /** Meaning, and what to do. */
  readonly text: string;
  /** HTTP status. */
  readonly status: number;
  /**
   * Exit code: 2 the call itself is wrong, 3 VPP or the agent is away, 4 no answer in time, 130 given up, 1 all else.
   */
  readonly exit: 1 | 2 | 3 | 4 | 130;
}

/** Codes of the agent itself, about a call. */
export const CALL_CODES = {
  UNKNOWN_OPERATION: {
    text: 'no plugin that runs has an operation of this name; the nearest names are given',
    status: 404,
    exit: 2,
  },
  INVALID_INPUT: {
    text: 'the input does not fit the operation; the path of the value is named, and nothing was done',
    status: 400,
    exit: 2,
  },
  READ_ONLY: { text: 'the operation writes, and this client may only read; nothing was done', status: 403, exit: 1 },
  NOT_SUPPORTED: { text: 'every plugin that has this operation says it cannot do it here', status: 501, exit: 1 },
  FAILED: {
    text: 'the operation failed in a way it has no code for; the log of the agent says why, under the number of the call',
    status: 500,
    exit: 1,
  },
  BUSY: {
    text: 'too many calls of this client wait for their turn; call again when some have ended',
    status: 503,
    exit: 1,
  },
  CIRCULAR_CALL: {
    text: 'operations that call each other lead in a circle: the call would wait for itself, or never come to an end',
    status: 500,
    exit: 1,
  },
  CANCELLED: { text: 'the caller gave up, or is gone; the operation may have been done', status: 499, exit: 130 },
  TIMEOUT: {
    text: 'the operation did not end within its time; it was aborted, and may have been done',
    status: 504,
    exit: 4,
  },
  CLOSED: { text: 'the client, the plugin or the agent is closed or closing', status: 503, exit: 3 },
} as const satisfies Record<string, CodeEntry>;

/** Codes of an operation, for `fault(code, text)`. */
export const FAULT_CODES = {
  EINVAL: { text: 'a value of the input makes no sense here', status: 400, exit: 2 },
  ERANGE: { text: 'a value of the input is out of range', status: 400, exit: 2 },
  EPERM: { text: 'nobody is allowed to do this', status: 403, exit: 1 },
  EACCES: { text: 'this client is not allowed to do this', status: 403, exit: 1 },
  ENOENT: { text: 'what the input names does not exist', status: 404, exit: 1 },
  EEXIST: { text: 'what is to be made exists already', status: 409, exit: 1 },
  EBUSY: { text: 'it is in use', status: 409, exit: 1 },
  ENOTSUP: { text: 'this VPP, or this agent, cannot do it', status: 501, exit: 1 },
  EAGAIN: { text: 'not now; try again later', status: 503, exit: 1 },
  ENOSPC: { text: 'there is no room for more', status: 507, exit: 1 },
  ENOTCONN: { text: 'what is needed for it (VPP) is not connected', status: 503, exit: 3 },
  ETIMEDOUT: { text: 'what is needed for it (VPP) did not answer in time', status: 504, exit: 4 },
  EPROTO: { text: 'what is needed for it (VPP) refused, or answered with something unexpected', status: 502, exit: 1 },
  EIO: { text: 'it failed on its way', status: 500, exit: 1 },
} as const satisfies Record<string, CodeEntry>;

/** All codes. A test compares `docs/errors.md` with this table. */
export const OPERATION_CODES = { ...CALL_CODES, ...FAULT_CODES };

export type FaultCode = keyof typeof FAULT_CODES;
export type OperationCode = keyof typeof OPERATION_CODES;
