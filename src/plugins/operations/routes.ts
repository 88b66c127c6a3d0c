/** The operations route.lookup, list, add and remove. */

import { z } from 'zod';
import { type Implementation, type Mux, operation } from '../../sdk/index.js';
import { routes } from '../../vpp/index.js';
import { overVpp } from './over-vpp.js';
import { routeInput } from './route-input.js';
import { failed, failures, onError, SHOWN_FAILURES, shownOutcome } from './route-outcome.js';
import { address, network, tableId } from './values.js';
import { cost, withCost } from './with-cost.js';

const LINES =
  'A line is PREFIX [table N] and its paths: via NEXT-HOP INTERFACE (or only one of the two), each with [weight N] [preference N]' +
  ' [next-hop-table N]; or drop, local, unreachable, prohibit.';

const routePath = z.object({
  type: z.string().describe('via, local, drop, unreachable, prohibit, or a rarer one of VPP'),
  nextHop: z.string().optional().describe('Address of the next hop'),
  interface: z.string().optional().describe('Interface that packets go out of'),
  table: z.int().optional().describe('Of a next hop without an interface: the table in which it is looked up'),
  weight: z.int().describe('Share of the traffic, among paths of one preference'),
  preference: z.int().describe('Only the paths with the lowest are used'),
  labels: z.array(z.int()).optional().describe('MPLS labels, the outermost first'),
});

const route = z.object({
  prefix: z.string().describe('Where the packets go to'),
  table: z.int().describe('IP table'),
  source: z.string().optional().describe('Who put it in, where VPP says so'),
  paths: z.array(routePath).describe('How they get there'),
});

export const routeLookup = operation({
  name: 'route.lookup',
  access: 'read',
  summary: 'Look up which route packets to an address take',
  description: 'The longest prefix around the address: one question, however large the table is.',
  input: z.object({
    address: address.describe('Where the packets go to'),
    table: tableId.default(0).describe('IP table; one that is not there is ENOENT'),
  }),
  output: z.object({ route: route.optional().describe('Missing where none fits'), cost }),
  arguments: ['address'],
});

export const routeList = operation({
  name: 'route.list',
  access: 'read',
  summary: 'List the routes of an IP table',
  description:
    'IPv4 first, short prefixes first, then by address. A table that is not there has none. VPP sends the whole table for each page; the' +
    ' agent keeps no more than the page. cost says what that took; route.lookup asks for one address only.',
  input: z.object({
    table: tableId.default(0).describe('IP table'),
    family: z.enum(['ip4', 'ip6']).optional().describe('Only IPv4, or only IPv6'),
    within: network.optional().describe('Only those within this prefix'),
    source: z.string().min(1).optional().describe('Only those that this put in: API, CLI, interface, …'),
    limit: z.int().min(0).max(100_000).default(10_000).describe('How many to give at most; all are counted'),
    after: network.optional().describe('next of the page before: only the routes behind this prefix'),
  }),
  output: z.object({
    routes: z.array(route).describe('At most as many as limit says'),
    total: z.int().describe('How many there are'),
    next: z.string().optional().describe('The after of the next page; missing in the last one'),
    cost,
  }),
});

export const routeAdd = operation({
  name: 'route.add',
  access: 'write',
  summary: 'Add routes, one or a million',
  description:
    'Everything is checked before anything is sent. A route that is there gets these paths in place of its own, so adding it again' +
    ' changes nothing; with multipath they are added to its own. Several are under way at a time: after one has failed, up to 99 behind' +
    ` it may have been added. ${LINES}`,
  input: z.object({
    routes: z
      .array(routeInput)
      .min(1)
      .describe('Lines of text (10.0.0.0/24 via 192.0.2.1 loop0) or objects')
      .meta({ lines: true }),
    multipath: z.boolean().default(false).describe('Keep the paths that a route has'),
    onError,
  }),
  output: z.object({
    added: z.int().describe('How many VPP has taken'),
    failed,
    failures,
  }),
  arguments: ['routes'],
});

export const routeRemove = operation({
  name: 'route.remove',
  access: 'write',
  summary: 'Remove routes, one or a million',
  description:
    'A route without paths goes as a whole; of one with paths only these go, and the route with the last. What others than the API' +
    ` have put in stays. A route that is not there counts as removed: VPP does not say. ${LINES}`,
  input: z.object({
    routes: z.array(routeInput).min(1).describe('Lines of text (10.0.0.0/24) or objects').meta({ lines: true }),
    onError,
  }),
  output: z.object({
    removed: z.int().describe('How many VPP has taken away'),
    failed,
    failures,
  }),
  arguments: ['routes'],
});

export function routeOperations(mux: Mux): readonly Implementation[] {
  return [
    overVpp(mux, routeLookup, (channel, { address: wanted, table }, options) =>
      withCost(async () => {
        const found = await routes.lookup(channel, wanted, { ...options, table });
        return { ...(found && { route: found }), details: 1 };
      }),
    ),

    overVpp(mux, routeList, (channel, query, options) =>
      withCost(() => routes.list(channel, { ...options, ...query })),
    ),

    overVpp(mux, routeAdd, async (channel, { routes: given, ...how }, options, { progress }) => {
      const change = { ...options, ...how, maxFailures: SHOWN_FAILURES, onProgress: progress };
      const { done, ...rest } = shownOutcome(await routes.add(channel, given, change));
      return { added: done, ...rest };
    }),

    overVpp(mux, routeRemove, async (channel, { routes: given, ...how }, options, { progress }) => {
      const change = { ...options, ...how, maxFailures: SHOWN_FAILURES, onProgress: progress };
      const { done, ...rest } = shownOutcome(await routes.remove(channel, given, change));
      return { removed: done, ...rest };
    }),
  ];
}
