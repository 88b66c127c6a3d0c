/** The operations bridge.list, add and remove: bridge domains and the interfaces in them. */

import { z } from 'zod';
import { type Implementation, type Mux, operation } from '../../sdk/index.js';
import { type BridgeDomain, bridgeDomains } from '../../vpp/index.js';
import { overVpp } from './over-vpp.js';
import { cursorInput, cursorOutput, pageOf } from './pages.js';
import { interfaceName, interfaceRef, swIfIndex } from './values.js';
import { cost, withCost } from './with-cost.js';

const id = z
  .int()
  .min(1)
  .max(2 ** 24 - 1);

const domain = z.object({
  id: z.int().describe('Number of the bridge domain'),
  tag: z.string().describe('What it was tagged with; often empty'),
  flood: z.boolean().describe('Broadcast and multicast are flooded'),
  uuFlood: z.boolean().describe('Unicast to unknown MAC addresses is flooded'),
  forward: z.boolean().describe('Unicast is forwarded'),
  learn: z.boolean().describe('MAC addresses are learnt'),
  arpTerm: z.boolean().describe('ARP is answered by the domain'),
  arpUfwd: z.boolean().describe('ARP requests that it cannot answer are forwarded as unicast'),
  macAge: z.int().describe('Minutes after which a learnt MAC address is forgotten; 0: never'),
  bvi: z.string().optional().describe('Interface through which the domain is routed'),
  uuFwd: z.string().optional().describe('Interface that unicast to unknown MAC addresses goes out of'),
  members: z
    .array(
      z.object({
        name: interfaceName,
        swIfIndex,
        shg: z.int().describe('Split-horizon group; members of one (but 0) do not see each other'),
      }),
    )
    .describe('The interfaces in it, the bvi among them'),
});

export const bridgeList = operation({
  name: 'bridge.list',
  access: 'read',
  summary: 'List the bridge domains and the interfaces in them',
  input: z.object({ id: id.optional().describe('Only this one'), ...cursorInput }),
  output: z.object({ bridges: z.array(domain).describe('By id'), ...cursorOutput, cost }),
  arguments: ['id'],
});

export const bridgeAdd = operation({
  name: 'bridge.add',
  access: 'write',
  summary: 'Add a bridge domain, or interfaces to one',
  description:
    'Makes sure that the domain is there with these interfaces in it. What it has already stays, so the same call again changes' +
    ' nothing. Settings count when it is made; a domain that is there with other ones is EEXIST. An interface in another domain,' +
    ' and a second bvi, are EBUSY. All of that is looked at before anything is changed.',
  input: z.object({
    id: id.optional().describe('Number; without it VPP chooses one that is free'),
    interfaces: z.array(interfaceRef).default([]).describe('Names or sw_if_index of what is to be in it'),
    bvi: interfaceRef.optional().describe('The interface through which it is to be routed: a loopback'),
    tag: z.string().max(63).optional().describe('A note, for list'),
    flood: z.boolean().optional().describe('Flood broadcast and multicast (new: true)'),
    uuFlood: z.boolean().optional().describe('Flood unicast to unknown MAC addresses (new: true)'),
    forward: z.boolean().optional().describe('Forward unicast (new: true)'),
    learn: z.boolean().optional().describe('Learn MAC addresses (new: true)'),
    arpTerm: z.boolean().optional().describe('Answer ARP (new: false)'),
    arpUfwd: z.boolean().optional().describe('Forward ARP requests that it cannot answer as unicast (new: false)'),
    macAge: z.int().min(0).max(255).optional().describe('Minutes until a MAC address is forgotten (new: 0, never)'),
  }),
  output: z.object({
    bridge: domain.describe('The domain as it is now'),
    changed: z.boolean().describe('False: it was so already'),
  }),
  arguments: ['id'],
});

export const bridgeRemove = operation({
  name: 'bridge.remove',
  access: 'write',
  summary: 'Remove a bridge domain, or interfaces from one',
  description:
    'With interfaces, only these leave it (those that are not in it are no error), and the domain stays. Without, the domain goes;' +
    ' one that has interfaces is EBUSY unless force takes them out first. They are routed interfaces again then.',
  input: z.object({
    id: id.describe('Number of the bridge domain'),
    interfaces: z.array(interfaceRef).optional().describe('Names or sw_if_index of what is to leave it'),
    force: z.boolean().default(false).describe('Remove it even if it has interfaces'),
  }),
  output: z.object({
    id: z.int().describe('Number of the bridge domain'),
    removed: z.boolean().describe('Whether the domain is gone'),
    left: z.array(z.string()).describe('Names of the interfaces that left it'),
  }),
  arguments: ['id'],
});

export function bridgeOperations(mux: Mux): readonly Implementation[] {
  return [
    overVpp(mux, bridgeList, (channel, { id, ...cursor }, options) =>
      withCost(async () => {
        const domains = await bridgeDomains.list(channel, options);
        const wanted = domains.filter((each) => id === undefined || each.id === id);
        const { page, ...rest } = pageOf(wanted, ({ id: each }) => each, cursor);
        return { bridges: page.map(shown), ...rest, details: domains.length };
      }),
    ),

    overVpp(mux, bridgeAdd, async (channel, request, options) => {
      const { bridgeDomain, changed } = await bridgeDomains.add(channel, request, options);
      return { bridge: shown(bridgeDomain), changed };
    }),

    overVpp(mux, bridgeRemove, async (channel, { id, interfaces, force }, options) => {
      const left = await (interfaces === undefined
        ? bridgeDomains.remove(channel, id, { ...options, force })
        : bridgeDomains.removeInterfaces(channel, id, interfaces, options));
      return { id, removed: interfaces === undefined, left: left.map(({ name }) => name) };
    }),
  ];
}

/** Replaces the two ports by their names. */
function shown({ bvi, uuFwd, ...rest }: BridgeDomain): z.input<typeof domain> {
  return { ...rest, ...(bvi && { bvi: bvi.name }), ...(uuFwd && { uuFwd: uuFwd.name }) };
}
