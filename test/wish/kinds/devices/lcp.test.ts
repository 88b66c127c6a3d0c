import { describe, expect, it } from 'vitest';
import { planOf } from '../../../../src/wish/index.js';
import { recorder } from '../../../vpp/support.js';
import { adopted, compare, due, fulfil } from '../../reconcile/support.js';
import { channelToCards, detailsOf } from './support.js';

const CARD = 'GigabitEthernet3/0/0';

/** A card with a sub-interface of one tag, and one of two tags on that. */
const pairs = (name: string, tag = 10) => `
interfaces:
  ${CARD}:
    device-type: dpdk
    lcp: ${name}
    mtu: 2000
    mac: 02:00:00:00:00:01
    sub-interfaces:
      20: { lcp: ${name}.q, encapsulation: { dot1q: ${tag}, inner-dot1q: 20, exact-match: true } }
      10: { lcp: ${name}.o, encapsulation: { dot1q: ${tag}, exact-match: true } }
loopbacks:
  loop0: { lcp: lo0 }
`;

describe('pairs of linux-cp', () => {
  it('come outer ones first, with the MTU and the MAC address of their interface', async () => {
    const channel = await channelToCards();
    const order = await due(channel, pairs('e0'));
    expect(order.filter((each) => each.includes('lcp/'))).toEqual([
      'create lcp/loop0',
      `create lcp/${CARD}`,
      `create lcp/${CARD}.10`,
      `create lcp/${CARD}.20`,
    ]);
    await fulfil(channel, pairs('e0'));
    const taps = await channel.dump('sw_interface_tap_v2_dump', { sw_if_index: 0xffffffff }).toArray();
    expect(taps).toContainEqual(
      expect.objectContaining({ host_if_name: 'e0', host_mtu_size: 2000, host_mac_addr: '02:00:00:00:00:01' }),
    );
    expect(await due(channel, await adopted(channel))).toEqual([]);
  });

  it('keep their taps and what is on those, and take them along', async () => {
    const channel = await channelToCards();
    await fulfil(channel, pairs('e0'));
    const count = async () => (await channel.dump('sw_interface_dump', { sw_if_index: 0xffffffff }).toArray()).length;
    expect(await count()).toBe(10);
    await fulfil(channel, `interfaces:\n  ${CARD}: { device-type: dpdk }\n`);
    expect(await count()).toBe(3);
  });

  it('go inner ones first when the one of the card has another name', async () => {
    const channel = await channelToCards();
    await fulfil(channel, pairs('e0'));
    expect((await due(channel, pairs('e1'))).slice(0, 4)).toEqual([
      `delete lcp/${CARD}.20`,
      `delete lcp/${CARD}.10`,
      `delete lcp/${CARD}`,
      `create lcp/${CARD}`,
    ]);
    await fulfil(channel, pairs('e1'));
    await fulfil(channel, pairs('e1', 11));
    expect(await detailsOf(channel, `${CARD}.20`)).toMatchObject({ sub_outer_vlan_id: 11 });
  });

  it('cannot be made without the plugin: pending, and everything else is done', async () => {
    const { channel } = recorder(await channelToCards(), 'lcp_itf_pair_add_del', 'lcp_itf_pair_get');
    const { changes, pending } = planOf(await compare(channel, pairs('e0')));
    expect(pending.map(({ key }) => key)).toContain(`lcp/${CARD}`);
    expect(changes.some(({ key }) => key === `address/${CARD}.10`)).toBe(false);
    expect(changes.some(({ key }) => key === `sub-interface/${CARD}.10`)).toBe(true);
  });
});
