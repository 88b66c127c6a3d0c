/** DHCP clients and relays: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const UNKNOWN = 7777;
/** Type of a table without identification. */
const NO_VSS = 0x7b000000;

describe('clients', () => {
  async function begin() {
    const vpp = await Contract.begin();
    const config = (is_add: boolean, sw_if_index: unknown, fields: Fields = {}) =>
      vpp.retval('dhcp_client_config', { is_add, client: { sw_if_index, hostname: 'router', ...fields } });
    const list = async () => (await vpp.dump('dhcp_client_dump')).map(({ client }) => (client as Fields).sw_if_index);
    return { vpp, config, list };
  }

  it('one for each interface', async () => {
    const { vpp, config, list } = await begin();
    const loop = await vpp.loopback();
    expect([await config(true, UNKNOWN), await config(false, UNKNOWN), await config(false, loop)]).toEqual([
      -2, -2, -7,
    ]);
    const id = Uint8Array.from({ length: 64 }, (_, at) => (at < 3 ? at + 1 : 0));
    const asked = { id, want_dhcp_event: true, set_broadcast_flag: true, dscp: 46, pid: 77 };
    expect([await config(true, loop, asked), await config(true, loop)]).toEqual([0, -7]);
    const nowhere = { state: 0, hostname: 'router', mask_width: 0, host_address: '0.0.0.0', router_address: '0.0.0.0' };
    const lease = { sw_if_index: loop, ...nowhere, host_mac: '00:00:00:00:00:00', count: 0, domain_server: [] };
    const [details] = await vpp.dump('dhcp_client_dump');
    expect(details).toMatchObject({
      lease,
      client: { sw_if_index: loop, hostname: 'router', ...asked, id: expect.anything() },
    });
    expect(Buffer.from((details.client as Fields).id as Uint8Array).equals(id)).toBe(true);
    expect([await config(true, 0), await list()]).toEqual([0, [loop, 0]]);
    expect([await config(false, loop), await config(false, 0), await config(false, 0), await list()]).toEqual([
      0,
      0,
      -7,
      [],
    ]);
  });

  it('a client outlives its interface, and can be removed when another has the index', async () => {
    const { vpp, config, list } = await begin();
    const { sw_if_index } = await vpp.ask('create_loopback');
    await config(true, sw_if_index);
    await vpp.ask('delete_loopback', { sw_if_index });
    expect([await list(), await config(false, sw_if_index)]).toEqual([[sw_if_index], -2]);
    const next = await vpp.loopback();
    expect([next, await config(true, next), await config(false, next), await list()]).toEqual([sw_if_index, -7, 0, []]);
  });

  it('detection on an interface', async () => {
    const { vpp } = await begin();
    const loop = await vpp.loopback();
    const detect = (sw_if_index: number, enable: boolean) =>
      vpp.retval('dhcp_client_detect_enable_disable', { sw_if_index, enable });
    expect([await detect(UNKNOWN, true), await detect(loop, true), await detect(loop, true)]).toEqual([-2, 0, 0]);
    expect([await detect(loop, false), await detect(loop, false)]).toEqual([0, 0]);
  });
});

