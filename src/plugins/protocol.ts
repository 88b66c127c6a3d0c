/** The door for programs that talk to an agent over HTTP: paths, headers and codes. It loads nothing else of the plugins. */

export { pathAt } from '../sdk/at-dataplane.js';
export { HTTP_CODES, OPERATION_CODES } from '../sdk/error-codes.js';
export type { ErrorBody } from '../sdk/http-error.js';
export type { WishCalls } from './desired-state/calls.js';
export type { FleetCalls } from './etcd/calls.js';
export type { Extension } from './gateway/openapi.js';
export { NDJSON, OPENAPI_PATH, pathOf, TIMEOUT_HEADER } from './gateway/operation-paths.js';
export { isLoopback } from './http/caller.js';
export { TRACE_CLOSE } from './trace/protocol.js';
