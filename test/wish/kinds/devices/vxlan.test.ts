import { describe, expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, channelToAny, due, fulfil } from '../../reconcile/support.js';

const tunnel = (vni: number, local = '2001:DB8:0::1', remote = '2001:db8::2') => `
loopbacks:
  loop0: { addresses: [ 2001:db8::1/128, 192.0.2.1/32 ] }
vxlan_tunnels:
  vxlan_tunnel12: { local: ${local}, remote: ${remote}, vni: ${vni} }
interfaces:
  vxlan_tunnel12: { mtu: 1500, addresses: [ 203.0.113.1/24 ] }
`;

describe('a VXLAN tunnel', () => {
  it('has the number in its name, and reads back', async () => {
    const channel = await channelToAny();
    await fulfil(channel, tunnel(100));
    expect(await due(channel, await adopted(channel))).toEqual([]);
    await fulfil(channel, '{}');
  });

  it('is created anew for other ends or another VNI', async () => {
    const channel = await channelToAny();
    await fulfil(channel, tunnel(100));
    await fulfil(channel, tunnel(100, '192.0.2.1', '192.0.2.2'));
    expect(await due(channel, tunnel(101, '192.0.2.1', '192.0.2.2'))).toEqual([
      'delete address/vxlan_tunnel12 203.0.113.1/24',
      'delete vxlan/vxlan_tunnel12',
      'create vxlan/vxlan_tunnel12',
      'create mtu/vxlan_tunnel12',
      'create address/vxlan_tunnel12 203.0.113.1/24',
      'create admin-state/vxlan_tunnel12',
    ]);
    await fulfil(channel, tunnel(101, '192.0.2.1', '192.0.2.2'));
    await fulfil(channel, '{}');
  });

  it('has the options of x-vppmux: a table, ports, an interface of a group, IP without Ethernet', async () => {
    const channel = await channelToAny();
    const options = `
x-vppmux:
  tables: { underlay: { id: 51 } }
  vxlan_tunnels:
    vxlan_tunnel12: { table: underlay, local-port: 4790, remote-port: 4791, l3: yes }
    vxlan_tunnel13: { multicast-interface: loop0 }
`;
    const both = tunnel(100, '192.0.2.1', '192.0.2.2').replace(
      'vxlan_tunnels:\n',
      'vxlan_tunnels:\n  vxlan_tunnel13: { local: 192.0.2.1, remote: 239.0.0.1, vni: 7 }\n',
    );
    await fulfil(channel, `${both}${options}`);
    expect(await due(channel, await adopted(channel))).toEqual([]);
    const other = `${both}${options.replace('4791', '4792')}`;
    expect((await due(channel, other)).filter((each) => each.includes('vxlan/'))).toEqual([
      'delete vxlan/vxlan_tunnel12',
      'create vxlan/vxlan_tunnel12',
    ]);
    await fulfil(channel, other);
    await fulfil(channel, '{}');
  });

  it('mistakes of its options', () => {
    const mistakesOf = (name: string, options: string) =>
      validateWish(`${tunnel(100)}x-vppmux: { vxlan_tunnels: { ${name}: { ${options} } } }`).errors.map(
        ({ message }) => message,
      );
    expect(mistakesOf('vxlan_tunnel1', 'l3: yes')).toEqual([
      'vxlan_tunnel vxlan_tunnel1 does not exist in vxlan_tunnels',
    ]);
    expect(mistakesOf('vxlan_tunnel12', 'table: red, multicast-interface: loop0')).toEqual([
      'x-vppmux.vxlan_tunnels.vxlan_tunnel12.table: no table red in the wish',
      'vxlan_tunnel vxlan_tunnel12 has a multicast-interface, but its remote is no multicast address',
    ]);
  });
});
