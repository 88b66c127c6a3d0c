/** IKEv2: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NAME = 'vppmux-test';
const NONE = 0xffffffff;
const SECRET = Buffer.from('secret');

const IKE = { crypto_alg: 12, crypto_key_size: 256, integ_alg: 2, prf_alg: 5, dh_group: 14 };
const ESP = { crypto_alg: 12, crypto_key_size: 256, integ_alg: 2 };
const SELECTOR = {
  ...{ is_local: true, protocol_id: 17, start_port: 1, end_port: 65535 },
  ...{ start_addr: '10.0.0.0', end_addr: '10.0.0.255' },
};

const NO_SELECTOR = {
  ...{ sa_index: 0, child_sa_index: 0, protocol_id: 0, start_port: 0, end_port: 0 },
  ...{ start_addr: '0.0.0.0', end_addr: '0.0.0.0' },
};
const NO_ID = { type: 0, data_len: 0, data: '' };

async function begin() {
  const vpp = await Contract.begin();
  const add = (name: string) => {
    onTestFinished(async () => {
      const client = await vpp.another();
      await client.ask('ikev2_profile_add_del', { name, is_add: false });
      client.close();
    });
    return vpp.retval('ikev2_profile_add_del', { name, is_add: true });
  };
  await add(NAME);
  /** Asks for a change of the profile; gives the retval. */
  const change = (request: string, fields: Fields = {}) => vpp.retval(`ikev2_${request}`, { name: NAME, ...fields });
  const profile = async (name = NAME) => {
    const all = (await vpp.dump('ikev2_profile_dump')).map((details) => details.profile as Fields);
    return all.find((each) => each.name === name);
  };
  return { vpp, add, change, profile };
}

const auth = (data: Buffer, fields: Fields = {}) => ({ auth_method: 2, data_len: data.length, data, ...fields });
const id = (data: Buffer, fields: Fields = {}) => ({
  is_local: true,
  id_type: 2,
  data_len: data.length,
  data,
  ...fields,
});

