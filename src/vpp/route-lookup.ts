/** Looks up the route of an address, as VPP does for a packet. */

import { type Channel, RetvalError, type Untyped } from '../mux/index.js';
import { ObjectError } from './errors.js';
import { type ExchangeOptions, newest, typed } from './exchange.js';
import { entryOf, type FibEntry, prefixIn, readRouteNames } from './fib-entry.js';
import { addressOf, isV6 } from './ip-text.js';
import { VERSIONS } from './messages.js';

const NO_SUCH_FIB = -3;
const NO_SUCH_ENTRY = -6;

export interface RouteLookup extends ExchangeOptions {
  /** IP table. Default 0. */
  readonly table?: number;
}

/**
 * Looks up which route packets to an address take (`ip_route_lookup_v2`, or `ip_route_lookup` of a VPP that lacks it): one question,
 * however large the table is. Undefined where no route fits. Rejects with INVALID for what is no address, NOT_FOUND for a table that
 * is not there.
 */
export async function lookup(
  channel: Channel<Untyped>,
  address: string,
  { table = 0, ...options }: RouteLookup = {},
): Promise<FibEntry | undefined> {
  const host = addressOf(address);
  if (host === undefined) throw new ObjectError('INVALID', 'route', `"${address}" is no address`, { path: 'address' });
  const message = newest(channel, VERSIONS.routeLookup);
  const prefix = `${host}/${isV6(host) ? 128 : 32}`;
  try {
    const { route } = await typed(channel).request(message, { table_id: table, exact: 0, prefix }, options);
    return entryOf(route, prefixIn(route), await readRouteNames(channel, options));
  } catch (error) {
    const retval = error instanceof RetvalError ? error.retval : 0;
    if (retval === NO_SUCH_ENTRY) return undefined;
    if (retval !== NO_SUCH_FIB) throw error;
    const text = `there is no ${isV6(host) ? 'IPv6' : 'IPv4'} table ${table}`;
    throw new ObjectError('NOT_FOUND', 'IP table', text, { path: 'table' });
  }
}
