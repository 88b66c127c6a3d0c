/** MPLS tunnels: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const UNKNOWN = 7777;

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const label_stack = Array.from({ length: 16 }, (_, at) => (at === 0 ? { label: 33, ttl: 64 } : {}));
  const path = (ip4 = '192.0.2.1', fields: Fields = {}) => ({
    ...{ sw_if_index: loop, weight: 1, n_labels: 1, label_stack, nh: { address: { ip4 } }, ...fields },
  });
  const change = (mt_is_add: boolean, mt_sw_if_index: unknown, mt_paths: Fields[] = [path()], fields: Fields = {}) =>
    vpp.ask('mpls_tunnel_add_del', {
      mt_is_add,
      mt_tunnel: { mt_sw_if_index, mt_n_paths: mt_paths.length, mt_paths, ...fields },
    });
  const list = async (sw_if_index: unknown = NONE) =>
    (await vpp.dump('mpls_tunnel_dump', { sw_if_index })).map(({ mt_tunnel }) => mt_tunnel as Fields);
  return { vpp, loop, path, change, list };
}

it('refusals; VPP says nothing of a tunnel that it does not know', async () => {
  const { loop, path, change, list } = await begin();
  const refused = (retval: number) => ({ retval, sw_if_index: NONE, tunnel_index: NONE });
  expect(await change(true, NONE, [path('192.0.2.1', { sw_if_index: UNKNOWN })])).toMatchObject(refused(-54));
  expect(await change(true, NONE, [path('192.0.2.1', { proto: 7 })])).toMatchObject(refused(-1));
  for (const is_add of [true, false]) {
    for (const at of [UNKNOWN, loop]) {
      expect(await change(is_add, at)).toMatchObject({ retval: 0, sw_if_index: at, tunnel_index: NONE });
    }
  }
  expect(await list()).toEqual([]);
});

it('a tunnel: an interface, whose link follows its state, and which goes with its last path', async () => {
  const { vpp, loop, path, change, list } = await begin();
  const made = await change(true, NONE, [path()], { mt_tag: 'blue', mt_l2_only: true });
  const { sw_if_index, tunnel_index } = made;
  expect(made).toMatchObject({ retval: 0, tunnel_index: 0 });
  expect(await vpp.details(Number(sw_if_index))).toMatchObject({
    ...{ interface_name: 'mpls-tunnel0', interface_dev_type: 'MPLS tunnel device', flags: 0 },
    ...{ link_mtu: 0, mtu: [9000, 0, 0, 0], l2_address: '00:00:00:00:00:00' },
  });
  await vpp.ask('sw_interface_set_flags', { sw_if_index, flags: 1 });
  expect(await vpp.details(Number(sw_if_index))).toMatchObject({ flags: 3 });
  const tunnel = { mt_sw_if_index: sw_if_index, mt_tunnel_index: 0, mt_l2_only: true, mt_tag: 'blue' };
  const labelled = { sw_if_index: loop, proto: 0, n_labels: 1 };
  expect(await list(sw_if_index)).toMatchObject([{ ...tunnel, mt_n_paths: 1, mt_paths: [labelled] }]);
  expect(await change(true, sw_if_index, [path('192.0.2.2')])).toMatchObject({ retval: 0, sw_if_index, tunnel_index });
  expect([await list(), await list(loop)]).toMatchObject([[{ ...tunnel, mt_paths: [labelled, labelled] }], []]);
  await change(false, sw_if_index, []);
  await change(false, sw_if_index);
  const [{ mt_paths }] = await list();
  expect(mt_paths).toMatchObject([{ nh: { address: { ip4: '192.0.2.2' } } }]);
  expect(await change(false, sw_if_index, [path('192.0.2.2')])).toMatchObject({ retval: 0, tunnel_index });
  expect([await list(), await vpp.details(Number(sw_if_index))]).toEqual([[], undefined]);
  expect(await change(true, NONE)).toMatchObject({ sw_if_index, tunnel_index });
  await change(false, sw_if_index);
});
