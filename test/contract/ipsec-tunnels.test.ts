/** IPsec interfaces and protected tunnels: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';
import { INBOUND_TUNNEL, OUTBOUND_TUNNEL, securityAssociations } from '../support/contract-ipsec.js';

const ALL = 0xffffffff;
const ANY = '0.0.0.0';
const POINT_TO_POINT = 0;
const MULTI_POINT = 1;

/** Associations: outbound and inbound, in tunnel mode and in transport mode. */
const [OUT, IN, PLAIN_OUT, PLAIN_IN] = [7300, 7301, 7302, 7303];

async function begin() {
  const vpp = await Contract.begin();
  /** Asks after the test, by a client of its own. */
  const later = (request: string, fields: Fields) =>
    onTestFinished(async () => {
      const client = await vpp.another();
      await client.ask(request, fields);
      client.close();
    });
  const create = (fields: Fields = {}) => vpp.ask('ipsec_itf_create', { itf: { user_instance: ALL, ...fields } });
  /** Makes an IPsec interface that goes after the test. */
  const make = async (fields: Fields = {}) => {
    const made = await create(fields);
    if (made.retval === 0) later('ipsec_itf_delete', { sw_if_index: made.sw_if_index });
    return Number(made.sw_if_index);
  };
  const ipip = async (mode: number) => {
    const dst = mode === MULTI_POINT ? ANY : '192.0.2.2';
    const made = await vpp.ask('ipip_add_tunnel', { tunnel: { instance: ALL, src: '192.0.2.1', dst, mode } });
    later('ipip_del_tunnel', { sw_if_index: made.sw_if_index });
    return Number(made.sw_if_index);
  };
  const dump = (sw_if_index = ALL) => vpp.dump('ipsec_itf_dump', { sw_if_index });
  return { vpp, later, create, make, ipip, dump };
}

async function beginProtecting() {
  const begun = await begin();
  const { vpp } = begun;
  const sas = securityAssociations(vpp);
  await sas.ask(OUT, { flags: OUTBOUND_TUNNEL });
  await sas.ask(IN, { flags: INBOUND_TUNNEL });
  await sas.ask(PLAIN_OUT);
  await sas.ask(PLAIN_IN, { flags: 64 });
  const protect = (sw_if_index: number, sa_out: number, sa_in: readonly number[], nh = ANY) =>
    vpp.retval('ipsec_tunnel_protect_update', { tunnel: { sw_if_index, nh, sa_out, n_sa_in: sa_in.length, sa_in } });
  const unprotect = (sw_if_index: number, nh = ANY) => vpp.retval('ipsec_tunnel_protect_del', { sw_if_index, nh });
  const protections = async (sw_if_index: number, all = false) => {
    const details = await vpp.dump('ipsec_tunnel_protect_dump', { sw_if_index: all ? ALL : sw_if_index });
    return details.map(({ tun }) => tun as Fields).filter((tun) => tun.sw_if_index === sw_if_index);
  };
  /** The interface of an association, which has one while it takes the packets of a tunnel with ends of its own. */
  const interfaceOf = async (id: number) => (await sas.details(id))?.sw_if_index;
  return { ...begun, sas, protect, unprotect, protections, interfaceOf };
}

