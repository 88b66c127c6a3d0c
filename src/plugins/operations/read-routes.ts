/** The routes of one call, read and checked before anything is sent; others have their turn meanwhile. */

import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import { Fault, isFault } from '../../agent/operations/fault.js';
import type { Route, routeInput } from './route-input.js';
import { readRouteLine } from './route-line.js';

/** Milliseconds that the event loop may be held up. */
const SLICE = 10;

/** Throws EINVAL for what is no route, and what `check` throws, with the place in the list. */
export async function readRoutes(
  given: readonly z.output<typeof routeInput>[],
  check: (route: Route) => void,
  signal: AbortSignal,
): Promise<Route[]> {
  const routes: Route[] = [];
  let began = performance.now();
  for (const [index, each] of given.entries()) {
    const route = typeof each === 'string' ? readRouteLine(each) : each;
    if (typeof route === 'string') throw wrong(index, `"${each}"`, new Fault('EINVAL', route));
    try {
      check(route);
    } catch (error) {
      throw isFault(error) ? wrong(index, `(${route.prefix})`, error) : error;
    }
    routes.push(route);
    if (performance.now() - began < SLICE) continue;
    await setImmediate();
    signal.throwIfAborted();
    began = performance.now();
  }
  return routes;
}

function wrong(index: number, what: string, { code, message, path }: Fault): Fault {
  const place = `routes[${index}]`;
  const text = `${place} ${what}: ${message} (nothing was sent)`;
  return new Fault(code, text, { path: path === undefined ? place : `${place}.${path}` });
}
