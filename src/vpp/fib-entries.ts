/** Lists the routes of an IP table as VPP has them in its FIB. */

import type { Channel, Untyped } from '../mux/index.js';
import { ObjectError } from './errors.js';
import { type ExchangeOptions, newest, typed } from './exchange.js';
import { entryOf, type FibEntry, prefixIn, readRouteNames } from './fib-entry.js';
import { isV6, isWithin, networkOf, type Prefix, prefixOf, sortKeyOf } from './ip-text.js';
import { VERSIONS } from './messages.js';
import { Page } from './page.js';

export interface RouteQuery extends ExchangeOptions {
  /** IP table. One that is not there has no routes. Default 0. */
  readonly table?: number;
  /** Default: both. */
  readonly family?: 'ip4' | 'ip6';
  /** Prefix: only the routes within it. */
  readonly within?: string;
  /** Name of a source, in upper or lower case: only its routes. */
  readonly source?: string;
  /** Routes that are given, in order; all are counted. Default: no limit, and VPP's order. */
  readonly limit?: number;
  /** Prefix of the last route of the page before: only those behind it are given. With `limit`. */
  readonly after?: string;
}

export interface RouteList {
  /** IPv4 first; with a limit by length of the prefix, then by address. */
  readonly routes: FibEntry[];
  /** All that fit the query, beyond the limit too. */
  readonly total: number;
  /** Routes that VPP has sent for it, those that did not fit included. */
  readonly details: number;
  /** The `after` of the next page; undefined where this is the last one. */
  readonly next?: string;
}

/**
 * Lists the routes of an IP table (`ip_route_v2_dump`, or `ip_route_dump` of a VPP that lacks it; `fib_source_dump`). VPP always sends
 * all of them; no more than a page is kept. Rejects with INVALID for a `within` or an `after` that is no prefix, NOT_FOUND for an unknown
 * `source`, NOT_SUPPORTED for any `source` where VPP does not say.
 */
export async function list(channel: Channel<Untyped>, query: RouteQuery = {}): Promise<RouteList> {
  const { table = 0, family, within, source, limit = Number.POSITIVE_INFINITY, after, ...options } = query;
  const network = within === undefined ? undefined : networkOf(readPrefix(within, 'within'));
  const page = new Page<FibEntry>(limit, after === undefined ? undefined : sortKeyOf(readPrefix(after, 'after')));
  const names = await readRouteNames(channel, options);
  const src = source === undefined ? 0 : names.sources.find(source);
  const message = newest(channel, VERSIONS.routeDump);
  let sent = 0;
  for (const v6 of familiesOf(family, network)) {
    const asked = { table: { table_id: table, is_ip6: v6 } };
    const dump =
      message === 'ip_route_dump'
        ? typed(channel).dump(message, asked, options)
        : typed(channel).dump(message, { ...asked, src }, options);
    // One by one, because there may be a million of them.
    await dump.observe().forEach(({ route }) => {
      sent += 1;
      const prefix = prefixIn(route);
      if (network !== undefined && !isWithin(prefix, network)) return;
      page.offer(keyOf(prefix), () => entryOf(route, prefix, names));
    });
  }
  const { values: routes, hasMore } = page.read();
  const last = routes.at(-1)?.prefix;
  return { routes, total: page.total, details: sent, ...(hasMore && last !== undefined && { next: last }) };
}

function readPrefix(text: string, path: string): Prefix {
  const prefix = prefixOf(text);
  if (prefix !== undefined) return prefix;
  throw new ObjectError('INVALID', 'route', `"${text}" is no prefix, such as 192.0.2.0/24`, { path });
}

/** An empty key, which is never behind another, for what VPP calls a prefix and is none. */
function keyOf(text: string): string {
  const prefix = prefixOf(text);
  return prefix === undefined ? '' : sortKeyOf(prefix);
}

function familiesOf(family: 'ip4' | 'ip6' | undefined, within: string | undefined): boolean[] {
  return [false, true].filter(
    (v6) => (family === undefined || v6 === (family === 'ip6')) && (within === undefined || v6 === isV6(within)),
  );
}
