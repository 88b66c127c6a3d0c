/** The view that is shown, by the URL's fragment: `#/interfaces/3`. */

import { Value } from '../feed/value.js';

/** `interfaces` and `['3']` of `#/interfaces/3`. */
export interface Route {
  readonly view: string;
  readonly rest: readonly string[];
}

/** The fragment that leads to the view itself, past what is around it. */
export const MAIN = '#main';

export function routeOf(fragment: string): Route {
  const [view = '', ...rest] = fragment
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decoded);
  return { view, rest };
}

/** A link to a view: `#/interfaces/3`. */
export const linkTo = (view: string, ...rest: readonly (string | number)[]): string =>
  `#/${[view, ...rest].map((part) => encodeURIComponent(part)).join('/')}`;

export const route = new Value(routeOf(location.hash));
addEventListener('hashchange', ({ oldURL }) => {
  // The browser has moved the focus; the view stays.
  if (location.hash === MAIN) history.replaceState(undefined, '', oldURL);
  else route.set(routeOf(location.hash));
});

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
