/** Adds and removes routes: a list of any length in one call, as fast as VPP takes them. */

import { type Channel, FieldError, RetvalError, type Untyped } from '../mux/index.js';
import { ObjectError, stepFailure } from './errors.js';
import { type ExchangeOptions, newest, typed } from './exchange.js';
import { InterfaceTable } from './interface-table.js';
import { VERSIONS } from './messages.js';
import { type Account, type Failure, pipelined } from './pipelined.js';
import { readRoutes } from './read-routes.js';
import type { Route } from './route.js';
import { routeFields } from './route-fields.js';

/** Fills the window of a channel. */
const WINDOW = 100;
/** Routes between two calls of `onProgress`. */
const PROGRESS_STEP = 100;

export interface RouteChangeOptions extends ExchangeOptions {
  /** Reaction to a route that VPP refuses: `stop` and reject, or `continue` with the others. Default `stop`. */
  readonly onError?: 'stop' | 'continue';
  /** Failures that the outcome lists; all are counted. Default 100. */
  readonly maxFailures?: number;
  /** Called after every hundred routes and after the last. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface RouteAddOptions extends RouteChangeOptions {
  /** Put the paths next to those that the route has already, instead of in their place. Default false. */
  readonly multipath?: boolean;
}

export interface RouteOutcome {
  /** Routes that VPP has taken. */
  readonly done: number;
  readonly failed: number;
  /** The failures that happened first, by their place in the list. */
  readonly failures: readonly RouteFailure[];
}

export interface RouteFailure extends Failure {
  readonly route: Route;
}

interface RouteChange extends RouteChangeOptions {
  readonly isAdd: boolean;
  readonly isMultipath: (route: Route) => boolean;
}

/**
 * Adds routes, given as objects or as lines of text (`10.0.0.0/24 via 192.0.2.1 loop0`). A route that is there gets these paths in place
 * of its own. All are checked before the first is sent (`ip_route_add_del_v2`, or `ip_route_add_del` of a VPP that lacks it); then 100 are
 * under way at a time.
 *
 * Rejects with a StepError that names the route: nothing was sent where it is INVALID or NOT_FOUND; otherwise its message says how many were
 * added, and up to 99 behind the one that failed may be. With `onError: 'continue'` only the end of the connection rejects.
 */
export function add(
  channel: Channel<Untyped>,
  routes: readonly (Route | string)[],
  { multipath = false, ...options }: RouteAddOptions = {},
): Promise<RouteOutcome> {
  return change(channel, routes, { ...options, isAdd: true, isMultipath: () => multipath });
}

/**
 * Removes routes that the API has added: one without paths as a whole; of one with paths only these, and the route with its
 * last. A route that is not there counts as removed, because VPP does not say. Messages and rejections are those of `add`.
 */
export function remove(
  channel: Channel<Untyped>,
  routes: readonly (Route | string)[],
  options: RouteChangeOptions = {},
): Promise<RouteOutcome> {
  return change(channel, routes, { ...options, isAdd: false, isMultipath: ({ paths = [] }) => paths.length > 0 });
}

async function change(
  channel: Channel<Untyped>,
  given: readonly (Route | string)[],
  { isAdd, isMultipath, onError = 'stop', maxFailures = 100, onProgress, ...options }: RouteChange,
): Promise<RouteOutcome> {
  const interfaces = await InterfaceTable.read(channel, options);
  const check = (route: Route) => {
    if (isAdd && (route.paths ?? []).length === 0) {
      throw new ObjectError('INVALID', 'route', 'it has no path: add via, or drop', { path: 'paths' });
    }
    // A misspelt name is not to leave half of a file done.
    if (onError === 'stop') routeFields(route, interfaces);
  };
  const routes = await readRoutes(given, check, options.signal);
  const message = newest(channel, VERSIONS.routeChange);
  const vpp = typed(channel);
  const send = (route: Route) => {
    const fields = { is_add: isAdd, is_multipath: isMultipath(route), route: routeFields(route, interfaces) };
    return vpp.request(message, fields, options);
  };
  const onEnd = (ended: number) => {
    if (ended % PROGRESS_STEP === 0 || ended === routes.length) onProgress?.(ended, routes.length);
  };
  const goOn = (error: unknown) => onError === 'continue' && isOfOneRoute(error);
  const account = await pipelined(routes, send, { window: WINDOW, goOn, onEnd, keep: maxFailures });
  const { done, failed, failures, fatal } = account;
  if (fatal !== undefined) throw failure(fatal, account, routes, isAdd);
  return { done, failed, failures: failures.map((each) => ({ ...each, route: routes[each.index] })) };
}

/** Whether VPP says it of a route, not of everything: the next one may well succeed. */
function isOfOneRoute(error: unknown): boolean {
  return error instanceof RetvalError || error instanceof FieldError || error instanceof ObjectError;
}

/** Says which route it was, and what became of the others. */
function failure(
  { index, error }: Failure,
  { done, failed, notBegun }: Account,
  routes: readonly Route[],
  isAdd: boolean,
): unknown {
  const others = [
    `${done} ${isAdd ? 'added' : 'removed'}`,
    ...(failed > 1 ? [`${failed - 1} more failed`] : []),
    ...(notBegun > 0 ? [`${notBegun} not tried`] : []),
  ].join(', ');
  const place = `routes[${index}]`;
  return stepFailure('route', { step: `${place} (${routes[index].prefix})`, others }, error, place);
}
