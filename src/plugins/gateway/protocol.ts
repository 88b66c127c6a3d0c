/**
 * How operations are reached: `interface.set-state` ⇄ `/api/interface/set-state`. No two have one path, for their words
 * have no dots.
 */

export const API_PATH = '/api';
export const OPENAPI_PATH = '/openapi.json';
/** For people. */
export const DOCS_PATH = '/docs';
/** Who accepts it gets progress while the operation runs: a JSON object a line, the last one the result. */
export const NDJSON = 'application/x-ndjson';
/** Milliseconds that the caller gives the operation. */
export const TIMEOUT_HEADER = 'x-timeout-ms';
/** The most of them: a day. */
export const LONGEST_MS = 86_400_000;

const WORD = '[a-z][a-z0-9]*(?:-[a-z0-9]+)*';
const PATH = new RegExp(`^${WORD}(?:/${WORD})+$`);
const LONGEST = 200;

export const pathOf = (name: string): string => `${API_PATH}/${name.replaceAll('.', '/')}`;

/** The operation that a path below `/api/` means; undefined when none can have that name. */
export function nameAt(path: string): string | undefined {
  return path.length <= LONGEST && PATH.test(path) ? path.replaceAll('/', '.') : undefined;
}