describe('a profile', () => {
  it('new: nothing is set', async () => {
    const { profile } = await begin();
    expect(await profile()).toMatchObject({
      ...{ loc_id: NO_ID, rem_id: NO_ID, loc_ts: { ...NO_SELECTOR, is_local: true } },
      ...{ rem_ts: { ...NO_SELECTOR, is_local: false }, responder: { sw_if_index: NONE, addr: '0.0.0.0' } },
      ...{ lifetime: 0n, lifetime_maxdata: 0n, lifetime_jitter: 0, handover: 0, ipsec_over_udp_port: 65535 },
      ...{ tun_itf: NONE, udp_encap: false, natt_disabled: false, auth: { method: 0, hex: 0, data_len: 0 } },
    });
  });

  it('exists once', async () => {
    const { vpp, add, change, profile } = await begin();
    expect(await add(NAME)).toBe(-1);
    expect(await change('profile_add_del', { is_add: false })).toBe(0);
    expect([await change('profile_add_del', { is_add: false }), await profile()]).toEqual([-1, undefined]);
    expect([await add(''), await add('y'.repeat(63))]).toEqual([0, 0]);
    expect(await profile('y'.repeat(63))).toBeDefined();
    expect(await vpp.ask('ikev2_plugin_get_version')).toMatchObject({ major: 1, minor: 0 });
  });

  it('whole: as it was set', async () => {
    const { vpp, change, profile } = await begin();
    const swIfIndex = await vpp.loopback();
    expect(await change('profile_set_auth', auth(SECRET))).toBe(0);
    expect(await change('profile_set_id', id(Buffer.from('vpp.local')))).toBe(0);
    expect(await change('profile_set_id', id(Buffer.from('a@b.test'), { is_local: false, id_type: 3 }))).toBe(0);
    expect(await change('profile_set_ts', { ts: { ...SELECTOR, sa_index: 5, child_sa_index: 6 } })).toBe(0);
    const remote = { ...SELECTOR, is_local: false, start_addr: '2001:db8::', end_addr: '2001:db8::ff' };
    expect(await change('profile_set_ts', { ts: remote })).toBe(0);
    const responder = { sw_if_index: swIfIndex, addr: '192.0.2.2' };
    expect(await change('set_responder', { responder })).toBe(0);
    expect(await change('set_tunnel_interface', { sw_if_index: swIfIndex })).toBe(0);
    expect(await change('set_ike_transforms', { tr: IKE })).toBe(0);
    expect(await change('set_esp_transforms', { tr: ESP })).toBe(0);
    const lifetime = { lifetime: 3600n, lifetime_jitter: 10, handover: 5, lifetime_maxdata: 1000n };
    expect(await change('set_sa_lifetime', lifetime)).toBe(0);
    expect([await change('profile_set_udp_encap'), await change('profile_disable_natt')]).toEqual([0, 0]);
    expect(await profile()).toMatchObject({
      ...{ auth: { method: 2, hex: 0, data_len: 6 }, loc_id: { type: 2, data_len: 9, data: 'vpp.local' } },
      ...{
        rem_id: { type: 3, data_len: 8, data: 'a@b.test' },
        responder,
        tun_itf: swIfIndex,
        ike_ts: IKE,
        esp_ts: ESP,
      },
      ...{ loc_ts: { ...NO_SELECTOR, ...SELECTOR }, rem_ts: { ...NO_SELECTOR, ...remote }, ...lifetime },
      ...{ udp_encap: true, natt_disabled: true },
    });
    expect(Buffer.from(((await profile()) as { auth: { data: Uint8Array } }).auth.data)).toEqual(SECRET);
  });

  it('loses the interface of its responder when that goes, and keeps that of its tunnel', async () => {
    const { vpp, change, profile } = await begin();
    const swIfIndex = await vpp.loopback();
    await change('set_responder', { responder: { sw_if_index: swIfIndex, addr: '2001:db8::2' } });
    await change('set_tunnel_interface', { sw_if_index: swIfIndex });
    await vpp.ask('delete_loopback', { sw_if_index: swIfIndex });
    const left = { responder: { sw_if_index: NONE, addr: '2001:db8::2' }, tun_itf: swIfIndex };
    expect(await profile()).toMatchObject(left);
  });

  it('ids: 63 bytes are shown', async () => {
    const { change, profile } = await begin();
    expect(await change('profile_set_id', id(Buffer.alloc(1024, 'b')))).toBe(0);
    expect(await profile()).toMatchObject({ loc_id: { data_len: 63, data: 'b'.repeat(63) } });
    expect(await change('profile_set_id', id(Buffer.from([192, 0, 2, 1]), { id_type: 1 }))).toBe(0);
    expect(await profile()).toMatchObject({ loc_id: { type: 1, data_len: 4, data: '\ufffd' } });
  });

  it('a port of its own for IPsec over UDP', async () => {
    const { change, profile } = await begin();
    const set = (is_set: number, port: number) => change('profile_set_ipsec_udp_port', { is_set, port });
    expect([await set(0, 5000), await set(1, 5000), await set(1, 5001)]).toEqual([-7, 0, -81]);
    expect(await profile()).toMatchObject({ ipsec_over_udp_port: 5000 });
    expect([await set(0, 77), await set(0, 5000), await set(1, 65535), await set(1, 65535)]).toEqual([0, -7, 0, 0]);
  });
});

