/** Features of interfaces of layer 2: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const UNKNOWN = 7777;
const BRIDGE = 4821;
const [BRIDGED, BVI] = [765, 253];

/** Two loopbacks; the domain that they are put into goes after the test. */
async function begin() {
  const vpp = await Contract.begin();
  onTestFinished(async () => {
    const client = await vpp.another();
    await client.ask('bridge_domain_add_del', { bd_id: BRIDGE, is_add: false });
  });
  const [loop, other] = [await vpp.loopback(), await vpp.loopback()];
  const onLoop = (name: string) => (fields: Fields) => vpp.ask(name, { sw_if_index: loop, ...fields });
  return {
    ...{ vpp, loop, other },
    bridge: (fields: Fields = {}) =>
      vpp.retval('sw_interface_set_l2_bridge', { rx_sw_if_index: loop, bd_id: BRIDGE, enable: true, ...fields }),
    connect: (enable = true) =>
      vpp.retval('sw_interface_set_l2_xconnect', { rx_sw_if_index: loop, tx_sw_if_index: other, enable }),
    old: async (feature_bitmap: number, is_set: boolean) =>
      (await onLoop('l2_flags')({ feature_bitmap, is_set })).resulting_feature_bitmap,
    /** Bitmaps on input and output, or the refusal. */
    bits: async (sw_if_index = loop) => {
      const reply = await vpp.ask('l2_flags_get', { sw_if_index });
      return reply.retval === 0 ? [reply.input_feature_bitmap, reply.output_feature_bitmap] : reply.retval;
    },
    setBits: async (fields: Fields) => (await onLoop('l2_flags_set')(fields)).retval,
    flags: async (sw_if_index = loop) => {
      const reply = await vpp.ask('l2_interface_feat_flags_get', { sw_if_index });
      return reply.retval === 0 ? reply.flags : reply.retval;
    },
    setFlags: async (flags: number, is_set: boolean) =>
      (await onLoop('l2_interface_feat_flags_set')({ flags, is_set })).retval,
  };
}

it('bridged: all of them; a BVI does not learn; cross-connected: few', async () => {
  const { bridge, connect, bits, flags, old } = await begin();
  expect([await bits(), await flags(), await bits(UNKNOWN), await flags(UNKNOWN)]).toEqual([-2, -2, -2, -2]);
  expect([await bridge(), await bits(), await flags()]).toEqual([0, [BRIDGED, 1], 63]);
  expect([await connect(), await bits(), await flags()]).toEqual([0, [123, 1], -2]);
  expect([await connect(false), await bits(), await old(0, true)]).toEqual([0, -2, 1]);
  expect([await connect(), await bits(), await bridge({ port_type: 1 }), await bits()]).toEqual([
    0,
    [3, 1],
    0,
    [BVI, 1],
  ]);
  expect([await flags(), await bridge({ port_type: 1, enable: false }), await flags()]).toEqual([62, 0, -2]);
});

it('one by one: by the older request on any interface, by the others on one that is bridged', async () => {
  const { vpp, bridge, old, bits, setBits, flags, setFlags } = await begin();
  expect((await vpp.ask('l2_flags', { sw_if_index: UNKNOWN })).retval).toBe(-2);
  await bridge();
  const steps: unknown[] = [];
  for (const flag of [1, 2, 4, 8, 16, 32]) steps.push(await old(flag, false));
  expect(steps).toEqual([253, 125, 121, 89, 73, 73]);
  expect([await old(31, true), await bridge(), await bits()]).toEqual([BRIDGED, 0, [BRIDGED, 1]]);
  expect([await setFlags(63, false), await flags(), await bits()]).toEqual([0, 0, [65, 1]]);
  expect([await setFlags(33, true), await flags(), await bits()]).toEqual([0, 33, [585, 1]]);
  const some = { input_feature_bitmap: 0x80000000, output_feature_bitmap: 2 };
  expect([await setBits({ is_set: true, ...some }), await bits()]).toEqual([0, [585 + 0x80000000, 3]]);
  expect([await setBits({ is_set: false, ...some }), await bits()]).toEqual([0, [585, 1]]);
  await bridge({ enable: false });
  expect([await setBits({}), await setFlags(1, true), await old(1, true)]).toEqual([-2, -2, 513]);
  expect(await old(1, false)).toBe(1);
});

it('filter, vpath and rewriting of tags: a bit each', async () => {
  const { vpp, loop, bridge, bits } = await begin();
  await bridge();
  const filter = (enable_disable: boolean, sw_if_index = loop) =>
    vpp.retval('l2_interface_efp_filter', { sw_if_index, enable_disable });
  expect([await filter(true, UNKNOWN), await filter(true), await bits()]).toEqual([-2, 0, [BRIDGED, 65]]);
  expect([await filter(false), await bits()]).toEqual([0, [BRIDGED, 1]]);
  const vpath = (enable: boolean, sw_if_index = loop) => vpp.retval('sw_interface_set_vpath', { sw_if_index, enable });
  expect([await vpath(true, UNKNOWN), await vpath(true), await bits()]).toEqual([-2, 0, [BRIDGED + 8192, 1]]);
  expect([await vpath(false), await bits()]).toEqual([0, [BRIDGED, 1]]);
  const rewrite = (vtr_op: number) =>
    vpp.retval('l2_interface_vlan_tag_rewrite', { sw_if_index: loop, vtr_op, tag1: 5 });
  expect([await rewrite(1), await bits()]).toEqual([0, [BRIDGED + 2048, 1]]);
  expect([await rewrite(0), await bits()]).toEqual([0, [BRIDGED, 1]]);
});

it('patches: between interfaces that there are', async () => {
  const { vpp, loop, other } = await begin();
  const patch = (is_add: boolean, rx_sw_if_index = loop, tx_sw_if_index = other) =>
    vpp.retval('l2_patch_add_del', { is_add, rx_sw_if_index, tx_sw_if_index });
  expect([await patch(false), await patch(true), await patch(true), await patch(false)]).toEqual([0, 0, 0, 0]);
  expect([await patch(true, UNKNOWN), await patch(true, loop, UNKNOWN)]).toEqual([-2, -2]);
});
