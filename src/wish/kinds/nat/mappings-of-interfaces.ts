/**
 * Finds the mappings that VPP has made of those of an interface, with an address that it has. VPP makes one when the mapping or the
 * first address comes; when that address goes, it takes none of the others. The mapping of the interface is there then, and works for nobody.
 */

import type { Fields } from '../../../mux/index.js';
import { keyOf } from '../kind.js';
import type { VppSnapshot } from '../snapshot.js';

export interface MadeMappings {
  /** Keys of the mappings of interfaces, by the names of those that are made of them. */
  readonly makers: ReadonlyMap<string, string>;
  /** Names of mappings of interfaces that have addresses, of which VPP has made none. */
  readonly unresolved: ReadonlySet<string>;
}

/** `nameOf`: the name of the object in the details, with an interface or an address. */
export async function mappingsOfInterfaces(
  vpp: VppSnapshot,
  kind: string,
  dump: readonly Fields[],
  indexOf: (details: Fields) => unknown,
  nameOf: (details: Fields, host: string) => string,
): Promise<MadeMappings> {
  const makers = new Map<string, string>();
  const unresolved = new Set<string>();
  const names = new Set<string>();
  const possible = new Map<string, readonly string[]>();
  for (const details of dump) {
    const itf = vpp.nameOf(indexOf(details));
    if (itf === undefined) {
      names.add(nameOf(details, addressOf(details)));
      continue;
    }
    const name = nameOf(details, itf);
    const addresses = await ip4AddressesOf(vpp, indexOf(details));
    const made = addresses.map((address) => nameOf(details, address));
    for (const each of made) makers.set(each, keyOf({ name: kind }, name));
    possible.set(name, made);
  }
  for (const [name, made] of possible) {
    if (made.length > 0 && !made.some((each) => names.has(each))) unresolved.add(name);
  }
  return { makers, unresolved };
}

const addressOf = ({ external_ip_address, ip_address }: Fields) => (external_ip_address ?? ip_address) as string;

/** IPv4 addresses of an interface, without their lengths. */
export async function ip4AddressesOf(vpp: VppSnapshot, sw_if_index: unknown): Promise<string[]> {
  const dump = await vpp.dump('ip_address_dump', { sw_if_index, is_ipv6: false } as Fields);
  return dump.map(({ prefix }) => (prefix as string).split('/')[0]);
}
