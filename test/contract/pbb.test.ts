/** PBB tags: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import { Contract } from '../support/contract-client.js';

const NOWHERE = '00:00:00:00:00:00';

it('pushed, popped and left alone: what was pushed is in the details, with its bytes turned', async () => {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  await vpp.ask('bridge_domain_add_del', { bd_id: 4090, is_add: true, learn: true, forward: true });
  await vpp.ask('sw_interface_set_l2_bridge', { rx_sw_if_index: loop, bd_id: 4090, enable: true });
  const tags = { b_dmac: '02:00:00:00:00:01', b_smac: '02:00:00:00:00:02', b_vlanid: 0x1003, i_sid: 0x700009 };
  const set = (vtr_op: number, sw_if_index = loop) =>
    vpp.retval('l2_interface_pbb_tag_rewrite', { sw_if_index, vtr_op, outer_tag: 5, ...tags });
  const shown = async () => {
    const { b_dmac, b_smac, b_vlanid, i_sid, outer_tag, vtr_op } = (await vpp.details(loop)) ?? {};
    return [b_dmac, b_smac, b_vlanid, i_sid, outer_tag, vtr_op];
  };
  const none = [NOWHERE, NOWHERE, 0, 0, 0, 0];
  const pushed = [tags.b_dmac, tags.b_smac, 0x0300, 0x09000000, 0, 0];
  expect([await set(2, 7777), await set(1, 7777), await set(1), await set(3), await set(5), await set(8)]).toEqual([
    ...[-2, -2],
    ...[-7, -7, -7, -7],
  ]);
  expect([await shown(), await set(2), await shown()]).toEqual([none, 0, pushed]);
  expect([await set(4), await shown(), await set(0), await shown()]).toEqual([0, pushed, 0, none]);
  expect([await set(7), await shown()]).toEqual([0, none]);
  await set(0);
  await vpp.ask('sw_interface_set_l2_bridge', { rx_sw_if_index: loop, bd_id: 4090, enable: false });
  await vpp.ask('bridge_domain_add_del', { bd_id: 4090, is_add: false });
});
