/**
 * Reads a route from a line of text:
 *
 *   PREFIX [table N] PATH...      PATH: via NEXT-HOP [[dev] INTERFACE] [next-hop-table N] [weight N] [preference N]
 *                                       via INTERFACE …, dev INTERFACE …
 *                                       drop, local, unreachable, prohibit
 *
 * Written by hand, because lines come by the million.
 */

import { addressOf, networkOf, prefixOf } from './ip-text.js';
import { RANGES, type Route, type RoutePath } from './route.js';

/** A path with all its defaults, while it is read. */
type Path = Mutable<RoutePath & Required<Pick<RoutePath, 'type' | 'table' | 'weight' | 'preference'>>>;
type Draft = Required<Mutable<Omit<Route, 'paths'>>> & { readonly paths: Path[] };
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Words that a number follows, with the key that they set. */
const NUMBERS = {
  table: 'table',
  'next-hop-table': 'table',
  weight: 'weight',
  preference: 'preference',
} as const;

/** Finds the number of an IP table by the word that stands for it; undefined for one that is none. */
export type TableNames = (word: string) => number | undefined;

/** Reads a line: returns the route with all defaults, or a string that explains the mistake in the line. `names`: default numbers alone. */
export function readRouteLine(text: string, names?: TableNames): Draft | string {
  const [first, ...words] = text.trim().split(/\s+/);
  const prefix = prefixOf(first);
  if (prefix === undefined) return `"${first}" is no prefix, such as 192.0.2.0/24 or 2001:db8::/32`;
  const route: Draft = { prefix: networkOf(prefix), table: 0, paths: [] };
  words.reverse();
  for (let word = words.pop(); word !== undefined; word = words.pop()) {
    const problem = take(route, word, words, names);
    if (problem !== undefined) return problem;
  }
  return route;
}

/** Takes a word, and from the end of `rest` the words that belong to it. Returns the mistake, if there is one. */
function take(route: Draft, word: string, rest: string[], names: TableNames | undefined): string | undefined {
  const path = route.paths.at(-1);
  switch (word) {
    case 'drop':
    case 'local':
    case 'unreachable':
    case 'prohibit':
      route.paths.push(newPath({ type: word }));
      return undefined;
    case 'via':
    case 'dev': {
      const target = rest.pop();
      if (target === undefined) return `${word} needs something behind it`;
      const nextHop = word === 'via' ? addressOf(target) : undefined;
      if (nextHop !== undefined) route.paths.push(newPath({ nextHop }));
      else if (word === 'dev' && wantsInterface(path)) path.interface = target;
      else route.paths.push(newPath({ interface: target }));
      return undefined;
    }
    case 'table':
    case 'next-hop-table':
    case 'weight':
    case 'preference':
      return takeNumber(route, path, word, numberIn(word, rest.pop(), names));
    default:
      if (!wantsInterface(path)) return nonsense(word);
      path.interface = word;
      return undefined;
  }
}

/** NaN for what is no number, nor the name of a table. */
function numberIn(word: keyof typeof NUMBERS, given: string | undefined, names: TableNames | undefined): number {
  if (given === undefined) return Number.NaN;
  const named = NUMBERS[word] === 'table' ? names?.(given) : undefined;
  return named ?? (/^\d+$/.test(given) ? Number(given) : Number.NaN);
}

function takeNumber(
  route: Draft,
  path: Path | undefined,
  word: keyof typeof NUMBERS,
  number: number,
): string | undefined {
  const key = NUMBERS[word];
  const { min, max } = RANGES[key];
  if (!(number >= min && number <= max)) return `${word} needs a number from ${min} to ${max} behind it`;
  if (word === 'table' && path === undefined) route.table = number;
  else if (word === 'table' || path === undefined) return nonsense(word);
  else path[key] = number;
  return undefined;
}

function newPath(given: Partial<RoutePath>): Path {
  return { type: 'via', table: 0, weight: 1, preference: 0, ...given };
}

const wantsInterface = (path: Path | undefined): path is Path =>
  path?.nextHop !== undefined && path.interface === undefined;

const nonsense = (word: string) =>
  `"${word}" makes no sense there; a line is PREFIX [table N] via NEXT-HOP INTERFACE, or PREFIX drop`;
