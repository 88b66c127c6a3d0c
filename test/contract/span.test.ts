/** SPAN: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import { Contract } from '../support/contract-client.js';

const NONE = 0xffffffff;
const UNKNOWN = 7777;
const [RX, TX, BOTH] = [1, 2, 3];

async function begin() {
  const vpp = await Contract.begin();
  const [first, second, third] = [await vpp.loopback(), await vpp.loopback(), await vpp.loopback()];
  const span = (from: number, to: number, state: number, is_l2 = false) =>
    vpp.retval('sw_interface_span_enable_disable', { sw_if_index_from: from, sw_if_index_to: to, state, is_l2 });
  const list = async (is_l2 = false) =>
    (await vpp.dump('sw_interface_span_dump', { is_l2 })).map(({ sw_if_index_from, sw_if_index_to, state }) => [
      sw_if_index_from,
      sw_if_index_to,
      state,
    ]);
  onTestFinished(async () => {
    const client = await vpp.another();
    for (const is_l2 of [false, true]) {
      for (const { sw_if_index_from, sw_if_index_to } of await client.dump('sw_interface_span_dump', { is_l2 })) {
        await client.ask('sw_interface_span_enable_disable', { sw_if_index_from, sw_if_index_to, is_l2 });
      }
    }
  });
  return { vpp, first, second, third, span, list };
}

it('refusals: an interface to itself, none, an unknown state', async () => {
  const { first, second, span } = await begin();
  expect([await span(first, first, RX), await span(first, first, 0)]).toEqual([-71, -71]);
  expect([await span(NONE, first, RX), await span(NONE, first, 0)]).toEqual([-71, -71]);
  expect([await span(first, NONE, RX), await span(first, NONE, 0)]).toEqual([-71, 0]);
  expect([await span(first, second, 4), await span(first, second, 0)]).toEqual([-9, 0]);
});

it('several mirrors of an interface, each with its state; those of layer 2 by themselves', async () => {
  const { first, second, third, span, list } = await begin();
  expect([await span(first, third, TX), await span(first, second, RX), await span(second, third, BOTH)]).toEqual([
    0, 0, 0,
  ]);
  expect(await list()).toEqual([
    [first, second, RX],
    [first, third, TX],
    [second, third, BOTH],
  ]);
  expect([
    await span(first, second, BOTH),
    await span(first, second, BOTH, true),
    await span(second, third, 0),
  ]).toEqual([0, 0, 0]);
  expect([await list(), await list(true)]).toEqual([
    [
      [first, second, BOTH],
      [first, third, TX],
    ],
    [[first, second, BOTH]],
  ]);
  expect([await span(first, second, 0), await list(true)]).toEqual([0, [[first, second, BOTH]]]);
});

it('an unknown interface is mirrored as well, and one that goes stays', async () => {
  const { vpp, first, span, list } = await begin();
  const { sw_if_index } = await vpp.ask('create_loopback');
  const gone = Number(sw_if_index);
  expect([await span(first, gone, RX), await span(UNKNOWN, first, TX)]).toEqual([0, 0]);
  await vpp.ask('delete_loopback', { sw_if_index });
  expect(await list()).toEqual([
    [first, gone, RX],
    [UNKNOWN, first, TX],
  ]);
});
