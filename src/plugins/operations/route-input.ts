/** A route as a user gives it: an object, or a line of text for files and pipes. Both become the same object. */

import { z } from 'zod';
import { readRouteLine } from './route-line.js';
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

const line = z.string().transform((text, context): Route => {
  const read = readRouteLine(text);
  const checked = typeof read === 'string' ? undefined : route.safeParse(read);
  if (checked?.success) return checked.data;
  const message = checked?.error.issues[0].message ?? read;
  context.addIssue({ code: 'custom', message: `"${text}": ${message}` });
  return z.NEVER;
});

/** A route in either form. */
export const routeInput = z.union([line, route], {
  error: ({ input, errors }) => {
    const [ofLine, ofObject] = (errors ?? []) as z.core.$ZodIssue[][];
    const [issue] = (typeof input === 'string' ? ofLine : ofObject) ?? [];
    if (issue === undefined) return undefined;
    const where = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
    return where === '' ? issue.message : `${where.slice(1)}: ${issue.message}`;
  },
});
