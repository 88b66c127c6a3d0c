/** The operation neighbor.list. */

import { z } from 'zod';
import { type Implementation, type Mux, operation } from '../../sdk/index.js';
import { neighbors } from '../../vpp/index.js';
import { overVpp } from './over-vpp.js';
import { interfaceName, interfaceRef, swIfIndex } from './values.js';
import { cost, withCost } from './with-cost.js';

export const neighborList = operation({
  name: 'neighbor.list',
  access: 'read',
  summary: 'List the neighbours of interfaces, learnt and static',
  description:
    'By address, a page at a time. VPP sends all of them for each page; the agent keeps no more than the page. cost says what that took.',
  input: z.object({
    interface: interfaceRef.optional().describe('Only those behind this interface'),
    family: z.enum(['ip4', 'ip6']).optional().describe('Only IPv4, or only IPv6'),
    limit: z.int().min(0).max(100_000).default(1000).describe('How many to give at most; all are counted'),
    after: z.string().optional().describe('next of the page before'),
  }),
  output: z.object({
    neighbors: z
      .array(
        z.object({
          address: z.string().describe('IP address'),
          mac: z.string().describe('MAC address'),
          interface: interfaceName,
          swIfIndex,
          isStatic: z.boolean().describe('Entered by somebody, not learnt'),
          hasRoute: z.boolean().describe('Packets to it have a route of their own'),
          age: z.number().describe('Seconds since it was learnt or confirmed'),
        }),
      )
      .describe('At most as many as limit says'),
    total: z.int().describe('How many there are'),
    next: z.string().optional().describe('The after of the next page; missing in the last one'),
    cost,
  }),
  arguments: ['interface'],
});

export function neighborOperations(mux: Mux): readonly Implementation[] {
  return [
    overVpp(mux, neighborList, (channel, query, options) =>
      withCost(async () => {
        const list = await neighbors.list(channel, { ...options, ...query });
        return { ...list, details: list.total };
      }),
    ),
  ];
}
