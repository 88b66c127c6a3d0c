/** interface.list, create-loopback, delete and set-state. */

import { z } from 'zod';
import { fault } from '../../agent/operations/fault.js';
import type { Implementation } from '../../agent/operations/implement.js';
import { operation } from '../../agent/operations/operation.js';
import type { Mux } from '../govpp/token.js';
import { addressesOf } from './interface-addresses.js';
import { type Interface, InterfaceTable } from './interface-table.js';
import { interfaceMac, interfaceName, interfaceRef, swIfIndex } from './values.js';
import { overVpp, type VppCall } from './vpp-call.js';

const ADMIN_UP = 1;
const LINK_UP = 2;
/** VPP gives loopN for N below this. */
const LOOPBACKS = 16_384;

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
      .max(LOOPBACKS - 1)
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
    overVpp(mux, interfaceList, async (vpp, { name = '' }) => {
      const { list } = await InterfaceTable.read(vpp);
      const parents = new Map(list.map((itf) => [itf.swIfIndex, itf.name]));
      const wanted = list.filter((itf) => itf.name.toLowerCase().includes(name.toLowerCase()));
      const interfaces = wanted.map(async (itf) => ({
        ...shown(itf, parents),
        addresses: await addressesOf(vpp, itf.swIfIndex),
      }));
      return { interfaces: await Promise.all(interfaces) };
    }),

    overVpp(mux, interfaceCreateLoopback, async (vpp, { instance, mac }) => {
      const fields = mac === undefined ? {} : { mac_address: mac };
      const reply = await (instance === undefined
        ? vpp.request('create_loopback', fields)
        : createInstance(vpp, instance, fields));
      const { name, swIfIndex, details } = (await InterfaceTable.read(vpp)).find(Number(reply.sw_if_index), 'instance');
      return { name, swIfIndex, mac: String(details.l2_address) };
    }),

    overVpp(mux, interfaceDelete, async (vpp, { interface: ref }) => {
      const { name, swIfIndex, details } = (await InterfaceTable.read(vpp)).find(ref, 'interface');
      const type = String(details.interface_dev_type);
      if (type !== 'Loopback') {
        throw fault('ENOTSUP', `${name} is no loopback (${type}), and only those can be deleted`, {
          path: 'interface',
        });
      }
      await vpp.request('delete_loopback', { sw_if_index: swIfIndex });
      return { name, swIfIndex };
    }),

    overVpp(mux, interfaceSetState, async (vpp, { interface: ref, state }) => {
      const { name, swIfIndex, details } = (await InterfaceTable.read(vpp)).find(ref, 'interface');
      const flags = state === 'up' ? ADMIN_UP : 0;
      await vpp.request('sw_interface_set_flags', { sw_if_index: swIfIndex, flags });
      return { name, swIfIndex, state, changed: (Number(details.flags) & ADMIN_UP) !== flags };
    }),
  ];
}

/** VPP's own refusal (INVALID_REGISTRATION) says nothing of what is wrong. */
async function createInstance(vpp: VppCall, instance: number, fields: object) {
  const name = `loop${instance}`;
  if ((await InterfaceTable.read(vpp)).list.some((itf) => itf.name === name)) {
    throw fault('EEXIST', `there is a ${name} already`, { path: 'instance' });
  }
  return vpp.request('create_loopback_instance', { ...fields, is_specified: true, user_instance: instance });
}

function shown({ name, swIfIndex, details }: Interface, parents: ReadonlyMap<number, string>) {
  const flags = Number(details.flags);
  const above = Number(details.sup_sw_if_index);
  const mtus = details.mtu as readonly number[];
  return {
    name,
    swIfIndex,
    type: String(details.interface_dev_type),
    ...(above !== swIfIndex && { parent: parents.get(above) ?? String(above) }),
    state: stateOf(flags & ADMIN_UP),
    link: stateOf(flags & LINK_UP),
    mac: String(details.l2_address),
    // 0 of the packet's own: that of the link.
    mtu: mtus[0] || Number(details.link_mtu),
    tag: String(details.tag),
  };
}

const stateOf = (flag: number): 'up' | 'down' => (flag === 0 ? 'down' : 'up');
