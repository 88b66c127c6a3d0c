/** Pipes: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

async function begin() {
  const vpp = await Contract.begin();
  const ask = (fields: Fields = {}) => vpp.ask('pipe_create', { is_specified: false, user_instance: 0, ...fields });
  const remove = (swIfIndex: number) => vpp.retval('pipe_delete', { sw_if_index: swIfIndex });
  /** Makes a pipe that goes after the test. VPP must not be asked to delete what is none. */
  const create = async (fields: Fields = {}) => {
    const { retval, sw_if_index, pipe_sw_if_index } = await ask(fields);
    expect(retval).toBe(0);
    onTestFinished(async () => void (await remove(Number(sw_if_index))));
    return { parent: Number(sw_if_index), ends: pipe_sw_if_index as number[] };
  };
  const setFlags = (swIfIndex: number, flags: number) =>
    vpp.retval('sw_interface_set_flags', { sw_if_index: swIfIndex, flags });
  const flags = async (...indices: number[]) => {
    const all = await vpp.dump('sw_interface_dump', { sw_if_index: 0xffffffff });
    return indices.map((index) => all.find(({ sw_if_index }) => sw_if_index === index)?.flags);
  };
  return { vpp, ask, remove, create, setFlags, flags };
}

it('a pipe is an Ethernet interface with two ends on it', async () => {
  const { vpp, create } = await begin();
  const { parent, ends } = await create({ is_specified: true, user_instance: 300 });
  expect(await vpp.details(parent)).toMatchObject({
    ...{ interface_name: 'pipe300', interface_dev_type: 'Pipe', type: 0, l2_address: '00:00:00:00:00:2c', flags: 0 },
    ...{ link_mtu: 9000, mtu: [9000, 0, 0, 0] },
  });
  for (const [id, end] of ends.entries()) {
    expect(await vpp.details(end)).toMatchObject({
      ...{ interface_name: `pipe300.${id}`, type: 3, sup_sw_if_index: parent, sub_id: id, sub_if_flags: 0 },
      ...{ link_mtu: 9000, mtu: [0, 0, 0, 0], l2_address: '00:00:00:00:00:00' },
    });
  }
  expect(await vpp.dump('pipe_dump')).toContainEqual(
    expect.objectContaining({ sw_if_index: parent, pipe_sw_if_index: ends, instance: 300 }),
  );
});

it('the ends go up and down with the pipe, and alone', async () => {
  const { create, setFlags, flags } = await begin();
  const { parent, ends } = await create();
  expect(await setFlags(ends[0], 1)).toBe(0);
  expect(await flags(parent, ...ends)).toEqual([0, 1, 0]);
  expect(await setFlags(parent, 1)).toBe(0);
  expect(await flags(parent, ...ends)).toEqual([3, 3, 3]);
  expect(await setFlags(parent, 0)).toBe(0);
  expect(await flags(parent, ...ends)).toEqual([0, 0, 0]);
});

it('an instance in use or too large is refused', async () => {
  const { ask, create } = await begin();
  await create({ is_specified: true, user_instance: 300 });
  for (const user_instance of [300, 16_384]) {
    expect(await ask({ is_specified: true, user_instance })).toMatchObject({ retval: -31 });
  }
});

it('deletion takes the ends with it', async () => {
  const { vpp, remove, create } = await begin();
  const made = await vpp.ask('pipe_create', {});
  const [parent, ends] = [Number(made.sw_if_index), made.pipe_sw_if_index as number[]];
  expect(await vpp.retval('delete_loopback', { sw_if_index: parent })).toBe(-2);
  expect([await remove(parent), await remove(parent), await remove(777_777)]).toEqual([0, -2, -2]);
  for (const index of [parent, ...ends]) expect(await vpp.details(index)).toBeUndefined();
  expect((await create()).parent).toBe(parent);
});