describe('refusals', () => {
  it.each<[string, Fields, number]>([
    ['profile_set_auth', auth(SECRET), -1],
    ['profile_set_id', id(SECRET), -1],
    ['profile_set_ts', { ts: SELECTOR }, -1],
    ['set_responder', { responder: { sw_if_index: 0, addr: '192.0.2.2' } }, -1],
    ['set_responder_hostname', { hostname: 'vpn.example.net', sw_if_index: 0 }, -1],
    ['set_tunnel_interface', { sw_if_index: 0 }, -1],
    ['set_ike_transforms', { tr: IKE }, -1],
    ['set_esp_transforms', { tr: ESP }, -1],
    ['set_sa_lifetime', {}, -1],
    ['profile_set_udp_encap', {}, -1],
    ['profile_disable_natt', {}, -1],
    ['profile_set_ipsec_udp_port', { is_set: 1, port: 5000 }, -7],
    ['initiate_sa_init', {}, -1],
  ])('%s of an unknown profile', async (request, fields, retval) => {
    const { change } = await begin();
    expect(await change(request, { ...fields, name: 'nobody' })).toBe(retval);
  });

  it.each<[string, string, Fields, number]>([
    ['data of no bytes', 'profile_set_auth', auth(Buffer.alloc(0)), -7],
    ['data of 1025 bytes', 'profile_set_auth', auth(Buffer.alloc(1025)), -7],
    ['data of no bytes, before the profile', 'profile_set_auth', auth(Buffer.alloc(0), { name: 'nobody' }), -7],
    ['an id of no bytes', 'profile_set_id', id(Buffer.alloc(0)), -7],
    ['an id of type 4', 'profile_set_id', id(SECRET, { id_type: 4 }), -1],
    ['an id of type 11', 'profile_set_id', id(SECRET, { id_type: 11 }), -1],
    ['a selector of two families', 'profile_set_ts', { ts: { ...SELECTOR, end_addr: '2001:db8::' } }, -1],
    ['an unknown tunnel', 'set_tunnel_interface', { sw_if_index: 7777 }, -2],
    ['no integrity for IKE', 'set_ike_transforms', { tr: { ...IKE, integ_alg: 0 } }, -1],
    ['integrity with AES-GCM', 'set_ike_transforms', { tr: { ...IKE, crypto_alg: 20 } }, -1],
    ['AES-CTR for IKE', 'set_ike_transforms', { tr: { ...IKE, crypto_alg: 13 } }, -1],
    ['AES-GMAC for IKE', 'set_ike_transforms', { tr: { ...IKE, integ_alg: 10 } }, -1],
    ['AES-GMAC with AES for ESP', 'set_esp_transforms', { tr: { ...ESP, integ_alg: 10 } }, -1],
    ['AES-CMAC for ESP', 'set_esp_transforms', { tr: { ...ESP, integ_alg: 8 } }, -1],
  ])('%s', async (_, request, fields, retval) => {
    const { change } = await begin();
    expect(await change(request, fields)).toBe(retval);
  });

  it('not of what only an exchange would find', async () => {
    const { change } = await begin();
    expect(await change('profile_set_auth', auth(SECRET, { auth_method: 9, is_hex: true }))).toBe(0);
    expect(
      await change('set_ike_transforms', { tr: { crypto_alg: 99, crypto_key_size: 7, integ_alg: 77, prf_alg: 66 } }),
    ).toBe(0);
    expect(await change('set_ike_transforms', { tr: { ...IKE, crypto_alg: 28, integ_alg: 0 } })).toBe(0);
    expect(await change('set_esp_transforms', { tr: { ...ESP, crypto_alg: 11, integ_alg: 10 } })).toBe(0);
    expect(await change('set_responder', { responder: { sw_if_index: 7777, addr: '192.0.2.2' } })).toBe(0);
    expect(await change('set_responder_hostname', { hostname: 'vpn.example.net', sw_if_index: 7777 })).toBe(0);
  });
});

