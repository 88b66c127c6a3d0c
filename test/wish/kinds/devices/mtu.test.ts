import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../../src/mux/index.js';
import { carryOut, planOf, withhold } from '../../../../src/wish/index.js';
import { adopted, compare, due, fulfil } from '../../reconcile/support.js';
import { channelToCards, detailsOf } from './support.js';

const CARD = 'GigabitEthernet3/0/0';

const card = (mtu: number, subs = '', state = 'up') => `
interfaces:
  ${CARD}: { device-type: dpdk, mtu: ${mtu}, state: ${state}, sub-interfaces: { ${subs} } }
`;
const SUBS = '100: { mtu: 1400 }, 101: { mtu: 1300, encapsulation: { dot1q: 100, inner-dot1q: 7, exact-match: true } }';

describe('the MTU of a card', () => {
  it('is that of its frames and of its packets; those of its sub-interfaces are set anew behind it', async () => {
    const channel = await channelToCards();
    await fulfil(channel, card(9000, SUBS));
    expect(await due(channel, card(2000, SUBS))).toEqual([
      `change link-mtu/${CARD}`,
      `change mtu/${CARD}`,
      `change mtu/${CARD}.100`,
      `change mtu/${CARD}.101`,
    ]);
    await fulfil(channel, card(2000, SUBS));
    expect(await detailsOf(channel, CARD)).toMatchObject({ link_mtu: 2000, mtu: [2000, 0, 0, 0] });
    expect(await detailsOf(channel, `${CARD}.101`)).toMatchObject({ mtu: [1300, 0, 0, 0] });
    expect(await due(channel, await adopted(channel))).toEqual([]);
  });

  it('changes while the card is down, which is up again at once', async () => {
    const channel = await channelToCards();
    await fulfil(channel, card(9000));
    const { changes } = planOf(await compare(channel, card(1500)));
    expect(changes[0].messages.map(({ name, fields }) => [name, fields.flags ?? fields.mtu])).toEqual([
      ['sw_interface_set_flags', 0],
      ['hw_interface_set_mtu', 1500],
      ['sw_interface_set_flags', 1],
    ]);
    await fulfil(channel, card(1500, '', 'down'));
    expect(planOf(await compare(channel, card(9000, '', 'down'))).changes[0].messages).toHaveLength(1);
    expect(await detailsOf(channel, CARD)).toMatchObject({ flags: 0 });
  });

  it('refused: the card is up again all the same', async () => {
    const channel = await channelToCards();
    await fulfil(channel, card(9000));
    const refusing = Object.create(channel, {
      request: {
        value: (name: string, fields: Fields) =>
          channel.request(name, name === 'hw_interface_set_mtu' ? { ...fields, sw_if_index: 7777 } : fields),
      },
    });
    const [result] = await carryOut(refusing, await compare(channel, card(1500)));
    expect(result).toMatchObject({ outcome: 'failed', operation: { key: `link-mtu/${CARD}` } });
    expect(await detailsOf(channel, CARD)).toMatchObject({ link_mtu: 9000, flags: 3 });
  });

  it('keeps MTUs of IPv4, IPv6 and MPLS alone', async () => {
    const channel = await channelToCards();
    await channel.request('sw_interface_set_mtu', { sw_if_index: 1, mtu: [9000, 1400, 1300, 0] });
    await fulfil(channel, card(9000));
    await fulfil(
      channel,
      'interfaces:\n  GigabitEthernet3/0/0: { device-type: dpdk, mtu: 9000 }\nloopbacks:\n  loop0: {}\n',
    );
    expect(await detailsOf(channel, CARD)).toMatchObject({ mtu: [9000, 1400, 1300, 0] });
  });

  it('withheld for its frames: that of its packets does not wait for it', async () => {
    const channel = await channelToCards();
    const { order, inventory, newest } = await compare(channel, card(1500));
    const without = withhold(order, ({ kind }) => (kind.name === 'link-mtu' ? 'not now' : undefined));
    await carryOut(channel, { order: without.order, inventory, newest });
    expect(await detailsOf(channel, CARD)).toMatchObject({ link_mtu: 9000, mtu: [1500, 0, 0, 0] });
  });
});

describe('the MTU of packets', () => {
  const tunnel = (mtu: number, inner: number) => `
vxlan_tunnels: { vxlan_tunnel1: { local: 192.0.2.1, remote: 192.0.2.2, vni: 1 } }
interfaces: { vxlan_tunnel1: { mtu: ${mtu}, sub-interfaces: { 1: { mtu: ${inner} } } } }
`;

  it('shrinks from within, before all that is created, and grows from without', async () => {
    const channel = await channelToCards();
    await fulfil(channel, tunnel(9000, 9000));
    expect((await due(channel, `${tunnel(2000, 1500)}loopbacks: { loop0: {} }`)).slice(0, 3)).toEqual([
      'change mtu/vxlan_tunnel1.1',
      'change mtu/vxlan_tunnel1',
      'create loopback/loop0',
    ]);
    await fulfil(channel, tunnel(2000, 1500));
    expect(await due(channel, tunnel(9000, 9000))).toEqual(['change mtu/vxlan_tunnel1', 'change mtu/vxlan_tunnel1.1']);
    await fulfil(channel, tunnel(9000, 9000));
  });

  it('is 1500 where the wish says nothing, and that of the parent for a sub-interface', async () => {
    const channel = await channelToCards();
    await fulfil(channel, `${card(3000, '7: { description: inherits }')}loopbacks: { loop0: {} }`);
    expect(await detailsOf(channel, 'loop0')).toMatchObject({ mtu: [1500, 0, 0, 0] });
    expect(await detailsOf(channel, `${CARD}.7`)).toMatchObject({ mtu: [3000, 0, 0, 0] });
  });
});
