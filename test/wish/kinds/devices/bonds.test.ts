import { describe, expect, it } from 'vitest';
import { adopted, due, fulfil } from '../../reconcile/support.js';
import { channelToCards, detailsOf } from './support.js';

const bond = (own: string) => `
bondethernets:
  BondEthernet0: { ${own} }
interfaces:
  GigabitEthernet3/0/0: { device-type: dpdk, mtu: 9000 }
  GigabitEthernet3/0/1: { device-type: dpdk, mtu: 9000 }
  BondEthernet0: { mtu: 9000, addresses: [ 192.0.2.1/24 ] }
`;
const BOTH = 'interfaces: [ GigabitEthernet3/0/0, GigabitEthernet3/0/1 ]';

describe('a bond', () => {
  it('is LACP over layers 3 and 4, where the wish says nothing', async () => {
    const channel = await channelToCards();
    await fulfil(channel, bond(BOTH));
    const [details] = await channel.dump('sw_bond_interface_dump', { sw_if_index: 0xffffffff }).toArray();
    expect(details).toMatchObject({ interface_name: 'BondEthernet0', mode: 5, lb: 1, members: 2 });
  });

  it.each(['round-robin', 'active-backup', 'broadcast', 'xor', 'lacp'])(
    'in mode %s reads back as wished',
    async (mode) => {
      const channel = await channelToCards();
      await fulfil(channel, bond(`mode: ${mode}, ${BOTH}`));
      expect(await due(channel, await adopted(channel))).toEqual([]);
    },
  );

  it('of another mode is created anew, with what is on it', async () => {
    const channel = await channelToCards();
    await fulfil(channel, bond(`mode: xor, load-balance: l2, ${BOTH}`));
    expect(await due(channel, bond(`mode: xor, load-balance: l23, ${BOTH}`))).toEqual([
      'delete address/BondEthernet0 192.0.2.1/24',
      'delete bond-member/GigabitEthernet3/0/0',
      'delete bond-member/GigabitEthernet3/0/1',
      'delete bond/BondEthernet0',
      'create bond/BondEthernet0',
      'create bond-member/GigabitEthernet3/0/0',
      'create bond-member/GigabitEthernet3/0/1',
      'create mtu/BondEthernet0',
      'create address/BondEthernet0 192.0.2.1/24',
      'create admin-state/BondEthernet0',
    ]);
    await fulfil(channel, bond(`mode: xor, load-balance: l23, ${BOTH}`));
  });

  it('gives members up and takes others', async () => {
    const channel = await channelToCards();
    await fulfil(channel, bond('interfaces: [ GigabitEthernet3/0/0 ]'));
    await fulfil(channel, bond('interfaces: [ GigabitEthernet3/0/1 ]'));
    const [{ sw_if_index }] = await channel.dump('sw_bond_interface_dump', { sw_if_index: 0xffffffff }).toArray();
    const members = await channel.dump('sw_member_interface_dump', { sw_if_index }).toArray();
    expect(members.map(({ interface_name }) => interface_name)).toEqual(['GigabitEthernet3/0/1']);
    await fulfil(channel, 'interfaces: {}');
    expect(await detailsOf(channel, 'BondEthernet0')).toBeUndefined();
  });

  it('keeps the MAC address of the wish when its first member would bring another', async () => {
    const channel = await channelToCards();
    await fulfil(channel, bond('mode: xor'));
    await fulfil(channel, bond('mode: xor, mac: 02-B0-B0-00-00-01'));
    expect(await due(channel, bond(`mode: xor, mac: 02:b0:b0:00:00:01, ${BOTH}`))).toEqual([
      'create bond-member/GigabitEthernet3/0/0',
      'create bond-member/GigabitEthernet3/0/1',
      'change mac/BondEthernet0',
    ]);
    await fulfil(channel, bond(`mode: xor, mac: 02:b0:b0:00:00:01, ${BOTH}`));
    expect(await detailsOf(channel, 'BondEthernet0')).toMatchObject({ l2_address: '02:b0:b0:00:00:01' });
  });

  it('created with a MAC address gives it to its members, which get their own back', async () => {
    const channel = await channelToCards();
    const own = await detailsOf(channel, 'GigabitEthernet3/0/0');
    await fulfil(channel, bond(`mac: 02b0b0000001, ${BOTH}`));
    expect(await detailsOf(channel, 'GigabitEthernet3/0/0')).toMatchObject({ l2_address: '02:b0:b0:00:00:01' });
    await fulfil(channel, bond('mac: 02b0b0000001'));
    expect(await detailsOf(channel, 'GigabitEthernet3/0/0')).toMatchObject({ l2_address: own?.l2_address });
  });
});
