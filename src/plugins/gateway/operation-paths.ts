/**
 * The paths of operations: `interface.set-state` ⇄ `/api/interface/set-state`. No two have one path, since the words of a name
 * have no dots.
 */

export const API_PATH = '/api';
export const OPENAPI_PATH = '/openapi.json';
/** The page for people. */
export const DOCS_PATH = '/docs';
/** A client that accepts this type gets progress while the operation runs: a JSON object a line, the last one the result. */
export const NDJSON = 'application/x-ndjson';
/** Key of a query that names the dataplane, of several, which an operation is for. */
export const DATAPLANE = 'dataplane';
/** Header with the milliseconds that the caller gives the operation. */
export const TIMEOUT_HEADER = 'x-timeout-ms';
/** Largest value of that header: a day. */
export const LONGEST_MS = 86_400_000;

const WORD = '[a-z][a-z0-9]*(?:-[a-z0-9]+)*';
const PATH = new RegExp(`^${WORD}(?:/${WORD})+$`);
const LONGEST = 200;

export const pathOf = (name: string): string => `${API_PATH}/${name.replaceAll('.', '/')}`;

/** The name of the operation at a path below `/api/`; undefined when no operation can have that name. */
export function nameAt(path: string): string | undefined {
  return path.length <= LONGEST && PATH.test(path) ? path.replaceAll('/', '.') : undefined;
}
