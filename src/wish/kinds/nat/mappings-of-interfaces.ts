/** Finds the mappings that VPP has made of those of an interface, with an address that it has. */

import type { Fields } from '../../../mux/index.js';
import { keyOf } from '../kind.js';
import type { VppSnapshot } from '../snapshot.js';

/**
 * Keys of the mappings of interfaces, by the names of those that are made of them. `nameOf`: the name of the object in the details, with
 * an interface or an address.
 */
export async function mappingsOfInterfaces(
  vpp: VppSnapshot,
  kind: string,
  dump: readonly Fields[],
  indexOf: (details: Fields) => unknown,
  nameOf: (details: Fields, host: string) => string,
): Promise<Map<string, string>> {
  const makers = new Map<string, string>();
  for (const details of dump) {
    const sw_if_index = indexOf(details);
    const itf = vpp.nameOf(sw_if_index);
    if (itf === undefined) continue;
    const key = keyOf({ name: kind }, nameOf(details, itf));
    for (const { prefix } of await vpp.dump('ip_address_dump', { sw_if_index, is_ipv6: false })) {
      makers.set(nameOf(details, (prefix as string).split('/')[0]), key);
    }
  }
  return makers;
}
