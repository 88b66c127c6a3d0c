/**
 * A route as a line of text:
 *
 *   PREFIX [table N] PATH...      PATH: via NEXT-HOP [[dev] INTERFACE] [next-hop-table N] [weight N] [preference N]
 *                                       via INTERFACE …, dev INTERFACE …
 *                                       drop, local, unreachable, prohibit
 *
 * Only the words are known here: whether a prefix is one, others see.
 */

import { addressOf } from './ip-text.js';

interface RouteWords {
  readonly prefix: string;
  table?: number;
  readonly paths: PathWords[];
}

interface PathWords {
  readonly type?: string;
  readonly nextHop?: string;
  interface?: string;
  table?: number;
  weight?: number;
  preference?: number;
}

/** What the words of a line say; or, as a text, what is wrong with them. */
export function readRouteLine(text: string): RouteWords | string {
  const [prefix, ...words] = text.trim().split(/\s+/);
  const route: RouteWords = { prefix, paths: [] };
  words.reverse();
  for (let word = words.pop(); word !== undefined; word = words.pop()) {
    const problem = take(route, word, words);
    if (problem !== undefined) return problem;
  }
  return route;
}

/** Takes a word, and from `rest`, whose last is next, what belongs to it. Gives what is wrong. */
function take(route: RouteWords, word: string, rest: string[]): string | undefined {
  const path = route.paths.at(-1);
  switch (word) {
    case 'drop':
    case 'local':
    case 'unreachable':
    case 'prohibit':
      route.paths.push({ type: word });
      return undefined;
    case 'via':
    case 'dev': {
      const target = rest.pop();
      if (target === undefined) return `${word} needs something behind it`;
      const isOfPath = word === 'dev' && path?.nextHop !== undefined && path.interface === undefined;
      if (isOfPath) path.interface = target;
      else route.paths.push(word === 'via' && addressOf(target) ? { nextHop: target } : { interface: target });
      return undefined;
    }
    case 'table':
    case 'next-hop-table':
    case 'weight':
    case 'preference':
      return takeNumber(word === 'table' && path === undefined ? route : path, word, rest.pop());
    default:
      if (path?.nextHop === undefined || path.interface !== undefined) return nonsense(word);
      path.interface = word;
      return undefined;
  }
}

function takeNumber(
  into: RouteWords | PathWords | undefined,
  word: 'table' | 'next-hop-table' | 'weight' | 'preference',
  number: string | undefined,
): string | undefined {
  if (number === undefined || !/^\d+$/.test(number)) return `${word} needs a number behind it`;
  const isForRoute = into !== undefined && 'prefix' in into;
  if (into === undefined || (word === 'table') !== isForRoute) return nonsense(word);
  Object.assign(into, { [word === 'next-hop-table' ? 'table' : word]: Number(number) });
  return undefined;
}

const nonsense = (word: string) =>
  `"${word}" makes no sense there; a line is PREFIX [table N] via NEXT-HOP INTERFACE, or PREFIX drop`;
