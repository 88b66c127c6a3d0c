/** Router advertisements: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const UNKNOWN = 7777;
const DAY = 86400;

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const enable = (on: boolean) => vpp.retval('sw_interface_ip6_enable_disable', { sw_if_index: loop, enable: on });
  const configure = (fields: Fields) => vpp.retval('sw_interface_ip6nd_ra_config', { sw_if_index: loop, ...fields });
  const advertise = (prefix: string, fields: Fields = {}) =>
    vpp.retval('sw_interface_ip6nd_ra_prefix', { sw_if_index: loop, prefix, ...fields });
  const dump = (sw_if_index: number) => vpp.dump('sw_interface_ip6nd_ra_dump', { sw_if_index });
  const found = async () => (await dump(loop))[0];
  const prefixes = async () =>
    ((await found()).prefixes as Fields[]).map((each) => [
      each.prefix,
      Number(each.val_lifetime),
      Number(each.pref_lifetime),
      [each.onlink_flag, each.autonomous_flag, each.no_advertise, each.decrement_lifetime_flag].map(Number).join(''),
    ]);
  return { vpp, loop, enable, configure, advertise, dump, found, prefixes };
}

it('a configuration: there while IPv6 is on, and silent at first', async () => {
  const { loop, enable, configure, advertise, dump, found } = await begin();
  expect([await configure({ suppress: 1 }), await configure({ sw_if_index: UNKNOWN })]).toEqual([-62, -2]);
  expect([await advertise('2001:db8::/64'), await advertise('::/64', { sw_if_index: UNKNOWN })]).toEqual([-62, -2]);
  expect([await dump(loop), await dump(UNKNOWN), await enable(true)]).toEqual([[], [], 0]);
  expect(await found()).toMatchObject({
    sw_if_index: loop,
    cur_hop_limit: 64,
    adv_managed_flag: false,
    adv_other_flag: false,
    adv_router_lifetime: 600,
    adv_link_mtu: 9000,
    send_radv: false,
    cease_radv: false,
    send_unicast: false,
    adv_link_layer_address: true,
    max_radv_interval: 200,
    min_radv_interval: 150,
    initial_adverts_count: 3,
    initial_adverts_interval: 16,
    initial_adverts_sent: false,
    n_advertisements_sent: 0,
    prefixes: [],
  });
  expect((await dump(ALL)).map((each) => each.sw_if_index)).toContain(loop);
  expect([await enable(false), await dump(loop)]).toEqual([0, []]);
});

it('configured: any request makes it send; is_no takes back what is named', async () => {
  const { enable, configure, found } = await begin();
  await enable(true);
  expect([await configure({}), await found()]).toMatchObject([0, { send_radv: true, adv_router_lifetime: 600 }]);
  expect([await configure({ suppress: 1 }), await found()]).toMatchObject([0, { send_radv: false }]);
  const four = { managed: 1, other: 1, ll_option: 1, send_unicast: 1 };
  const names = ['adv_managed_flag', 'adv_other_flag', 'adv_link_layer_address', 'send_unicast'];
  const flags = async () => {
    const now = await found();
    return names.map((name) => now[name]);
  };
  expect([await configure(four), await flags()]).toEqual([0, [true, true, false, true]]);
  expect([await configure({ ...four, is_no: true }), await flags()]).toEqual([0, [false, false, true, false]]);
  expect([await configure({ cease: 1 }), await found()]).toMatchObject([0, { cease_radv: true }]);
  expect([await configure({ cease: 1, is_no: true }), await found()]).toMatchObject([0, { cease_radv: false }]);
});

it('intervals and lifetime: checked against each other', async () => {
  const { enable, configure, found } = await begin();
  await enable(true);
  const intervals = async () => {
    const { max_radv_interval, min_radv_interval, adv_router_lifetime } = await found();
    return [max_radv_interval, min_radv_interval, adv_router_lifetime];
  };
  expect([await configure({ max_interval: 10 }), await intervals()]).toEqual([0, [10, 7, 600]]);
  expect(await configure({ max_interval: 10, default_router: 1, lifetime: 30 })).toBe(0);
  expect([await configure({ max_interval: 100 }), await intervals()]).toEqual([-7, [10, 7, 30]]);
  expect([await configure({ max_interval: 4, min_interval: 2 }), await configure({ max_interval: 3 })]).toEqual([
    -7, -7,
  ]);
  expect([await configure({ min_interval: 8 }), await configure({ min_interval: 4 })]).toEqual([-7, 0]);
  const lifetime = (seconds: number) => configure({ default_router: 1, lifetime: seconds });
  expect([await lifetime(10), await lifetime(9999), await intervals()]).toEqual([-7, 0, [10, 4, 9000]]);
  expect([await lifetime(0), await configure({ max_interval: 1000 }), await intervals()]).toEqual([
    0,
    0,
    [1000, 750, 0],
  ]);
  expect(await configure({ is_no: true, max_interval: 5, min_interval: 3, default_router: 1 })).toBe(0);
  expect(await intervals()).toEqual([200, 150, 600]);
  expect([await configure({ initial_count: 4 }), await configure({ initial_interval: 17 })]).toEqual([-7, -7]);
  expect(await configure({ initial_count: 1, initial_interval: 5 })).toBe(0);
  expect(await found()).toMatchObject({ initial_adverts_count: 1, initial_adverts_interval: 5 });
});

it('prefixes: by address, with lifetimes and flags', async () => {
  const { enable, advertise, prefixes } = await begin();
  await enable(true);
  const one = '2001:db8:1::/64';
  expect([await advertise(one, { use_default: true }), await prefixes()]).toEqual([
    0,
    [[one, 30 * DAY, 7 * DAY, '1101']],
  ]);
  expect([await advertise('2001:db8:1::/48'), await advertise('2001:db8:1::/48', { is_no: true })]).toEqual([-8, -8]);
  expect(await advertise('2001:db8:9::/64', { is_no: true })).toBe(-7);
  expect(await advertise(one, { val_lifetime: 1000, pref_lifetime: 2000, no_advertise: true })).toBe(0);
  expect(await prefixes()).toEqual([[one, 1000, 2000, '1111']]);
  expect(await advertise(one, { val_lifetime: 0xffffffff, pref_lifetime: 50, off_link: true })).toBe(0);
  expect(await prefixes()).toEqual([[one, 0xffffffff, 0xffffffff, '0100']]);
  expect(await advertise(one, { no_autoconfig: true, no_onlink: true })).toBe(0);
  expect(await prefixes()).toEqual([[one, 0, 0, '0000']]);
  const two = '2001:db8:2::5/64';
  expect([await advertise(two), await advertise(one, { is_no: true })]).toEqual([0, 0]);
  expect(await advertise('2001:db8:3::/64', { use_default: true })).toBe(0);
  expect((await prefixes()).map(([prefix]) => prefix)).toEqual(['2001:db8:3::/64', two]);
});

it('the MTU that is advertised: that of IPv6 when IPv6 came on', async () => {
  const { vpp, loop, enable, found } = await begin();
  await enable(true);
  const mtu = async (...mtus: number[]) => {
    await vpp.ask('sw_interface_set_mtu', { sw_if_index: loop, mtu: mtus });
    const before = (await found()).adv_link_mtu;
    return [before, await enable(false), await enable(true), (await found()).adv_link_mtu];
  };
  expect(await mtu(1400, 0, 0, 0)).toEqual([9000, 0, 0, 1400]);
  expect(await mtu(1400, 0, 1300, 0)).toEqual([1400, 0, 0, 1300]);
});
