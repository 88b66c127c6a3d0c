/**
 * A route as a user gives it: an object, or a line of text for files and pipes. Both become the same object.
 *
 *   PREFIX [table N] PATH...      PATH: via NEXT-HOP [[dev] INTERFACE] [next-hop-table N] [weight N] [preference N]
 *                                       via INTERFACE …, dev INTERFACE …
 *                                       drop, local, unreachable, prohibit
 */

import { z } from 'zod';
import { addressOf } from './ip-text.js';
import { address, interfaceRef, network, tableId } from './values.js';

/** VPP's numbers for what a path does. */
export const PATH_TYPES = { via: 0, local: 1, drop: 2, unreachable: 5, prohibit: 6 } as const;

const path = z.strictObject({
  type: z
    .enum(['via', 'local', 'drop', 'unreachable', 'prohibit'])
    .default('via')
    .describe('via a next hop or an interface; or to this VPP itself, or what to do instead of forwarding'),
  nextHop: address.optional().describe('Address of the next hop'),
  interface: interfaceRef
    .optional()
    .describe('Name or sw_if_index of where packets go out; without it the next hop is looked up'),
  table: tableId.default(0).describe('Table in which a next hop without an interface is looked up'),
  weight: z.int().min(1).max(255).default(1).describe('Share of the traffic, among paths of one preference'),
  preference: z.int().min(0).max(255).default(0).describe('Only the paths with the lowest are used'),
});

const route = z.strictObject({
  prefix: network.describe('Where the packets go to: 192.0.2.0/24. Bits behind the length do not count'),
  table: tableId.default(0).describe('IP table'),
  paths: z.array(path).max(255).default([]).describe('How they get there'),
});

export type RoutePath = z.output<typeof path>;
export type Route = z.output<typeof route>;

/** `route` refuses what a line says wrongly; this knows only the words. */
const line = z.string().transform((text, context): Route => {
  const parsed = parse(text.trim().split(/\s+/));
  const problem = typeof parsed === 'string' ? parsed : undefined;
  const checked = route.safeParse(parsed);
  if (problem === undefined && checked.success) return checked.data;
  const message = problem ?? checked.error?.issues[0].message;
  context.addIssue({ code: 'custom', message: `"${text}": ${message}` });
  return z.NEVER;
});

/** A route in either form. */
export const routeInput = z.union([line, route], {
  error: ({ input, errors }) => {
    const [ofLine, ofObject] = (errors ?? []) as z.core.$ZodIssue[][];
    const [issue] = (typeof input === 'string' ? ofLine : ofObject) ?? [];
    return issue && `${issue.path.join('.')}${issue.path.length > 0 ? ': ' : ''}${issue.message}`;
  },
});

type Words = { [key: string]: string | number | undefined };

const NUMBERS: Readonly<Record<string, string>> = {
  weight: 'weight',
  preference: 'preference',
  'next-hop-table': 'table',
};

/** The object that the words say, unchecked; or what is wrong with them. */
function parse(words: readonly string[]): object | string {
  const [prefix, ...rest] = words;
  const made: { prefix: string; table?: number; paths: Words[] } = { prefix, paths: [] };
  for (let i = 0; i < rest.length; i++) {
    const word = rest[i];
    const present = made.paths.at(-1);
    const next = rest[i + 1];
    if (word in PATH_TYPES && word !== 'via') {
      made.paths.push({ type: word });
      continue;
    }
    const isKnown = word === 'via' || word === 'dev' || word === 'table' || word in NUMBERS;
    if (isKnown && next === undefined) return `${word} needs something behind it`;
    if (word === 'via') made.paths.push(addressOf(next) === undefined ? { interface: next } : { nextHop: next });
    else if (word === 'dev' && (present === undefined || present.interface !== undefined))
      made.paths.push({ interface: next });
    else if (word === 'dev' && present) present.interface = next;
    else if (word === 'table' && present === undefined) made.table = Number(next);
    else if (word in NUMBERS && present) present[NUMBERS[word]] = Number(next);
    else if (present?.nextHop !== undefined && present.interface === undefined && !isKnown) {
      present.interface = word;
      continue;
    } else return `"${word}" makes no sense here; lines are PREFIX [table N] via NEXT-HOP INTERFACE, or PREFIX drop`;
    i++;
  }
  return made;
}
