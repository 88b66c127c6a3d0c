/**
 * The codes of the errors that an agent answers with over HTTP: those of the HTTP server itself, and those of operations. This
 * file loads next to nothing, so that a command that only shows a code starts fast.
 */

export { OPERATION_CODES } from '../agent/operations/codes.js';

interface HttpCode {
  /** Its meaning, and the remedy. */
  readonly text: string;
  readonly status: number;
  /** Exit code of a command that meets it. */
  readonly exit: 1 | 2 | 3;
}

/** All codes of the HTTP server. `docs/gateway.md` is checked against this table by a test. */
export const HTTP_CODES = {
  BAD_REQUEST: { text: 'the request cannot be understood: no JSON, a bad URL, a bad header', status: 400, exit: 2 },
  UNAUTHORIZED: { text: 'a token is needed, or the one given is not known', status: 401, exit: 1 },
  FORBIDDEN: {
    text: 'this caller may not: it only may read, its page is of another origin, or it came under a foreign name',
    status: 403,
    exit: 1,
  },
  NOT_FOUND: { text: 'nothing is at this path', status: 404, exit: 3 },
  METHOD_NOT_ALLOWED: { text: 'the path takes other methods; the header Allow names them', status: 405, exit: 2 },
  REQUEST_TIMEOUT: { text: 'the request did not come within request-timeout', status: 408, exit: 1 },
  BODY_TOO_LARGE: { text: 'the body is larger than body-limit of http.conf', status: 413, exit: 2 },
  URI_TOO_LONG: { text: 'a part of the path is too long', status: 414, exit: 2 },
  UNSUPPORTED_MEDIA_TYPE: { text: 'a body must be JSON, with content-type: application/json', status: 415, exit: 2 },
  UPGRADE_REQUIRED: { text: 'only WebSockets are served at this path', status: 426, exit: 2 },
  RATE_LIMITED: {
    text: 'more requests in a second than rate-limit of http.conf; Retry-After says when to go on',
    status: 429,
    exit: 1,
  },
  HEADERS_TOO_LARGE: { text: 'the headers are larger than 16 KiB', status: 431, exit: 2 },
  UNAVAILABLE: {
    text: 'the plugin behind this path has ended, or failed to start; /status and the log say why',
    status: 503,
    exit: 3,
  },
  INTERNAL: { text: 'a fault of the agent or one of its plugins; the log says more', status: 500, exit: 1 },
} as const satisfies Record<string, HttpCode>;

export type HttpErrorCode = keyof typeof HTTP_CODES;
