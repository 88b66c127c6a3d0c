/** A contract client that makes bonds, and takes them away after the test. */
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from './contract-client.js';

const ALL = 0xffffffff;

export const BondMode = { ROUND_ROBIN: 1, ACTIVE_BACKUP: 2, XOR: 3, BROADCAST: 4, LACP: 5 } as const;

export async function beginBonds() {
  const vpp = await Contract.begin();
  const make = async (fields: Fields, request = 'bond_create2') => {
    const made = await vpp.ask(request, { id: ALL, ...fields });
    const { sw_if_index } = made;
    if (made.retval === 0) vpp.afterwards('bond_delete', { sw_if_index });
    return made;
  };
  const bond = async (fields: Fields) => Number((await make(fields)).sw_if_index);
  const add = (member: number, to: number, fields: Fields = {}, request = 'bond_add_member') =>
    vpp.retval(request, { sw_if_index: member, bond_sw_if_index: to, ...fields });
  const detach = (sw_if_index: number, request = 'bond_detach_member') => vpp.retval(request, { sw_if_index });
  const up = (sw_if_index: number, flags = 1) => vpp.retval('sw_interface_set_flags', { sw_if_index, flags });
  const mac = async (index: number) => (await vpp.details(index))?.l2_address;
  const flags = async (index: number) => (await vpp.details(index))?.flags;
  const dump = async (index: number) => (await vpp.dump('sw_bond_interface_dump', { sw_if_index: index }))[0];
  const members = (sw_if_index: number, request = 'sw_member_interface_dump') => vpp.dump(request, { sw_if_index });
  return { vpp, make, bond, add, detach, up, mac, flags, dump, members };
}
