/** The operations interface.list, create-loopback, delete and set-state. */

import { z } from 'zod';
import { type Implementation, type Mux, operation } from '../../sdk/index.js';
import { type Interface, type InterfaceTable, interfaces } from '../../vpp/index.js';
import { overVpp } from './over-vpp.js';
import { interfaceMac, interfaceName, interfaceRef, swIfIndex } from './values.js';

const upDown = z.enum(['up', 'down']);

export const interfaceList = operation({
  name: 'interface.list',
  access: 'read',
  summary: 'List the interfaces, with their state and addresses',
  input: z.object({
    name: z.string().min(1).optional().describe('Only those with this in their name, in upper or lower case'),
  }),
  output: z.object({
    interfaces: z
      .array(
        z.object({
          name: interfaceName,
          swIfIndex,
          type: z.string().describe("VPP's name for its kind: Loopback, dpdk, memif, …"),
          parent: z.string().optional().describe('Of a sub-interface: the interface it belongs to'),
          state: upDown.describe('Whether it is set up'),
          link: upDown.describe('Whether its link is up'),
          mac: z.string().describe('MAC address'),
          mtu: z.int().describe('Largest packet, bytes'),
          tag: z.string().describe('What it was tagged with; often empty'),
          addresses: z.array(z.string()).describe('IPv4, then IPv6; without link-local ones'),
        }),
      )
      .describe('By sw_if_index'),
  }),
  arguments: ['name'],
});

export const interfaceCreateLoopback = operation({
  name: 'interface.create-loopback',
  access: 'write',
  summary: 'Create a loopback interface',
  description: 'It is down at first. Each call without an instance creates another one.',
  input: z.object({
    instance: z
      .int()
      .min(0)
      .max(interfaces.MAX_LOOPBACKS - 1)
      .optional()
      .describe('N of loopN (EEXIST when there is one); without it the lowest that is free'),
    mac: interfaceMac.optional().describe('MAC address; without it one that VPP makes up'),
  }),
  output: z.object({ name: interfaceName, swIfIndex, mac: z.string().describe('MAC address') }),
});

export const interfaceDelete = operation({
  name: 'interface.delete',
  access: 'write',
  summary: 'Delete a loopback interface',
  description:
    'With its addresses, its routes and its place in a bridge domain. Interfaces of other kinds are ENOTSUP.',
  input: z.object({ interface: interfaceRef.describe('Name or sw_if_index') }),
  output: z.object({ name: interfaceName, swIfIndex }),
  arguments: ['interface'],
});

export const interfaceSetState = operation({
  name: 'interface.set-state',
  access: 'write',
  summary: 'Set an interface up or down',
  input: z.object({
    interface: interfaceRef.describe('Name or sw_if_index'),
    state: upDown.describe('What it is to be'),
  }),
  output: z.object({
    name: interfaceName,
    swIfIndex,
    state: upDown.describe('What it is now'),
    changed: z.boolean().describe('False: it was so already'),
  }),
  arguments: ['interface', 'state'],
});

export function interfaceOperations(mux: Mux): readonly Implementation[] {
  return [
    overVpp(mux, interfaceList, async (channel, { name = '' }, options) => {
      const table = await interfaces.table(channel, options);
      const wanted = table.list.filter((itf) => itf.name.toLowerCase().includes(name.toLowerCase()));
      const listed = wanted.map(async (itf) => ({
        ...shown(itf, table),
        addresses: await interfaces.listAddresses(channel, itf.swIfIndex, options),
      }));
      return { interfaces: await Promise.all(listed) };
    }),

    overVpp(mux, interfaceCreateLoopback, async (channel, { instance, mac: wanted }, options) => {
      const { name, swIfIndex, mac } = await interfaces.createLoopback(channel, { ...options, instance, mac: wanted });
      return { name, swIfIndex, mac };
    }),

    overVpp(mux, interfaceDelete, async (channel, { interface: ref }, options) => {
      const { name, swIfIndex } = await interfaces.deleteLoopback(channel, ref, options);
      return { name, swIfIndex };
    }),

    overVpp(mux, interfaceSetState, async (channel, { interface: ref, state }, options) => {
      const { interface: itf, changed } = await interfaces.setAdminUp(channel, ref, state === 'up', options);
      return { name: itf.name, swIfIndex: itf.swIfIndex, state, changed };
    }),
  ];
}

function shown({ name, swIfIndex, type, parent, adminUp, linkUp, mac, mtu, tag }: Interface, table: InterfaceTable) {
  return {
    name,
    swIfIndex,
    type,
    ...(parent !== undefined && { parent: table.nameOf(parent) }),
    state: stateOf(adminUp),
    link: stateOf(linkUp),
    mac,
    mtu,
    tag,
  };
}

const stateOf = (isUp: boolean): 'up' | 'down' => (isUp ? 'up' : 'down');
