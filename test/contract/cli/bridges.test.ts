/**
 * Bridge domains on the command line: the mock, or the VPP that VPP_API_SOCKET names, writes what VPP 26.06 wrote. Numbers that depend on
 * what else there is are replaced. Each test makes what it needs, and leaves nothing behind.
 */
import { describe, expect, it } from 'vitest';
import { center } from '../../../mock-vpp/cli/cli-layout.js';
import { begin, NAME } from './loopback.js';

describe('show bridge-domain', () => {
  const heading =
    '  BD-ID   Index   BSN  Age(min)  Learning  U-Forwrd   UU-Flood   Flooding  ARP-Term  arp-ufwd Learn-co Learn-li   BVI-Intf \n';

  it('one: its features, its members, and an unknown one', async () => {
    const { vpp, loop } = await begin();
    const features = { flood: true, uu_flood: false, forward: true, learn: false, arp_term: true, mac_age: 5 };
    await vpp.ask('bridge_domain_add_del', { bd_id: 4090, is_add: true, ...features });
    const { sw_if_index: sub } = await vpp.ask('create_vlan_subif', { sw_if_index: loop, vlan_id: 7 });
    const bridge = (rx_sw_if_index: unknown, port_type: number, enable = true) =>
      vpp.retval('sw_interface_set_l2_bridge', { rx_sw_if_index, bd_id: 4090, port_type, shg: 2, enable });
    expect([await bridge(sub, 0), await bridge(loop, 1)]).toEqual([0, 0]);
    await vpp.ask('l2_interface_vlan_tag_rewrite', { sw_if_index: sub, vtr_op: 1, push_dot1q: 1, tag1: 100 });
    const lines = (await vpp.cli('show bridge-domain 4090 int')).split('\n');
    expect(`${lines[0]}\n`).toBe(`0 ${heading}`);
    const [id, index, ...shown] = lines[1].trim().split(/ +/);
    expect([id, lines[1]]).toEqual(['4090', `${center('4090', 8)} ${center(index, 7)}${lines[1].slice(16)}`]);
    expect(shown).toEqual([...['0', '5', 'off', 'on', 'drop', 'on', 'on', 'off', '0', '16777216', NAME]]);
    const widths = [30, 7, 5, 5, 5, 9, 30];
    const row = (...texts: unknown[]) => texts.map((text, at) => center(`${text}`, widths[at])).join('');
    const members = lines.slice(2, 6).map((line) => line.replace(/^(.{37})..\d../, '$1  N  '));
    expect(members).toEqual([
      '',
      row('Interface', 'If-idx', 'ISN', 'SHG', 'BVI', 'TxFlood', 'VLAN-Tag-Rewrite'),
      row(NAME, loop, 'N', 2, '*', '*', 'none'),
      row(`${NAME}.7`, sub, 'N', 2, '-', '*', 'push-1 dot1q 100'),
    ]);
    expect([await bridge(loop, 1, false), await bridge(sub, 0, false)]).toEqual([0, 0]);
    await vpp.ask('delete_subif', { sw_if_index: sub });
    await vpp.ask('bridge_domain_add_del', { bd_id: 4090, is_add: false });
    expect(await vpp.cli('show bridge-domain 4090')).toBe('-1 show bridge-domain: No such bridge domain 4090\n');
    expect(await vpp.cli('show bridge-domain 0')).toBe(
      '-1 show bridge-domain: No operations on the default bridge domain are supported\n',
    );
  });
});
