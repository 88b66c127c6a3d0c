/**
 * Makes requests of lines of text that add or remove routes, by the hundred thousand: what is behind the prefixes of a file is mostly the
 * same few texts, so each of them is read once, and its paths are shared by all requests that have it.
 */

import type { Channel, Untyped } from '../mux/index.js';
import { type ExchangeOptions, newest } from './exchange.js';
import { InterfaceTable } from './interface-table.js';
import { isV6, prefixOf } from './ip-text.js';
import { VERSIONS } from './messages.js';
import type { RoutePath } from './route.js';
import { type RouteFields, routeFields } from './route-fields.js';
import { readRouteLine } from './route-line.js';

/** Fields of the request of a line; its paths are there after `resolve`. */
export interface RouteRequest {
  readonly is_add: boolean;
  readonly is_multipath: boolean;
  readonly route: RouteFields;
}

/** The text behind a prefix. */
interface Tail {
  readonly table: number;
  readonly paths: readonly RoutePath[];
  readonly isV6: boolean;
  /** Paths as the message has them, to be filled. */
  readonly fields: NonNullable<RouteFields['paths']>[number][];
}

const ANY = { v4: '0.0.0.0/0', v6: '::/0' };

export class RouteRequests {
  /** By the text, of IPv4 and of IPv6. */
  private readonly tails = [new Map<string, Tail | string>(), new Map<string, Tail | string>()] as const;

  /** The mistake in `PREFIX [table N] PATH…`, if there is one. */
  problem(line: string, isAdd: boolean): string | undefined {
    const prefix = prefixIn(line);
    if (prefixOf(prefix) === undefined) return `"${prefix}" is no prefix, such as 192.0.2.0/24 or 2001:db8::/32`;
    const tail = this.tail(line, prefix);
    if (typeof tail === 'string') return tail;
    return isAdd && tail.paths.length === 0 ? 'it has no path: add via, or drop' : undefined;
  }

  /** The request of a line that has no mistake. */
  read(line: string, isAdd: boolean): RouteRequest {
    const prefix = prefixIn(line);
    const { table, fields, paths } = this.tail(line, prefix) as Tail;
    const isMultipath = !isAdd && paths.length > 0;
    return { is_add: isAdd, is_multipath: isMultipath, route: { prefix, table_id: table, paths: fields } };
  }

  /** Name of the message that takes the fields. */
  messageOf(channel: Channel<Untyped>): string {
    return newest(channel, VERSIONS.routeChange);
  }

  /** Fills the paths of all requests, by VPP's interfaces where a line names one. Throws NOT_FOUND for one that is not there. */
  async resolve(channel: Channel<Untyped>, options: ExchangeOptions): Promise<void> {
    const tails = this.tails.flatMap((each) => [...each.values()]).filter((tail) => typeof tail !== 'string');
    const namesOne = tails.some(({ paths }) => paths.some((path) => path.interface !== undefined));
    const interfaces = namesOne ? await InterfaceTable.read(channel, options) : NO_INTERFACES;
    for (const { isV6: v6, paths, fields } of tails) {
      fields.splice(
        0,
        fields.length,
        ...(routeFields({ prefix: v6 ? ANY.v6 : ANY.v4, paths }, interfaces).paths ?? []),
      );
    }
  }

  private tail(line: string, prefix: string): Tail | string {
    const v6 = isV6(prefix);
    const text = line.slice(prefix.length + 1);
    const tails = this.tails[v6 ? 1 : 0];
    let tail = tails.get(text);
    if (tail === undefined) {
      const route = readRouteLine(`${v6 ? ANY.v6 : ANY.v4} ${text}`);
      tail = typeof route === 'string' ? route : { table: route.table, paths: route.paths, isV6: v6, fields: [] };
      tails.set(text, tail);
    }
    return tail;
  }
}

function prefixIn(line: string): string {
  const space = line.indexOf(' ');
  return space < 0 ? line : line.slice(0, space);
}

const NO_INTERFACES = new InterfaceTable([]);
