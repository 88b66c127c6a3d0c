/** Values that several operations take: interfaces, addresses, tables. They are checked here, before anything is asked of VPP. */

import { z } from 'zod';
import { addressOf, MAX_INDEX, networkOf, prefixOf } from '../../vpp/index.js';

export const interfaceRef = z.union([z.string().min(1), z.int().min(0).max(MAX_INDEX)], {
  error: 'must be the name of an interface, or its sw_if_index',
});

/** The two keys of every output that names an interface. */
export const interfaceName = z.string().describe('Name of the interface');
export const swIfIndex = z.int().describe('Its sw_if_index');

export const tableId = z.int().min(0).max(MAX_INDEX);

/** A string that `read` understands, in the form that `read` gives it. A check, not a transform: those cost a promise each. */
function text(read: (given: string) => string | undefined, expected: string) {
  return z.string().check((context) => {
    const value = read(context.value.trim());
    if (value !== undefined) context.value = value;
    else context.issues.push({ code: 'custom', input: context.value, message: `"${context.value}" is no ${expected}` });
  });
}

/** `192.0.2.1/24`: an address with the length of its network, in VPP's own spelling. */
export const interfaceAddress = text((given) => {
  const prefix = prefixOf(given);
  return prefix && `${prefix.address}/${prefix.length}`;
}, 'address with a length, such as 192.0.2.1/24 or 2001:db8::1/64');

/** `192.0.2.0/24`, as which `192.0.2.1/24` counts as well. */
export const network = text((given) => {
  const prefix = prefixOf(given);
  return prefix && networkOf(prefix);
}, 'prefix, such as 192.0.2.0/24 or 2001:db8::/32');

export const address = text(addressOf, 'address, such as 192.0.2.1 or 2001:db8::1');

/** A MAC address that one interface may have. */
export const interfaceMac = text((given) => {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(given)) return undefined;
  const isGroup = (Number.parseInt(given.slice(0, 2), 16) & 1) === 1;
  return isGroup || /^[0:]+$/.test(given) ? undefined : given.toLowerCase();
}, 'MAC address of an interface, such as 02:00:00:00:00:01 (neither a group’s nor all zero)');