describe('an IPsec interface', () => {
  it.each([POINT_TO_POINT, MULTI_POINT])('of mode %i: no MAC address, and an MTU of its own', async (mode) => {
    const { vpp, make, dump } = await begin();
    const swIfIndex = await make({ user_instance: 777, mode });
    const itf = {
      interface_name: 'ipsec777',
      interface_dev_type: 'IPSEC Tunnel',
      flags: 0,
      l2_address: '00:00:00:00:00:00',
    };
    expect(await vpp.details(swIfIndex)).toMatchObject({ ...itf, link_mtu: 0, mtu: [9000, 0, 0, 0] });
    expect(await dump(swIfIndex)).toMatchObject([{ itf: { user_instance: 777, mode, sw_if_index: swIfIndex } }]);
    expect(await dump(0)).toEqual([]);
    const at = { sw_if_index: swIfIndex };
    expect(await vpp.retval('sw_interface_set_flags', { ...at, flags: 1 })).toBe(0);
    expect(await vpp.details(swIfIndex)).toMatchObject({ flags: 3 });
    expect(await vpp.retval('hw_interface_set_mtu', { ...at, mtu: 1500 })).toBe(-30);
    expect(await vpp.retval('sw_interface_set_mac_address', { ...at, mac_address: '02:00:5e:00:53:09' })).toBe(-9);
    expect(await vpp.retval('sw_interface_set_promisc', { ...at, promisc_on: true })).toBe(-7);
  });

  it('without an instance has the lowest free one', async () => {
    const { make, dump } = await begin();
    const instanceOf = async (swIfIndex: number) => Number(((await dump(swIfIndex))[0].itf as Fields).user_instance);
    const first = await instanceOf(await make());
    await make({ user_instance: first + 2 });
    expect(await instanceOf(await make())).toBe(first + 1);
    expect(await instanceOf(await make())).toBe(first + 3);
  });

  it.each<[string, Fields, number]>([
    ['an instance in use', { user_instance: 777 }, -31],
    ['an instance beyond 16383', { user_instance: 16384 }, -31],
    ['an unknown mode', { mode: 2 }, -8],
  ])('refusal of %s', async (_, fields, retval) => {
    const { create, make } = await begin();
    await make({ user_instance: 777 });
    expect(await create(fields)).toMatchObject({ retval, sw_if_index: ALL });
  });

  it('is deleted once, and by ipsec_itf_delete alone', async () => {
    const { vpp, make, dump } = await begin();
    const swIfIndex = await make();
    const remove = (sw_if_index: number) => vpp.retval('ipsec_itf_delete', { sw_if_index });
    expect(await vpp.retval('delete_loopback', { sw_if_index: swIfIndex })).toBe(-2);
    expect(await remove(swIfIndex)).toBe(0);
    expect([await dump(swIfIndex), await vpp.details(swIfIndex)]).toEqual([[], undefined]);
    expect([await remove(swIfIndex), await remove(0), await remove(ALL)]).toEqual([-2, -2, -2]);
    expect(await remove(await vpp.loopback())).toBe(-2);
  });
});

