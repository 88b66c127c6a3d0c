/** A route as a user gives it: an object, or a line of text for files and pipes. */

import { z } from 'zod';
import { address, interfaceRef, network, tableId } from './values.js';

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

/** A route in either form. Lines are read later, piece by piece: a million at once would hold up the agent. */
export const routeInput = z.union([z.string(), route], {
  error: ({ input, errors }) => {
    const [, ofObject] = (errors ?? []) as z.core.$ZodIssue[][];
    const issue = typeof input === 'object' ? ofObject?.[0] : undefined;
    if (issue === undefined) return 'must be a line of text, or an object';
    const where = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
    return where === '' ? issue.message : `${where.slice(1)}: ${issue.message}`;
  },
});
