/** route.add and route.remove: a list of routes in one call, as fast as VPP takes them. */

import { z } from 'zod';
import { reasonOf } from '../../agent/errors.js';
import { Fault, fault, isFault } from '../../agent/operations/fault.js';
import type { OperationContext } from '../../agent/operations/implement.js';
import { FieldError, RetvalError } from '../../mux/index.js';
import { muxFault } from '../mux-fault.js';
import { InterfaceTable } from './interface-table.js';
import { type Account, type Failure, pipelined } from './pipelined.js';
import { readRoutes } from './read-routes.js';
import type { Route, routeInput } from './route-input.js';
import { routeFields } from './route-request.js';
import type { VppCall } from './vpp-call.js';

/** Fills the channel's own window. */
const WINDOW = 100;
/** Progress is told so often. */
const STEP = 100;
/** So many failures are told in full. */
const SHOWN_FAILURES = 100;

export const onError = z
  .enum(['stop', 'continue'])
  .default('stop')
  .describe(
    'What to do about a route that fails: stop, and fail with its reason; or go on with the others and list it',
  );

export const failed = z.int().meta({ failures: true }).describe('How many it has not');

export const failures = z
  .array(
    z.object({
      index: z.int().describe('Where it stands in the list, from 0'),
      prefix: z.string().describe('Its prefix'),
      table: z.int().describe('Its IP table'),
      code: z.string().describe('ENOENT, EINVAL, …: as of a call that fails'),
      reason: z.string().describe('Why, in words'),
    }),
  )
  .describe(`With onError "continue", the first ${SHOWN_FAILURES} that failed`);

export interface RouteChange {
  readonly isAdd: boolean;
  /** Of a route that has other paths: only these are meant. */
  readonly isMultipath: (route: Route) => boolean;
  readonly onError: 'stop' | 'continue';
}

export interface RouteOutcome {
  readonly done: number;
  readonly failed: number;
  readonly failures: z.input<typeof failures>;
}

/** Adds or removes the routes that are `given`. Rejects with the fault of the first that fails, unless it is to go on. */
export async function changeRoutes(
  vpp: VppCall,
  ctx: OperationContext,
  given: readonly z.output<typeof routeInput>[],
  { isAdd, isMultipath, onError }: RouteChange,
): Promise<RouteOutcome> {
  const interfaces = await InterfaceTable.read(vpp);
  const check = (route: Route) => {
    if (isAdd && route.paths.length === 0) throw fault('EINVAL', 'it has no path: add via, or drop', { path: 'paths' });
    // A misspelt name is not to leave half of a file done.
    if (onError === 'stop') routeFields(route, interfaces);
  };
  const routes = await readRoutes(given, check, ctx.signal);
  const message = vpp.newest('ip_route_add_del_v2', 'ip_route_add_del');
  const send = (route: Route) => {
    const fields = { is_add: isAdd, is_multipath: isMultipath(route), route: routeFields(route, interfaces) };
    return vpp.request(message, fields);
  };
  const onEnd = (ended: number) => {
    if (ended % STEP === 0 || ended === routes.length) ctx.progress(ended, routes.length);
  };
  const goOn = (error: unknown) => onError === 'continue' && isOfOneRoute(error);
  const account = await pipelined(routes, send, { window: WINDOW, goOn, onEnd, keep: SHOWN_FAILURES });
  const { done, failed, failures, fatal } = account;
  if (fatal !== undefined) throw failure(fatal, account, routes, isAdd);
  return { done, failed, failures: failures.map(({ index, error }) => shownFailure(index, error, routes[index])) };
}

function shownFailure(index: number, error: unknown, { prefix, table }: Route): RouteOutcome['failures'][number] {
  const { code, message: reason } = faultOf(error) ?? fault('EIO', reasonOf(error));
  return { index, prefix, table, code, reason };
}

/** What VPP says of a route, not of everything: the next one may well succeed. */
function isOfOneRoute(error: unknown): boolean {
  return error instanceof RetvalError || error instanceof FieldError || isFault(error);
}

const faultOf = (error: unknown) => (isFault(error) ? error : muxFault(error));

/** Says which route it was, and what became of the others. What is no error of VPP or the mux stays as it is. */
function failure(
  { index, error }: Failure,
  { done, failed, notBegun }: Account,
  routes: readonly Route[],
  isAdd: boolean,
): unknown {
  const known = faultOf(error);
  if (known === undefined) return error;
  const others = [
    `${done} ${isAdd ? 'added' : 'removed'}`,
    ...(failed > 1 ? [`${failed - 1} more failed`] : []),
    ...(notBegun > 0 ? [`${notBegun} not tried`] : []),
  ];
  const text = `routes[${index}] (${routes[index].prefix}): ${known.message} (${others.join(', ')})`;
  return new Fault(known.code, text, { path: `routes[${index}]` }, error);
}
