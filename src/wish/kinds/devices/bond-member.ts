/** Members of bonds: `interfaces` of a bond. The name of an object is that of the member, as it is in one bond at most. */

import { defineKind, type Found } from '../kind.js';
import { NONE } from '../snapshot.js';

interface BondMember {
  readonly bond: string;
}

export const bondMemberKind = defineKind<BondMember>({
  name: 'bond-member',
  ownership: 'all',
  messages: ['bond_add_member', 'bond_detach_member', 'sw_bond_interface_dump', 'sw_member_interface_dump'],
  *wanted({ file }) {
    for (const [bond, { interfaces = [] }] of Object.entries(file.bondethernets ?? {})) {
      for (const [at, name] of interfaces.entries()) {
        yield { name, value: { bond }, path: ['bondethernets', bond, 'interfaces', at] };
      }
    }
  },
  async read(vpp) {
    const bonds = await vpp.dump('sw_bond_interface_dump', { sw_if_index: NONE });
    const members = bonds.map(async ({ sw_if_index }): Promise<Found<BondMember>[]> => {
      const bond = vpp.nameOf(sw_if_index);
      const list = await vpp.dump('sw_member_interface_dump', { sw_if_index });
      return list.flatMap((each) => {
        const name = vpp.nameOf(each.sw_if_index);
        return name === undefined || bond === undefined ? [] : [{ name, value: { bond } }];
      });
    });
    return (await Promise.all(members)).flat();
  },
  needs: ({ name, value }) => [`interface/${name}`, `interface/${value.bond}`],
  create: ({ name, value }, refs) => [
    {
      name: 'bond_add_member',
      fields: { sw_if_index: refs.interface(name), bond_sw_if_index: refs.interface(value.bond) },
    },
  ],
  // The bond takes the MAC address of its first member, and gives it to the others. One that leaves gets its own back.
  resets(found, wanted) {
    const each = wanted ?? found;
    return each === undefined ? [] : [`mac/${each.name}`, `mac/${each.value.bond}`];
  },
  remove: ({ name }, refs) => [
    { name: 'bond_detach_member', fields: { sw_if_index: refs.interface(name) }, settledBy: ['INVALID_INTERFACE'] },
  ],
  describe(found, { file }) {
    for (const { name, value } of found) {
      const bond = file.bondethernets?.[value.bond];
      if (bond !== undefined) bond.interfaces = [...(bond.interfaces ?? []), name];
    }
  },
  cli: (before, after) =>
    after === undefined
      ? [{ block: 'prune', line: `bond del ${before?.name}` }]
      : [{ block: 'sync', line: `bond add ${after.value.bond} ${after.name}` }],
});
