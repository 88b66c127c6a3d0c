/** Bridge domains and their interfaces, cross connects and the rewriting of tags; on the VPP of VPP_API_SOCKET as well. */

import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { adopted, due, fulfil } from '../../reconcile/support.js';
import { CARD, channelToVpp, indexOf, OTHER_CARD } from '../world.js';

const bridge = (...lines: string[]) => `
interfaces:
  ${CARD}: { mtu: 1500 }
  ${OTHER_CARD}: { mtu: 1500 }
loopbacks:
  loop0: { mtu: 1500, addresses: [ 192.0.2.1/24 ] }
  loop1: { mtu: 1500 }
bridgedomains:
${lines.map((line) => `  ${line}\n`).join('')}`;

describe('a bridge domain', () => {
  it('is created with its settings, its members and its BVI, and read back', async () => {
    const channel = await channelToVpp();
    const settings = '{ learn: no, arp-termination: yes, mac-age-minutes: 10 }';
    const wish = bridge(`bd10: { bvi: loop0, interfaces: [ ${CARD}, ${OTHER_CARD} ], settings: ${settings} }`);
    await fulfil(channel, wish);
    const [details] = await channel.dump('bridge_domain_dump', { bd_id: 10, sw_if_index: 0xffffffff }).toArray();
    expect(details).toMatchObject({ bd_id: 10, learn: false, flood: true, arp_term: true, mac_age: 10, n_sw_ifs: 3 });
  });

  it('changes its settings in place', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, bridge('bd10: { settings: { learn: no, arp-unicast-forward: yes } }'));
    const other = bridge('bd10: { settings: { unicast-flood: no, unicast-forward: no, mac-age-minutes: 7 } }');
    expect(await due(channel, other)).toEqual(['change bridge-domain/bd10']);
    await fulfil(channel, other);
  });

  it('gives its members to another, which is created after the first is gone', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, bridge(`bd10: { bvi: loop0, interfaces: [ ${CARD}, ${OTHER_CARD} ] }`));
    const other = bridge(`bd11: { bvi: loop1, interfaces: [ ${OTHER_CARD} ] }`, 'bd12: { bvi: loop0 }');
    const list = await due(channel, other);
    expect(list.slice(0, 4).sort()).toEqual([
      ...['delete bridge-domain/bd10', `delete bridge-member/${CARD}`],
      ...[`delete bridge-member/${OTHER_CARD}`, 'delete bridge-member/loop0'],
    ]);
    await fulfil(channel, other);
    await fulfil(channel, bridge(`bd11: { interfaces: [ ${CARD} ] }`));
  });

  it('changes its BVI', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, bridge('bd10: { bvi: loop0 }'));
    await fulfil(channel, bridge('bd10: { bvi: loop1 }'));
  });

  it('adopted: the file describes it, and changes nothing', async () => {
    const channel = await channelToVpp();
    const settings = '{ unknown-unicast-flood: no, mac-age-minutes: 3 }';
    await fulfil(channel, bridge(`bd10: { bvi: loop0, interfaces: [ ${CARD} ], settings: ${settings} }`));
    const file = await adopted(channel);
    expect(parse(file).bridgedomains).toEqual({
      bd10: {
        ...{ bvi: 'loop0', interfaces: [CARD], mtu: 1500 },
        settings: { 'unknown-unicast-flood': false, 'mac-age-minutes': 3 },
      },
    });
    expect(await due(channel, file)).toEqual([]);
  });
});

const connect = (to: string) => `
interfaces:
  ${CARD}: { l2xc: ${to} }
  ${OTHER_CARD}: ${to === OTHER_CARD ? `{ l2xc: ${CARD} }` : '{}'}
loopbacks:
  loop0: {}
`;

describe('a cross connect', () => {
  it('is created, and goes back to layer 3', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, connect(OTHER_CARD));
    expect(await due(channel, await adopted(channel))).toEqual([]);
    await fulfil(channel, `interfaces:\n  ${CARD}: { addresses: [ 192.0.2.1/24 ] }\n  ${OTHER_CARD}: {}\n`);
    expect(await channel.dump('l2_xconnect_dump', {}).toArray()).toEqual([]);
  });

  it('to an interface that was deleted behind our back: is made anew', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, connect(OTHER_CARD));
    const { sw_if_index: tx_sw_if_index } = await channel.request('create_loopback_instance', {
      ...{ is_specified: true, user_instance: 7, mac_address: '00:00:00:00:00:00' },
    });
    const rx_sw_if_index = await indexOf(channel, CARD);
    await channel.request('sw_interface_set_l2_xconnect', { rx_sw_if_index, tx_sw_if_index, enable: true });
    await channel.request('delete_loopback', { sw_if_index: tx_sw_if_index });
    expect(await due(channel, connect(OTHER_CARD))).toEqual([`change l2xc/${CARD}`]);
    await fulfil(channel, connect(OTHER_CARD));
  });

  it('gives way to a bridge, and a bridge to it', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, connect(OTHER_CARD));
    await fulfil(channel, bridge(`bd10: { interfaces: [ ${CARD}, ${OTHER_CARD} ] }`));
    await fulfil(channel, connect(OTHER_CARD));
  });
});