describe('ikev2_initiate_sa_init', () => {
  it('needs a responder', async () => {
    const { vpp, change } = await begin();
    const swIfIndex = await vpp.loopback();
    await change('set_ike_transforms', { tr: IKE });
    expect(await change('initiate_sa_init')).toBe(-1);
    await change('set_responder', { responder: { sw_if_index: swIfIndex, addr: '::' } });
    expect(await change('initiate_sa_init')).toBe(-1);
    await change('set_responder', { responder: { sw_if_index: swIfIndex, addr: '192.0.2.2' } });
    expect(await change('initiate_sa_init')).toBe(0);
    expect(await vpp.dump('ikev2_sa_dump')).toEqual([]);
  });

  it.each<[string, Fields, number]>([
    ['AES-128', { crypto_key_size: 128 }, 0],
    ['a key of 257 bits', { crypto_key_size: 257 }, 0],
    ['a key of 7 bits', { crypto_key_size: 7 }, -1],
    ['AES-GCM', { crypto_alg: 20, integ_alg: 0 }, 0],
    ['ChaCha20 with 256 bits', { crypto_alg: 28, integ_alg: 0 }, 0],
    ['ChaCha20 with 128 bits', { crypto_alg: 28, integ_alg: 0, crypto_key_size: 128 }, -1],
    ['null encryption', { crypto_alg: 11, crypto_key_size: 0 }, 0],
    ['3DES', { crypto_alg: 3, crypto_key_size: 192 }, -1],
    ['SHA-512', { integ_alg: 14 }, 0],
    ['MD5', { integ_alg: 1 }, -1],
    ['no pseudo-random function', { prf_alg: 0 }, 0],
    ['HMAC with MD5', { prf_alg: 1 }, -1],
    ['an elliptic curve', { dh_group: 19 }, 0],
    ['no group', { dh_group: 0 }, -1],
    ['an unknown group', { dh_group: 31 }, -1],
  ])('with %s', async (_, fields, retval) => {
    const { vpp, change } = await begin();
    await change('set_responder', { responder: { sw_if_index: await vpp.loopback(), addr: '192.0.2.2' } });
    expect(await change('set_ike_transforms', { tr: { ...IKE, ...fields } })).toBe(0);
    expect(await change('initiate_sa_init')).toBe(retval);
  });
});

it('associations: there are none', async () => {
  const { vpp } = await begin();
  for (const name of ['ikev2_sa', 'ikev2_sa_v2', 'ikev2_sa_v3']) expect(await vpp.dump(`${name}_dump`)).toEqual([]);
  expect(await vpp.dump('ikev2_child_sa_dump', { sa_index: 0 })).toEqual([]);
  expect(await vpp.dump('ikev2_child_sa_v2_dump', { sa_index: 9 })).toEqual([]);
  expect(await vpp.dump('ikev2_traffic_selector_dump', { is_initiator: true })).toEqual([]);
  expect(await vpp.retval('ikev2_initiate_del_ike_sa', { ispi: 7n })).toBe(-1);
  expect(await vpp.retval('ikev2_initiate_del_child_sa', { ispi: 7 })).toBe(-1);
  expect(await vpp.retval('ikev2_initiate_rekey_child_sa', { ispi: 7 })).toBe(-1);
});

it('the pause between two looks at associations, and liveness', async () => {
  const { vpp } = await begin();
  const { sleep_interval: before } = await vpp.ask('ikev2_get_sleep_interval');
  const set = (timeout: unknown) => vpp.retval('ikev2_plugin_set_sleep_interval', { timeout });
  onTestFinished(
    async () => void (await (await vpp.another()).ask('ikev2_plugin_set_sleep_interval', { timeout: before })),
  );
  expect([await set(0.5), await set(0)]).toEqual([0, -1]);
  expect(await vpp.ask('ikev2_get_sleep_interval')).toMatchObject({ retval: 0, sleep_interval: 0.5 });
  const live = (period: number, max_retries: number) =>
    vpp.retval('ikev2_profile_set_liveness', { period, max_retries });
  expect([await live(10, 3), await live(0, 3), await live(10, 0)]).toEqual([0, -1, -1]);
});
