/** interface.add-address and remove-address. */

import { z } from 'zod';
import { fault } from '../../agent/operations/fault.js';
import type { Implementation } from '../../agent/operations/implement.js';
import { operation } from '../../agent/operations/operation.js';
import type { Mux } from '../govpp/token.js';
import { type Interface, InterfaceTable } from './interface-table.js';
import { interfaceAddress, interfaceName, interfaceRef, swIfIndex } from './values.js';
import { overVpp, type VppCall } from './vpp-call.js';

const input = z.object({
  interface: interfaceRef.describe('Name or sw_if_index'),
  address: interfaceAddress.describe('IPv4 or IPv6 address with the length of its network: 192.0.2.1/24'),
});

const output = z.object({
  name: interfaceName,
  swIfIndex,
  address: z.string().describe('The address, as VPP writes it'),
  changed: z.boolean().describe('False: it was so already'),
});

export const interfaceAddAddress = operation({
  name: 'interface.add-address',
  access: 'write',
  summary: 'Give an interface an address',
  description:
    'An address that the interface has is left as it is. VPP refuses one that overlaps with another of the same table (EBUSY).' +
    ' Link-local addresses have the length 128; VPP does not list them, so they always count as changed.',
  input,
  output,
  arguments: ['interface', 'address'],
});

export const interfaceRemoveAddress = operation({
  name: 'interface.remove-address',
  access: 'write',
  summary: 'Take an address away from an interface',
  description:
    'An address that the interface does not have is no error. The length must be that of the address: VPP would not look at it.',
  input,
  output,
  arguments: ['interface', 'address'],
});

export function addressOperations(mux: Mux): readonly Implementation[] {
  return [
    overVpp(mux, interfaceAddAddress, async (vpp, { interface: ref, address }) => {
      const [itf, has] = await look(vpp, ref);
      const changed = !has.includes(address);
      if (changed) await request(vpp, itf, address, true);
      return { name: itf.name, swIfIndex: itf.swIfIndex, address, changed };
    }),

    overVpp(mux, interfaceRemoveAddress, async (vpp, { interface: ref, address }) => {
      const [itf, has] = await look(vpp, ref);
      const alike = has.find((each) => hostOf(each) === hostOf(address));
      if (alike !== undefined && alike !== address) {
        throw fault('EINVAL', `${itf.name} has ${alike}, which is of another length`, { path: 'address' });
      }
      const changed = alike !== undefined || isLinkLocal(address);
      if (changed) await request(vpp, itf, address, false);
      return { name: itf.name, swIfIndex: itf.swIfIndex, address, changed };
    }),
  ];
}

/** IPv4, then IPv6. None of an interface that has gone. */
export async function addressesOf(vpp: VppCall, swIfIndex: number): Promise<string[]> {
  const dumps = [false, true].map((is_ipv6) => vpp.dump('ip_address_dump', { sw_if_index: swIfIndex, is_ipv6 }));
  return (await Promise.all(dumps)).flat().map(({ prefix }) => String(prefix));
}

/** The interface, and the addresses that it has. */
async function look(vpp: VppCall, ref: string | number): Promise<readonly [Interface, string[]]> {
  const itf = (await InterfaceTable.read(vpp)).find(ref, 'interface');
  return [itf, await addressesOf(vpp, itf.swIfIndex)];
}

function request(vpp: VppCall, { swIfIndex }: Interface, prefix: string, is_add: boolean) {
  return vpp.request('sw_interface_add_del_address', { sw_if_index: swIfIndex, prefix, is_add });
}

const hostOf = (prefix: string) => prefix.split('/')[0];
const isLinkLocal = (prefix: string) => /^fe[89ab]/.test(prefix);
