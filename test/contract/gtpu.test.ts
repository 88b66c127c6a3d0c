/** GTP-U tunnels: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const TUNNEL: Fields = {
  ...{ is_add: true, src_address: '192.0.2.1', dst_address: '192.0.2.2', mcast_sw_if_index: ALL },
  ...{ encap_vrf_id: 0, decap_next_index: 1, teid: 13, tteid: 0 },
};
const FORWARD: Fields = { is_add: true, dst_address: '192.0.2.50', forwarding_type: 1, decap_next_index: 1 };

async function begin() {
  const vpp = await Contract.begin();
  const ask = (fields: Fields = {}) => vpp.ask('gtpu_add_del_tunnel', { ...TUNNEL, ...fields });
  const askForward = (fields: Fields = {}) => vpp.ask('gtpu_add_del_forward', { ...FORWARD, ...fields });
  const made = ({ retval, sw_if_index }: Fields, remove: () => Promise<Fields>) => {
    expect(retval).toBe(0);
    onTestFinished(async () => void (await remove()));
    return Number(sw_if_index);
  };
  /** Adds a tunnel that goes after the test; gives its sw_if_index. VPP must not refuse one by the second version. */
  const add = async (fields: Fields = {}, version = '') => {
    const reply = await vpp.ask(`gtpu_add_del_tunnel${version}`, { ...TUNNEL, ...fields });
    const { pdu_extension, qfi, ...ends } = fields;
    return made(reply, () => ask({ ...ends, is_add: false }));
  };
  const forward = async (fields: Fields = {}) =>
    made(await askForward(fields), () => askForward({ ...fields, is_add: false }));
  const dump = (swIfIndex: number, version = '_v2') =>
    vpp.dump(`gtpu_tunnel${version}_dump`, { sw_if_index: swIfIndex });
  return { vpp, ask, add, askForward, forward, dump };
}

describe('a tunnel', () => {
  it.each(['', '_v2'])('by gtpu_add_del_tunnel%s: up at once, without a MAC address and MTUs', async (version) => {
    const { vpp, add, dump } = await begin();
    const swIfIndex = await add({}, version);
    expect(await vpp.details(swIfIndex)).toMatchObject({
      ...{ interface_name: expect.stringMatching(/^gtpu_tunnel\d+$/), interface_dev_type: 'GTPU', flags: 3 },
      ...{ link_mtu: 0, mtu: [0, 0, 0, 0], l2_address: '00:00:00:00:00:00' },
    });
    const { is_add, ...shown }: Fields = { ...TUNNEL, tteid: 13, sw_if_index: swIfIndex };
    expect(await dump(swIfIndex, '')).toMatchObject([shown]);
    const more = { pdu_extension: false, qfi: 0, is_forwarding: false, forwarding_type: 0 };
    expect(await dump(swIfIndex)).toMatchObject([{ ...shown, ...more, counters: { packets_rx: 0n, bytes_tx: 0n } }]);
    expect(await dump(0)).toEqual([]);
  });

  it('with an id at the peer and a QoS flow, over IPv6, or of layer 2 by default', async () => {
    const { add, dump } = await begin();
    const flow = { teid: 14, tteid: 77, pdu_extension: true, qfi: 9, decap_next_index: 2 };
    expect(await dump(await add(flow, '_v2'))).toMatchObject([flow]);
    const v6 = { src_address: '2001:db8::1', dst_address: '2001:db8::2' };
    expect(await dump(await add({ ...v6, decap_next_index: ALL }))).toMatchObject([{ ...v6, decap_next_index: 1 }]);
  });

  it('gets another id at the peer', async () => {
    const { vpp, add, dump } = await begin();
    const swIfIndex = await add();
    const update = (fields: Fields) =>
      vpp.retval('gtpu_tunnel_update_tteid', { dst_address: '192.0.2.2', teid: 13, tteid: 99, ...fields });
    expect(await update({})).toBe(0);
    expect(await dump(swIfIndex)).toMatchObject([{ teid: 13, tteid: 99 }]);
    expect([await update({ teid: 700 }), await update({ encap_vrf_id: 99 }), await update({ tteid: 0 })]).toEqual([
      -6, -3, -7,
    ]);
  });

  it('is deleted by its peer and id; its index is for the next one', async () => {
    const { vpp, ask, add, dump } = await begin();
    const swIfIndex = await add();
    expect(await ask({ is_add: false, src_address: '192.0.2.77' })).toMatchObject({
      retval: 0,
      sw_if_index: swIfIndex,
    });
    expect(await ask({ is_add: false })).toMatchObject({ retval: -6, sw_if_index: ALL });
    expect([await dump(swIfIndex), await vpp.details(swIfIndex)]).toEqual([[], undefined]);
    expect(await vpp.loopback()).not.toBe(swIfIndex);
    expect(await add({ teid: 20 }, '_v2')).toBe(swIfIndex);
  });
});

