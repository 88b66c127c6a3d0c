/** The dataplane that is shown, of an agent that has several, and the addresses of what is about it. */

import { MAIN, prefixOf, servedFor } from './dataplane-paths.js';
import { Value } from './value.js';

/** The dataplane that the page is served for, which is shown unless the URL's fragment names another. */
export const HOME = servedFor(location.pathname);

export const dataplane = new Value(HOME);

/** The agent's root from the page: a proxy may serve the agent below a path of its own. */
const ROOT = HOME === MAIN ? '..' : '../../..';

/** URL of a path of the agent for a dataplane, which is the one that is shown unless another is named. */
export const urlOf = (path: string, name = dataplane.current): URL =>
  new URL(`${ROOT}${prefixOf(name)}${path}`, location.href.split('#')[0]);
