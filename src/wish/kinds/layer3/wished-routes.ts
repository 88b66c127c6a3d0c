/**
 * Routes in a wish: `x-vppmux.routes`, lines of text by the hundred thousand. What is behind their prefixes is mostly the same few texts, so
 * each of those is read once, and a wish is read once.
 */

import { z } from 'zod';
import { inOneGo, type Steps } from '../../../slices.js';
import { pathsText, readRouteLine, type TableNames } from '../../../vpp/for-wish.js';
import { networkOf, prefixOf } from '../../../vpp/index.js';
import { form } from '../../form-parts.js';
import type { Problem } from '../../problem.js';
import { OWN_KEY } from '../../read-yaml.js';
import type { Wish } from '../../wish.js';
import type { Wanted } from '../kind.js';
import { tableNumbers } from './wished-tables.js';

export const ROUTES_KEY = 'routes';

const texts = z.union([z.string(), z.array(z.string()).min(1)]);
const route = form({ prefix: z.string(), paths: texts }, { table: z.union([z.string(), z.int().min(0)]) });
export const routesSection = z.union([z.string(), z.array(z.union([z.string(), route]))]);

/** A route as it is compared. */
export interface Route {
  /** Destination, without bits behind its length. */
  readonly prefix: string;
  readonly table: number;
  /** The one text that stands for the paths: `via 192.0.2.1 loop0 weight 2 via 192.0.2.2 loop0`. */
  readonly paths: string;
}

export interface WishedRoutes {
  readonly wanted: readonly Wanted<Route>[];
  readonly problems: readonly Problem[];
  /** Names of interfaces that routes go through, with the place of a route that has it. */
  readonly interfaces: ReadonlyMap<string, Problem['path']>;
}

export const routeName = (prefix: string, table: number) => (table === 0 ? prefix : `${prefix} table ${table}`);

/** Routes that are read in one step. */
const BETWEEN_STEPS = 64;

const readBefore = new WeakMap<Wish, WishedRoutes>();

export const wishedRoutes = (wish: Wish): WishedRoutes => inOneGo(readRoutes(wish));

export function* readRoutes(wish: Wish): Steps<WishedRoutes> {
  const before = readBefore.get(wish);
  if (before !== undefined) return before;
  const section = (wish.extra[ROUTES_KEY] ?? []) as z.output<typeof routesSection>;
  const routes = yield* new Reader(tableNumbers(wish)).read(section);
  readBefore.set(wish, routes);
  return routes;
}

/** The text behind a prefix. */
interface Tail {
  readonly table: number;
  readonly interfaces: readonly string[];
  /** Paths as they are compared, of any prefix that is no single address. */
  readonly paths: string;
  /** The same of a single address. */
  hostPaths(prefix: string): string;
}

class Reader implements WishedRoutes {
  readonly wanted: Wanted<Route>[] = [];
  readonly problems: Problem[] = [];
  readonly interfaces = new Map<string, Problem['path']>();
  /** Names of routes with the line, or place in the list, that has it. */
  private readonly seen = new Map<string, number>();
  /** By the text, of IPv4 and of IPv6. */
  private readonly tails = [new Map<string, Tail | string>(), new Map<string, Tail | string>()] as const;

  constructor(private readonly tables: TableNames) {}

  *read(section: z.output<typeof routesSection>): Steps<WishedRoutes> {
    if (typeof section === 'string') yield* this.readLines(section);
    else {
      for (const [at, each] of section.entries()) {
        this.readItem(each, at);
        if (at % BETWEEN_STEPS === 0) yield;
      }
    }
    return this;
  }

  private *readLines(text: string): Steps<void> {
    const path = [OWN_KEY, ROUTES_KEY];
    let number = 0;
    for (let start = 0; start < text.length; ) {
      const feed = text.indexOf('\n', start);
      const end = feed === -1 ? text.length : feed;
      const line = text.slice(start, end).trim();
      start = end + 1;
      number++;
      if (line !== '' && !line.startsWith('#')) this.take(line, path, number, `routes line ${number}`);
      if (number % BETWEEN_STEPS === 0) yield;
    }
  }

  private readItem(item: string | z.output<typeof route>, at: number): void {
    const path = [OWN_KEY, ROUTES_KEY, at];
    const line = typeof item === 'string' ? item.trim() : lineOf(item);
    this.take(line, path, at, `routes[${at}]`);
  }

  private take(line: string, path: Problem['path'], at: number, where: string): void {
    const refuse = (problem: string) => this.problems.push({ path, message: `${where}: ${problem}` });
    const space = line.search(SPACE);
    const given = space < 0 ? line : line.slice(0, space);
    const parsed = prefixOf(given);
    if (parsed === undefined) return void refuse(`"${given}" is no prefix, such as 192.0.2.0/24 or 2001:db8::/32`);
    const prefix = networkOf(parsed);
    const isV6 = prefix.includes(':');
    const tail = this.tail(space < 0 ? '' : line.slice(space + 1), isV6);
    if (typeof tail === 'string') return void refuse(tail);
    const name = routeName(prefix, tail.table);
    const before = this.seen.get(name);
    if (before !== undefined) return void refuse(`${name} is there twice, first at ${before}`);
    this.seen.set(name, at);
    for (const itf of tail.interfaces) if (!this.interfaces.has(itf)) this.interfaces.set(itf, path);
    const paths = parsed.length === (isV6 ? 128 : 32) ? tail.hostPaths(prefix) : tail.paths;
    this.wanted.push({ name, value: { prefix, table: tail.table, paths }, path });
  }

  private tail(text: string, isV6: boolean): Tail | string {
    const tails = this.tails[isV6 ? 1 : 0];
    let tail = tails.get(text);
    if (tail === undefined) {
      tail = readTail(text, isV6, this.tables);
      tails.set(text, tail);
    }
    return tail;
  }
}

const SPACE = /\s/;
const ANY = { v4: '0.0.0.0/0', v6: '::/0' };

function readTail(text: string, isV6: boolean, tables: TableNames): Tail | string {
  const any = isV6 ? ANY.v6 : ANY.v4;
  const route = readRouteLine(`${any} ${text}`, tables);
  if (typeof route === 'string') return route;
  const { table, paths } = route;
  if (paths.length === 0) return 'it has no path: add via, or drop';
  const interfaces = paths.flatMap(({ interface: itf }) => (itf === undefined ? [] : [String(itf)]));
  const shared = pathsText(paths, any);
  const isOwn = paths.some(({ nextHop, interface: itf }) => itf !== undefined && nextHop === undefined);
  return { table, interfaces, paths: shared, hostPaths: (prefix) => (isOwn ? pathsText(paths, prefix) : shared) };
}

function lineOf({ prefix, table, paths }: z.output<typeof route>): string {
  return [prefix, ...(table === undefined ? [] : ['table', table]), ...[paths].flat()].join(' ');
}
