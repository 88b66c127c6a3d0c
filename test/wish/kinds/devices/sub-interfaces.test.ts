import { describe, expect, it } from 'vitest';
import { adopted, due, fulfil } from '../../reconcile/support.js';
import { channelToCards, detailsOf } from './support.js';

const subs = (text: string) => `
interfaces:
  GigabitEthernet3/0/0:
    device-type: dpdk
    mtu: 9000
    sub-interfaces: { ${text.replaceAll('\n', ' ')} }
`;
const name = (id: number) => `GigabitEthernet3/0/0.${id}`;

const TAGS = `
  100: { mtu: 1500 },
  101: { mtu: 1500, encapsulation: { dot1q: 100, inner-dot1q: 7, exact-match: true } },
  102: { mtu: 1500, encapsulation: { dot1q: 102 } },
  200: { mtu: 1500, encapsulation: { dot1ad: 100, exact-match: true } },
  201: { mtu: 1500, encapsulation: { dot1ad: 100, inner-dot1q: 7 } }`;

describe('sub-interfaces', () => {
  it('have the tags of the wish, and read back', async () => {
    const channel = await channelToCards();
    await fulfil(channel, subs(TAGS));
    const flags = [100, 101, 102, 200, 201].map(async (id) => (await detailsOf(channel, name(id)))?.sub_if_flags);
    expect(await Promise.all(flags)).toEqual([0x12, 0x14, 0x02, 0x1a, 0x0c]);
    expect(await detailsOf(channel, name(201))).toMatchObject({ sub_outer_vlan_id: 100, sub_inner_vlan_id: 7 });
    expect(await due(channel, await adopted(channel))).toEqual([]);
  });

  it('with other tags are created anew, after what is on them went', async () => {
    const channel = await channelToCards();
    await fulfil(channel, subs('100: { addresses: [ 192.0.2.1/24 ] }'));
    const other = subs('100: { addresses: [ 192.0.2.1/24 ], encapsulation: { dot1q: 200, exact-match: true } }');
    expect((await due(channel, other)).slice(0, 3)).toEqual([
      `delete address/${name(100)} 192.0.2.1/24`,
      `delete sub-interface/${name(100)}`,
      `create sub-interface/${name(100)}`,
    ]);
    await fulfil(channel, other);
    await fulfil(channel, 'interfaces:\n  GigabitEthernet3/0/0: { device-type: dpdk }\n');
    expect(await detailsOf(channel, name(100))).toBeUndefined();
  });

  it('change tags with each other', async () => {
    const channel = await channelToCards();
    const tagged = (id: number, tag: number) => `${id}: { encapsulation: { dot1q: ${tag}, exact-match: true } }`;
    await fulfil(channel, subs(`${tagged(1, 10)}, ${tagged(2, 20)}`));
    await fulfil(channel, subs(`${tagged(1, 20)}, ${tagged(2, 10)}`));
  });

  it('of loopbacks, bonds, tunnels and taps', async () => {
    const channel = await channelToCards();
    await fulfil(
      channel,
      `
bondethernets: { BondEthernet1: {} }
vxlan_tunnels: { vxlan_tunnel5: { local: 192.0.2.1, remote: 192.0.2.2, vni: 5 } }
interfaces:
  BondEthernet1: { sub-interfaces: { 7: { mtu: 1400 } } }
  vxlan_tunnel5: { sub-interfaces: { 7: { mtu: 1400 } } }
`,
    );
    for (const parent of ['BondEthernet1', 'vxlan_tunnel5']) {
      expect(await detailsOf(channel, `${parent}.7`)).toMatchObject({
        flags: expect.any(Number),
        mtu: [1400, 0, 0, 0],
      });
    }
  });

  it('are up only behind their parent, which the same wish takes up', async () => {
    const channel = await channelToCards();
    await fulfil(channel, 'interfaces:\n  GigabitEthernet3/0/0: { device-type: dpdk, state: down }\n');
    const order = await due(channel, subs('100: { mtu: 1500 }'));
    expect(order.indexOf('change admin-state/GigabitEthernet3/0/0')).toBeLessThan(
      order.indexOf(`create admin-state/${name(100)}`),
    );
    await fulfil(channel, subs('100: { mtu: 1500 }'));
  });

  it('of a card that VPP does not have are pending', async () => {
    const channel = await channelToCards();
    const text = 'interfaces:\n  GigabitEthernet9/0/0: { device-type: dpdk, sub-interfaces: { 1: { mtu: 1500 } } }\n';
    expect(await due(channel, text)).toEqual([]);
  });
});
