/** The operations interface.add-address and remove-address. */

import { z } from 'zod';
import { type Implementation, type Mux, operation } from '../../sdk/index.js';
import { interfaces } from '../../vpp/index.js';
import { overVpp } from './over-vpp.js';
import { interfaceAddress, interfaceName, interfaceRef, swIfIndex } from './values.js';

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
    overVpp(mux, interfaceAddAddress, async (channel, { interface: ref, address }, options) => {
      const { interface: itf, changed } = await interfaces.addAddress(channel, ref, address, options);
      return { name: itf.name, swIfIndex: itf.swIfIndex, address, changed };
    }),

    overVpp(mux, interfaceRemoveAddress, async (channel, { interface: ref, address }, options) => {
      const { interface: itf, changed } = await interfaces.removeAddress(channel, ref, address, options);
      return { name: itf.name, swIfIndex: itf.swIfIndex, address, changed };
    }),
  ];
}
