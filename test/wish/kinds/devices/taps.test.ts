import { describe, expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, due, fulfil } from '../../reconcile/support.js';
import { channelToCards, detailsOf } from './support.js';

const tap = (host: string, rings = '') => `
taps:
  tap7: { host: { name: vpp7${host} }${rings} }
interfaces:
  tap7: { mtu: 9000 }
`;

describe('a tap', () => {
  it('has what the wish says of its host end and its rings, and reads back', async () => {
    const channel = await channelToCards();
    const host = ', mac: 02-01-BE-EF-CA-FE, mtu: 9000, bridge: br0, namespace: dataplane';
    await fulfil(channel, tap(host, ', rx-ring-size: 1024, tx-ring-size: 512'));
    const [details] = await channel.dump('sw_interface_tap_v2_dump', { sw_if_index: 0xffffffff }).toArray();
    expect(details).toMatchObject({
      ...{ id: 7, host_if_name: 'vpp7', host_mac_addr: '02:01:be:ef:ca:fe', host_mtu_size: 9000 },
      ...{ host_bridge: 'br0', host_namespace: 'dataplane', rx_ring_sz: 1024, tx_ring_sz: 512 },
    });
    expect(await due(channel, await adopted(channel))).toEqual([]);
  });

  it('may have any MAC address and MTU where the wish says none', async () => {
    const channel = await channelToCards();
    await fulfil(channel, tap(', mac: 02:01:be:ef:ca:fe, mtu: 9000'));
    expect(await due(channel, tap(''))).toEqual([]);
    expect(await due(channel, tap(', mac: 02:01:be:ef:ca:fe, mtu: 9000'))).toEqual([]);
  });

  it.each([
    [tap('a'), 'another name'],
    [tap(', namespace: other'), 'a namespace'],
    [tap(', bridge: br1'), 'a bridge'],
    [tap('', ', rx-ring-size: 512'), 'another ring'],
  ])('is created anew for %2$s', async (text) => {
    const channel = await channelToCards();
    await fulfil(channel, tap(''));
    expect((await due(channel, text)).slice(0, 2)).toEqual(['delete tap/tap7', 'create tap/tap7']);
    await fulfil(channel, text);
    await fulfil(channel, 'interfaces: {}');
    expect(await detailsOf(channel, 'tap7')).toBeUndefined();
  });

  it('has the options of x-vppmux, and any that it does not name', async () => {
    const channel = await channelToCards();
    const options = (text: string) => `${tap('')}x-vppmux: { taps: { tap7: { ${text} } } }`;
    const all =
      'gso: yes, gro-coalesce: yes, packed: no, rx-queues: 2, host-ip4: 192.0.2.2/24, host-ip6: "2001:DB8::2/64"';
    await fulfil(channel, options(all));
    const [details] = await channel.dump('sw_interface_tap_v2_dump', { sw_if_index: 0xffffffff }).toArray();
    expect(details).toMatchObject({
      tap_flags: 33,
      host_ip4_prefix: '192.0.2.2/24',
      host_ip6_prefix: '2001:db8::2/64',
    });
    expect(await due(channel, tap(''))).toEqual([]);
    expect(await due(channel, await adopted(channel))).toEqual([]);
    const others = options('gso: yes, packed: yes');
    expect((await due(channel, others)).slice(0, 2)).toEqual(['delete tap/tap7', 'create tap/tap7']);
    await fulfil(channel, others);
  });

  it('mistakes of its options', () => {
    const { errors } = validateWish(`${tap('')}
x-vppmux:
  taps: { tap7: { gro-coalesce: yes, host-ip4: "::1/128", host-ip6: 192.0.2.1/24 }, tap8: { gso: yes, csum-offload: yes } }
`);
    expect(errors.map(({ message }) => message)).toEqual([
      'tap tap7 host-ip4 ::1/128 is no IPv4 address',
      'tap tap7 host-ip6 192.0.2.1/24 is no IPv6 address',
      'tap tap7 needs gso for gro-coalesce',
      'tap tap8 does not exist in taps',
      'tap tap8 has csum-offload with gso already',
    ]);
  });
});
