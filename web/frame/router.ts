/** The dataplane and the view that are shown, by the URL's fragment: `#/interfaces/3`, `#/dataplanes/edge/interfaces/3`. */

import { dataplane, HOME } from '../feed/dataplane.js';
import { Value } from '../feed/value.js';

/** `interfaces` and `['3']` of `#/interfaces/3`. */
export interface Route {
  readonly dataplane: string;
  readonly view: string;
  readonly rest: readonly string[];
}

/** The fragment that leads to the view itself, past what is around it. */
export const MAIN = '#main';

/** First part of a fragment that names a dataplane, as of the agent's paths. */
const DATAPLANES = 'dataplanes';

export function routeOf(fragment: string): Route {
  const parts = fragment
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decoded);
  const [named, ...behind] = parts[0] === DATAPLANES ? parts.slice(1) : [HOME, ...parts];
  const [view = '', ...rest] = behind;
  return { dataplane: named || HOME, view, rest };
}

/** A link to a view of the dataplane that is shown: `#/interfaces/3`. */
export const linkTo = (view: string, ...rest: readonly (string | number)[]): string =>
  linkAt(dataplane.current, view, ...rest);

/** A link to a view of a dataplane. */
export function linkAt(name: string, view: string, ...rest: readonly (string | number)[]): string {
  const before = name === HOME ? [] : [DATAPLANES, name];
  return `#/${[...before, view, ...rest].map((part) => encodeURIComponent(part)).join('/')}`;
}

export const route = new Value(routeOf(location.hash));
dataplane.set(route.current.dataplane);
addEventListener('hashchange', ({ oldURL }) => {
  // The browser has moved the focus; the view stays.
  if (location.hash === MAIN) history.replaceState(undefined, '', oldURL);
  else go(routeOf(location.hash));
});

/** The dataplane first: links of a view are those of its dataplane. */
function go(to: Route): void {
  dataplane.set(to.dataplane);
  route.set(to);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