describe('protection', () => {
  it('of an IPsec interface: one, whichever next hop is asked for', async () => {
    const { make, protect, unprotect, protections, interfaceOf } = await beginProtecting();
    const at = await make();
    expect(await protect(at, OUT, [IN])).toBe(0);
    const first = { sw_if_index: at, nh: ANY, sa_out: OUT, n_sa_in: 1, sa_in: [IN] };
    expect(await protections(at)).toEqual([first]);
    expect(await interfaceOf(IN)).toBe(ALL);
    expect(await protect(at, OUT, [IN, PLAIN_IN], '10.0.0.1')).toBe(0);
    expect(await protections(at, true)).toEqual([{ ...first, n_sa_in: 2, sa_in: [IN, PLAIN_IN] }]);
    expect(await unprotect(at, '10.9.9.9')).toBe(0);
    expect([await protections(at), await unprotect(at)]).toEqual([[], -6]);
  });

  it('of a tunnel with ends of its own: it owns the inbound associations in tunnel mode', async () => {
    const { ipip, protect, protections, interfaceOf } = await beginProtecting();
    const at = await ipip(POINT_TO_POINT);
    expect(await protect(at, PLAIN_OUT, [PLAIN_IN])).toBe(0);
    expect([await interfaceOf(PLAIN_OUT), await interfaceOf(PLAIN_IN)]).toEqual([ALL, ALL]);
    expect(await protect(at, OUT, [IN, PLAIN_IN])).toBe(0);
    expect([await interfaceOf(OUT), await interfaceOf(IN), await interfaceOf(PLAIN_IN)]).toEqual([ALL, at, ALL]);
    expect(await protect(at, OUT, [])).toBe(0);
    expect(await protections(at)).toEqual([{ sw_if_index: at, nh: ANY, sa_out: OUT, n_sa_in: 0, sa_in: [] }]);
    expect(await interfaceOf(IN)).toBe(ALL);
  });

  it('of a tunnel to many: one each next hop', async () => {
    const { ipip, protect, unprotect, protections } = await beginProtecting();
    const at = await ipip(MULTI_POINT);
    expect(await protect(at, OUT, [IN], '10.0.0.1')).toBe(0);
    expect(await protect(at, PLAIN_OUT, [PLAIN_IN], '2001:db8::1')).toBe(0);
    expect((await protections(at, true)).map(({ nh }) => nh).sort()).toEqual(['10.0.0.1', '2001:db8::1']);
    expect([await unprotect(at, '10.0.0.3'), await unprotect(at, '10.0.0.1')]).toEqual([-6, 0]);
    expect(await protections(at)).toMatchObject([{ nh: '2001:db8::1', sa_out: PLAIN_OUT }]);
  });

  it.each([
    ['IP: one', 0, 1],
    ['Ethernet: one each next hop', 1, 2],
  ])('of a GRE tunnel of %s', async (_, type, count) => {
    const { vpp, later, protect, protections, interfaceOf } = await beginProtecting();
    const tunnel = { type, instance: ALL, src: '192.0.2.1', dst: '192.0.2.5' };
    const { sw_if_index } = await vpp.ask('gre_tunnel_add_del', { is_add: true, tunnel });
    later('gre_tunnel_add_del', { is_add: false, tunnel });
    const at = Number(sw_if_index);
    expect(await protect(at, OUT, [IN])).toBe(0);
    expect(await interfaceOf(IN)).toBe(at);
    expect(await protect(at, PLAIN_OUT, [PLAIN_IN], '10.0.0.1')).toBe(0);
    expect(await protections(at)).toHaveLength(count);
  });

  it('goes with its tunnel, and keeps its associations until then', async () => {
    const { vpp, make, protect, protections, sas } = await beginProtecting();
    const at = await make();
    await protect(at, OUT, [IN, IN]);
    expect([await sas.remove(OUT), await sas.remove(IN)]).toEqual([0, 0]);
    expect(await protections(at)).toMatchObject([{ sa_out: OUT, sa_in: [IN, IN] }]);
    await vpp.ask('ipsec_itf_delete', { sw_if_index: at });
    expect(await protections(at, true)).toEqual([]);
    expect([await sas.details(OUT), await sas.details(IN)]).toEqual([undefined, undefined]);
  });

  it('refusals', async () => {
    const { vpp, make, protect, unprotect, protections } = await beginProtecting();
    const at = await make();
    expect([await protect(7777, 1, [2]), await unprotect(7777)]).toEqual([-2, -2]);
    expect([await protect(at, OUT, [9]), await protect(at, 9, [IN]), await protect(at, OUT, [1, 2, 3, 4, 5])]).toEqual([
      -7, -7, -162,
    ]);
    const loop = await vpp.loopback();
    expect([await protect(loop, OUT, [IN]), await protect(0, OUT, [IN]), await unprotect(loop)]).toEqual([-2, -2, -6]);
    expect(await protections(at, true)).toEqual([]);
  });

  it('a refused one leaves its associations locked', async () => {
    const { vpp, protect, sas } = await beginProtecting();
    await protect(await vpp.loopback(), OUT, [IN]);
    await protect(await vpp.loopback(), 9, [IN]);
    expect([await sas.remove(OUT), await sas.remove(OUT), await sas.remove(OUT)]).toEqual([0, 0, -6]);
    expect([await sas.remove(IN), await sas.remove(IN), await sas.remove(IN), await sas.remove(IN)]).toEqual([
      0, 0, 0, -6,
    ]);
  });
});
