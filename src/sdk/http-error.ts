/** Errors of the HTTP server, and the one shape in which every error is answered. */

import type { Fault } from '../agent/operations/fault.js';
import { HTTP_CODES, type HttpErrorCode } from './error-codes.js';

/** An error whose code and message go to the caller, when a hook or a handler of a route throws it. */
export class HttpError extends Error {
  constructor(
    readonly code: HttpErrorCode,
    message: string,
    /** Headers of the answer. */
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.name = 'HttpError';
  }

  get status(): number {
    return HTTP_CODES[this.code].status;
  }
}

/** The body of every answer that is an error: `{ "error": { "code": "INVALID_INPUT", "message": "…", … } }`. */
export interface ErrorBody {
  readonly error: {
    /** A key of `HTTP_CODES` or `OPERATION_CODES`. */
    readonly code: string;
    readonly message: string;
    /** Path of the input's value that it is about, as `routes[3].prefix`. */
    readonly path?: string;
    /** The same as in the header `x-request-id`, and in the agent's log. */
    readonly requestId: string;
  };
}

export function errorBody(error: Fault | HttpError, requestId: string): ErrorBody {
  const path = error instanceof HttpError ? undefined : error.path;
  return { error: { code: error.code, message: error.message, ...(path !== undefined && { path }), requestId } };
}
