/** Flowprobe: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const DEFAULT = 0xffffffff;
const ALL = 0xffffffff;
const UNKNOWN = 7777;
const [IP4, IP6, L2] = [0, 1, 2];
const [RX, TX, BOTH] = [0, 1, 2];

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const params = (record_flags: number, active_timer = 15, passive_timer = 120, request = 'flowprobe_set_params') =>
    vpp.retval(request, { record_flags, active_timer, passive_timer });
  const probe = (is_add: boolean, fields: Fields = {}) =>
    vpp.retval('flowprobe_interface_add_del', { is_add, which: IP4, direction: RX, sw_if_index: loop, ...fields });
  const tx = (is_add: boolean, fields: Fields = {}) =>
    vpp.retval('flowprobe_tx_interface_add_del', { is_add, which: IP4, sw_if_index: loop, ...fields });
  const list = async (sw_if_index = ALL) =>
    (await vpp.dump('flowprobe_interface_dump', { sw_if_index })).map((details) => [
      details.sw_if_index,
      details.which,
      details.direction,
    ]);
  onTestFinished(async () => {
    const client = await vpp.another();
    await client.ask('flowprobe_params', { record_flags: 0, active_timer: DEFAULT, passive_timer: DEFAULT });
  });
  return { vpp, loop, params, probe, tx, list };
}

it('parameters: the newer request checks the timers', async () => {
  const { vpp, params } = await begin();
  const present = () => vpp.ask('flowprobe_get_params');
  expect(await present()).toMatchObject({ retval: 0, record_flags: 0, active_timer: 15, passive_timer: 120 });
  expect([await params(7, 20, 10), await params(7, 20, 0), await params(7, 0, 10)]).toEqual([-7, 0, 0]);
  expect(await params(31, 20, 10, 'flowprobe_params')).toBe(0);
  expect(await present()).toMatchObject({ record_flags: 7, active_timer: 20, passive_timer: 10 });
  expect([await params(3, DEFAULT, 10), await params(3, DEFAULT, DEFAULT)]).toEqual([-7, 0]);
  expect(await present()).toMatchObject({ record_flags: 3, active_timer: 15, passive_timer: 120 });
});

it('interfaces: once each, and not before there is a layer to record', async () => {
  const { vpp, loop, params, probe, list } = await begin();
  const other = await vpp.loopback();
  expect([await probe(true, { sw_if_index: UNKNOWN }), await probe(true)]).toEqual([-2, -100]);
  await params(3);
  expect([await probe(true, { which: 3 }), await probe(true, { direction: 3 }), await probe(false)]).toEqual([
    -7, -7, -6,
  ]);
  expect([await probe(true), await probe(true), await probe(true, { which: L2 })]).toEqual([0, -116, -116]);
  expect(await probe(true, { sw_if_index: other, which: IP6, direction: BOTH })).toBe(0);
  expect(await list()).toEqual([
    [loop, IP4, RX],
    [other, IP6, BOTH],
  ]);
  expect([await list(other), await list(UNKNOWN), await params(7)]).toEqual([[[other, IP6, BOTH]], [], -126]);
  expect([await probe(false, { which: L2 }), await probe(false, { direction: TX }), await probe(false)]).toEqual([
    -116, 0, -6,
  ]);
  expect([await list(), await params(7)]).toEqual([[[other, IP6, BOTH]], -126]);
  expect([await probe(false, { sw_if_index: other, which: IP6 }), await list()]).toEqual([0, []]);
});

it('the older request: transmitted packets, and another refusal', async () => {
  const { loop, params, tx, list } = await begin();
  expect([await tx(true, { sw_if_index: UNKNOWN }), await tx(true)]).toEqual([-2, -100]);
  await params(3);
  expect([await tx(true), await tx(true), await tx(true, { which: L2 }), await tx(false, { which: IP6 })]).toEqual([
    0, -100, -100, -100,
  ]);
  expect(await list()).toEqual([[loop, IP4, TX]]);
  expect([await tx(false), await list()]).toEqual([0, []]);
});
