/** Reads and checks the routes of one call before anything is sent, in slices, so that others have their turn meanwhile. */

import { setImmediate } from 'node:timers/promises';
import { textAt } from '../thrown.js';
import { checkRoute } from './check-route.js';
import { ObjectError, StepError } from './errors.js';
import type { Route } from './route.js';
import { readRouteLine } from './route-line.js';

/** Milliseconds for which the event loop may be held up. */
const SLICE = 10;

/** Throws INVALID for anything that is no route, and the ObjectErrors that `check` throws, each with its place in the list. */
export async function readRoutes(
  given: readonly (Route | string)[],
  check: (route: Route) => void,
  signal: AbortSignal | undefined,
): Promise<Route[]> {
  const routes: Route[] = [];
  let began = performance.now();
  for (const [index, each] of given.entries()) {
    const route = typeof each === 'string' ? readRouteLine(each) : each;
    if (typeof route === 'string') throw wrong(index, `"${each}"`, new ObjectError('INVALID', 'route', route));
    try {
      if (typeof each !== 'string') checkRoute(each);
      check(route);
    } catch (error) {
      throw error instanceof ObjectError ? wrong(index, `(${textAt(route, 'prefix') ?? '?'})`, error) : error;
    }
    routes.push(route);
    if (performance.now() - began < SLICE) continue;
    await setImmediate();
    signal?.throwIfAborted();
    began = performance.now();
  }
  return routes;
}

function wrong(index: number, what: string, cause: ObjectError): StepError {
  const place = `routes[${index}]`;
  const path = cause.path === undefined ? place : `${place}.${cause.path}`;
  return new StepError('route', { step: `${place} ${what}`, others: 'nothing was sent' }, cause, path);
}
