/**
 * IP addresses of interfaces: `addresses`. Each is an object of its own, `INTERFACE ADDRESS/LENGTH`. One that a DHCP client was given
 * comes and goes with the client.
 */

import { isV6, prefixOf } from '../../vpp/index.js';
import { interfacesOf } from './interfaces-of.js';
import { defineKind, type Found, type References } from './kind.js';
import { boundTables } from './layer3/bound-tables.js';
import { UNBOUND, wishedBindings } from './layer3/wished-tables.js';
import { leasedAddresses } from './services/dhcp-client.js';

interface Address {
  readonly interface: string;
  /** As VPP spells it. */
  readonly prefix: string;
  /** IP table that it is in, and that its interface has to be in before. */
  readonly table: number;
}

const change = ({ value }: { readonly value: Address }, refs: References, isAdd: boolean) => ({
  name: 'sw_interface_add_del_address',
  fields: { sw_if_index: refs.interface(value.interface), prefix: value.prefix, is_add: isAdd },
});

export const addressKind = defineKind<Address>({
  name: 'address',
  ownership: 'all',
  messages: ['sw_interface_add_del_address', 'ip_address_dump'],
  *wanted(wish) {
    const bindings = wishedBindings(wish);
    for (const { name: itf, itf: wished, path } of interfacesOf(wish)) {
      for (const [at, text] of (wished.addresses ?? []).entries()) {
        const { address, length } = prefixOf(text) as NonNullable<ReturnType<typeof prefixOf>>;
        const prefix = `${address}/${length}`;
        const table = (bindings.get(itf) ?? UNBOUND)[isV6(prefix) ? 'ipv6' : 'ipv4'];
        yield { name: `${itf} ${prefix}`, value: { interface: itf, prefix, table }, path: [...path, 'addresses', at] };
      }
    }
  },
  async read(vpp) {
    const [leases, bindings] = await Promise.all([leasedAddresses(vpp), boundTables(vpp)]);
    return vpp.ofEach(async ({ sw_if_index, interface_name: itf }) => {
      const halves = [false, true].map(async (is_ipv6): Promise<Found<Address>[]> => {
        const table = (bindings.get(itf) ?? UNBOUND)[is_ipv6 ? 'ipv6' : 'ipv4'];
        const list = await vpp.dump('ip_address_dump', { sw_if_index, is_ipv6 });
        return list.map(({ prefix }) => {
          const name = `${itf} ${prefix}`;
          return { name, value: { interface: itf, prefix: prefix as string, table }, comesWith: leases.get(name) };
        });
      });
      return (await Promise.all(halves)).flat();
    });
  },
  needs: ({ value }) => [
    `interface/${value.interface}`,
    ...(value.table === 0 ? [] : [`interface-table/${value.interface}`]),
  ],
  create: (wanted, refs) => [change(wanted, refs, true)],
  remove: (found, refs) => [change(found, refs, false)],
  describe(found, draft) {
    for (const { value, comesWith } of found) {
      if (comesWith !== undefined) continue;
      const entry = draft.layer3(value.interface);
      entry.addresses = [...((entry.addresses as string[] | undefined) ?? []), value.prefix];
    }
  },
  cli: (before, after) =>
    after === undefined
      ? [{ block: 'prune', line: `set interface ip address del ${before?.value.interface} ${before?.value.prefix}` }]
      : [{ block: 'sync', line: `set interface ip address ${after.value.interface} ${after.value.prefix}` }],
});