describe('relays', () => {
  const [RX, SERVERS] = [41, 42];

  async function begin() {
    const vpp = await Contract.begin();
    const config = (is_add: boolean, dhcp_server: string, fields: Fields = {}) => {
      const own = { rx_vrf_id: RX, server_vrf_id: 0, dhcp_src_address: '192.0.2.9' };
      return vpp.retval('dhcp_proxy_config', { is_add, dhcp_server, ...own, ...fields });
    };
    const vss = (is_add: boolean, fields: Fields = {}) =>
      vpp.retval('dhcp_proxy_set_vss', { tbl_id: RX, vss_type: 0, vpn_ascii_id: 'blue', is_add, ...fields });
    const list = (is_ip6 = false) => vpp.dump('dhcp_proxy_dump', { is_ip6 });
    const tables = async () =>
      (await vpp.dump('ip_table_dump')).map(({ table }) => (table as Fields).table_id).filter((id) => Number(id) > 0);
    onTestFinished(async () => {
      const client = await vpp.another();
      for (const { servers, ...relay } of await client.dump('dhcp_proxy_dump', {})) {
        for (const server of servers as Fields[]) {
          await client.ask('dhcp_proxy_config', { ...pick(relay, 'rx_vrf_id', 'dhcp_src_address'), ...server });
        }
      }
      for (const is_ipv6 of [false, true]) await client.ask('dhcp_proxy_set_vss', { tbl_id: RX, is_ipv6 });
    });
    return { vpp, config, vss, list, tables };
  }

  const pick = (from: Fields, ...names: string[]) => Object.fromEntries(names.map((name) => [name, from[name]]));

  it('refusals', async () => {
    const { config, vss, list } = await begin();
    expect([await config(true, '0.0.0.0'), await config(true, '192.0.2.1', { dhcp_src_address: '0.0.0.0' })]).toEqual([
      -58, -57,
    ]);
    expect(await config(true, '2001:db8::1')).toBe(-73);
    expect([await config(false, '192.0.2.1'), await vss(false), await list()]).toEqual([0, -6, []]);
  });

  it('several servers of a table, which is made, and goes with the last', async () => {
    const { config, list, tables } = await begin();
    expect([await config(true, '192.0.2.1'), await config(true, '192.0.2.1')]).toEqual([0, 0]);
    expect(await config(true, '192.0.2.2', { dhcp_src_address: '192.0.2.10' })).toBe(0);
    expect(await config(true, '192.0.2.1', { server_vrf_id: SERVERS })).toBe(0);
    const server = (dhcp_server: string, server_vrf_id = 0) => ({ dhcp_server, server_vrf_id });
    const relay = { rx_vrf_id: RX, is_ipv6: false, dhcp_src_address: '192.0.2.9', vss_type: NO_VSS, vss_oui: 0 };
    expect(await list()).toMatchObject([
      { ...relay, count: 3, servers: [server('192.0.2.1'), server('192.0.2.2'), server('192.0.2.1', SERVERS)] },
    ]);
    expect(await tables()).toEqual([RX, SERVERS]);
    expect([await config(false, '192.0.2.99'), await config(false, '192.0.2.1')]).toEqual([0, 0]);
    expect(await list()).toMatchObject([
      { ...relay, count: 2, servers: [server('192.0.2.1', SERVERS), server('192.0.2.2')] },
    ]);
    expect([await config(false, '192.0.2.2'), await config(false, '192.0.2.1', { server_vrf_id: SERVERS })]).toEqual([
      0, 0,
    ]);
    expect([await list(), await tables()]).toEqual([[], []]);
  });

  it('identification of a table', async () => {
    const { config, vss, list, tables } = await begin();
    expect([await vss(true), await tables(), await list()]).toEqual([0, [RX], []]);
    await config(true, '192.0.2.1');
    expect(await list()).toMatchObject([{ vss_type: 0, vss_vpn_ascii_id: 'blue', vss_oui: 0, vss_fib_id: 0 }]);
    expect(await vss(true, { vss_type: 1, oui: 0x123456, vpn_index: 99 })).toBe(0);
    expect(await list()).toMatchObject([{ vss_type: 1, vss_vpn_ascii_id: '', vss_oui: 0x123456, vss_fib_id: 99 }]);
    expect([await vss(true, { vss_type: 255 }), await list()]).toMatchObject([
      0,
      [{ vss_type: 255, vss_vpn_ascii_id: '' }],
    ]);
    expect([await vss(false), await vss(false), await list()]).toMatchObject([0, -6, [{ vss_type: NO_VSS }]]);
    expect([await config(false, '192.0.2.1'), await tables()]).toEqual([0, []]);
  });

  it('IPv6: the same, but that VPP names the family of the addresses wrongly', async () => {
    const { config, list } = await begin();
    const six = { dhcp_src_address: '2001:db8::9' };
    expect([await config(true, '2001:db8::1', six), await list()]).toEqual([0, []]);
    expect(await list(true)).toMatchObject([
      { rx_vrf_id: RX, is_ipv6: true, dhcp_src_address: '32.1.13.184', servers: [{ dhcp_server: '32.1.13.184' }] },
    ]);
    expect([await config(false, '2001:db8::1', six), await list(true)]).toEqual([0, []]);
  });
});
