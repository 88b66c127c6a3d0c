/** The paths of the REST side, and what its requests have in their headers. */

export const VPP_PATH = '/vpp';
export const OPENAPI_PATH = `${VPP_PATH}/openapi.json`;
export const EVENTS_PATH = `${VPP_PATH}/events`;

export const NDJSON = 'application/x-ndjson';
export const PROBLEM = 'application/problem+json';
export const JSON_TYPE = 'application/json; charset=utf-8';

/** Header with the milliseconds that the caller gives the request. */
export const TIMEOUT_HEADER = 'x-timeout-ms';
/** Largest value of that header: a day. */
export const LONGEST_MS = 86_400_000;

/** No definition has another name, or one so long. */
const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** The message whose name is the path behind `/vpp/`; undefined when no message can have that name. */
export const nameAt = (path: string): string | undefined => (NAME.test(path) ? path : undefined);
