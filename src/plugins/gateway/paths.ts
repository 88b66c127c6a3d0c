/** `interface.set-state` ⇄ `/api/interface/set-state`. No two operations have one path: their words have no dots. */

export const API_PATH = '/api';
export const OPENAPI_PATH = '/openapi.json';

const WORD = '[a-z][a-z0-9]*(?:-[a-z0-9]+)*';
const PATH = new RegExp(`^${WORD}(?:/${WORD})+$`);
const LONGEST = 200;

export const pathOf = (name: string): string => `${API_PATH}/${name.replaceAll('.', '/')}`;

/** The operation that a path below `/api/` means; undefined when none can have that name. */
export function nameAt(path: string): string | undefined {
  return path.length <= LONGEST && PATH.test(path) ? path.replaceAll('/', '.') : undefined;
}