it.each<[string, Fields, number]>([
  ['one that exists', {}, -75],
  ['one that exists, from another address', { src_address: '192.0.2.9' }, -75],
  ['the same address twice', { dst_address: '192.0.2.1' }, -82],
  ['an unknown table', { encap_vrf_id: 99 }, -3],
  ['an unknown next node', { teid: 14, decap_next_index: 4 }, -76],
  ['multicast without an interface', { dst_address: '239.1.1.1' }, -2],
])('refusals: %s', async (_, fields, retval) => {
  const { ask, add } = await begin();
  await add();
  expect(await ask(fields)).toMatchObject({ retval, sw_if_index: ALL });
});

describe('forwarding', () => {
  it.each([
    [1, '192.0.2.50', '127.0.0.127'],
    [2, '192.0.2.50', '127.0.0.128'],
    [4, '192.0.2.50', '127.0.0.129'],
    [1, '2001:db8::50', '2001:db8:ffff:ffff:ffff:ffff:ffff:fffd'],
  ])('type %i to %s: a tunnel of its own', async (forwarding_type, dst_address, far) => {
    const { forward, dump } = await begin();
    const found = { src_address: dst_address, dst_address: far, teid: 0, tteid: 0, mcast_sw_if_index: 0 };
    const swIfIndex = await forward({ forwarding_type, dst_address });
    expect(await dump(swIfIndex)).toMatchObject([{ ...found, is_forwarding: true, forwarding_type }]);
  });

  it('refusals; one of each type', async () => {
    const { askForward, forward } = await begin();
    const swIfIndex = await forward();
    const refused = async (fields: Fields) => (await askForward(fields)).retval;
    expect(await refused({ dst_address: '192.0.2.51' })).toBe(-75);
    for (const forwarding_type of [0, 3, 6, 7, 16]) expect(await refused({ forwarding_type })).toBe(-73);
    expect(await refused({ encap_vrf_id: 99 })).toBe(-3);
    const gone = await askForward({ is_add: false, dst_address: '192.0.2.51' });
    expect(gone).toMatchObject({ retval: 0, sw_if_index: swIfIndex });
    expect(await refused({ is_add: false })).toBe(-6);
  });
});

it('gtpu_get_transfer_counts: from an index on, at most so many', async () => {
  const { vpp, add } = await begin();
  const [one, two] = [await add(), await add({ teid: 14 })].sort((a, b) => a - b);
  const counts = async (sw_if_index_start: number, capacity: number) => {
    const reply = await vpp.ask('gtpu_get_transfer_counts', { sw_if_index_start, capacity });
    return [reply.retval, reply.count, (reply.tunnels as Fields[]).map(({ sw_if_index }) => sw_if_index)];
  };
  expect(await counts(one, 2)).toEqual([0, 2, [one, two]]);
  expect(await counts(two, 1)).toEqual([0, 1, [two]]);
  expect(await counts(one, 0)).toEqual([0, 0, []]);
  expect(await counts(777_777, 5)).toEqual([0, 0, []]);
});

it('gtpu_offload_rx and bypass', async () => {
  const { vpp, add } = await begin();
  const loop = await vpp.loopback();
  const v6 = await add({ src_address: '2001:db8::1', dst_address: '2001:db8::2', decap_next_index: 2 });
  const [layer2, ip] = [await add(), await add({ teid: 14, decap_next_index: 2 })];
  const offload = (hw_if_index: number, sw_if_index: number) =>
    vpp.retval('gtpu_offload_rx', { hw_if_index, sw_if_index, enable: 1 });
  expect([await offload(777_777, ip), await offload(0, 777_777), await offload(0, loop)]).toEqual([-6, -2, -10]);
  expect([await offload(0, v6), await offload(0, layer2), await offload(0, ip)]).toEqual([-97, -97, -1]);
  const set = (fields: Fields) => vpp.retval('sw_interface_set_gtpu_bypass', { sw_if_index: loop, ...fields });
  for (const enable of [true, true, false, false]) expect(await set({ enable })).toBe(0);
  expect(await set({ sw_if_index: 777_777, enable: true })).toBe(-2);
});

it('the CLI lists tunnels', async () => {
  const { vpp, add, forward } = await begin();
  await add({ pdu_extension: true, qfi: 9 }, '_v2');
  await forward();
  const shown = await vpp.cli('show gtpu tunnel');
  const at = 'encap-vrf-id 0 sw-if-idx \\d+ encap-dpo-idx \\d+ decap-next-l2';
  expect(shown).toMatch(
    new RegExp(`src 192\\.0\\.2\\.1 dst 192\\.0\\.2\\.2 teid 13 tteid 13 ${at} pdu-enabled qfi 9 \\n`),
  );
  expect(shown).toMatch(
    new RegExp(`src 192\\.0\\.2\\.50 dst 127\\.0\\.0\\.127 teid 0 tteid 0 ${at} forwarding bad-header \\n`),
  );
});
