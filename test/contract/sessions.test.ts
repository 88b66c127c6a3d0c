/** The session layer: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;

async function begin(isEnabled = true) {
  const vpp = await Contract.begin();
  const enable = (is_enable: boolean) => vpp.retval('session_enable_disable', { is_enable });
  expect(await enable(isEnabled)).toBe(0);
  onTestFinished(async () => {
    const client = await vpp.another();
    await client.ask('session_enable_disable', { is_enable: false });
  });
  const change = async (fields: Fields, version = '_v3') => {
    const given = { sw_if_index: NONE, ip4_fib_id: 0, ip6_fib_id: 0, ...(/3|4/.test(version) && { is_add: true }) };
    const { retval, appns_index } = await vpp.ask(`app_namespace_add_del${version}`, { ...given, ...fields });
    return retval === 0 ? Number(appns_index) : Number(retval);
  };
  return { vpp, enable, change };
}

it('enabled and disabled, any number of times', async () => {
  const { vpp, enable, change } = await begin(false);
  for (const version of ['', '_v2', '_v3', '_v4']) expect(await change({ namespace_id: 'one' }, version)).toBe(-30);
  expect([await enable(true), await enable(true), await enable(false), await enable(false)]).toEqual([0, 0, 0, 0]);
  const v2 = (rt_engine_type: number) => vpp.retval('session_enable_disable_v2', { rt_engine_type });
  expect([await v2(1), await v2(0)]).toEqual([0, 0]);
  expect(await change({ namespace_id: 'one' })).toBe(-30);
});

it('namespaces: one for each name, by all versions of the request', async () => {
  const { change } = await begin();
  const names = ['vmx-one', 'vmx-two', 'vmx-three', 'vmx-four'];
  const indices: number[] = [];
  for (const [at, version] of ['', '_v2', '_v3', '_v4'].entries()) {
    indices.push(await change({ namespace_id: names[at], secret: 5n }, version));
  }
  expect(indices.every((index) => index > 0)).toBe(true);
  expect(new Set(indices).size).toBe(4);
  expect(await change({ namespace_id: 'vmx-one', netns: 'elsewhere' })).toBe(indices[0]);
  for (const namespace_id of names) expect(await change({ namespace_id, is_add: false })).toBe(0);
  expect(await change({ namespace_id: 'vmx-one', is_add: false })).toBe(-19);
  const again = await change({ namespace_id: 'vmx-five' });
  expect(indices).toContain(again);
  await change({ namespace_id: 'vmx-five', is_add: false }, '_v4');
});

it('namespaces: by an interface, or by tables, which have to be there', async () => {
  const { vpp, change } = await begin();
  const loop = await vpp.loopback();
  const namespace_id = 'vmx-where';
  expect(await change({ namespace_id, sw_if_index: 7777 })).toBe(-19);
  expect([await change({ namespace_id, ip4_fib_id: 99 }), await change({ namespace_id, ip6_fib_id: 99 })]).toEqual([
    -19, -19,
  ]);
  expect(await change({ namespace_id, ip4_fib_id: NONE, ip6_fib_id: NONE })).toBe(-19);
  const made = await change({ namespace_id, sw_if_index: loop, ip4_fib_id: 99 });
  expect([made > 0, await change({ namespace_id, ip4_fib_id: NONE })]).toEqual([true, made]);
  expect(await change({ namespace_id, is_add: false })).toBe(0);
});

it('the socket of applications: not with a namespace', async () => {
  const { vpp } = await begin();
  for (const is_enable of [true, false])
    expect(await vpp.retval('session_sapi_enable_disable', { is_enable })).toBe(-1);
});
