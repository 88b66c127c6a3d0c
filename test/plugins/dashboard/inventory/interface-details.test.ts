/** Addresses and tables: asked for where they may have changed, and of the others a few at a time. */

import { beforeEach, expect, it } from 'vitest';
import type { Channel } from '../../../../src/mux/index.js';
import { InterfaceDetails } from '../../../../src/plugins/dashboard/inventory/interface-details.js';
import type { Interface } from '../../../../src/vpp/index.js';

let now = 0;
let asked: number[] = [];
let details: InterfaceDetails;
const list = (...names: string[]) => names.map((name, swIfIndex) => ({ name, swIfIndex }) as Interface);
const channel = {
  request: async (_: string, { sw_if_index, is_ipv6 }: { sw_if_index: number; is_ipv6: boolean }) => {
    if (sw_if_index === 9) throw new Error('gone');
    if (!is_ipv6) asked.push(sw_if_index);
    return { vrf_id: sw_if_index };
  },
  dump: () => ({ toArray: async () => [], async *[Symbol.asyncIterator]() {} }),
  has: () => true,
} as unknown as Channel;
const read = async (interfaces: readonly Interface[], renewed = 2) => {
  asked = [];
  await details.read(channel, interfaces, renewed, {});
  return asked;
};

beforeEach(() => {
  now = 0;
  details = new InterfaceDetails(() => now);
});

it('what is new is asked for once', async () => {
  expect(await read(list('a', 'b', 'c'))).toEqual([0, 1, 2]);
  expect(details.of(2)).toMatchObject({ table: 2 });
  expect(details.of(0)).not.toHaveProperty('table');
  expect(await read(list('a', 'b', 'c'))).toEqual([]);
});

it('what may have changed is asked for again, and another interface under a used index', async () => {
  await read(list('a', 'b', 'c'));
  details.mayHaveChanged(1);
  expect(await read(list('a', 'b', 'd'))).toEqual([1, 2]);
  details.mayHaveChanged();
  expect(await read(list('a', 'b', 'd'))).toEqual([0, 1, 2]);
  expect(await read(list('a', 'b', 'd'))).toEqual([]);
});

it('what is old is asked for again a few at a time, the oldest first', async () => {
  await read(list('a'));
  now = 1;
  await read(list('a', 'b', 'c'));
  now = 60_001;
  expect(await read(list('a', 'b', 'c'), 2)).toEqual([0, 1]);
  expect(await read(list('a', 'b', 'c'), 2)).toEqual([2]);
  expect(await read(list('a', 'b', 'c'), 2)).toEqual([]);
});

it('one that cannot be read has no details, and does not fail the others; one that is gone is forgotten', async () => {
  const gone = { name: 'gone', swIfIndex: 9 } as Interface;
  expect(await read([...list('a', 'b'), gone])).toEqual([0, 1]);
  expect(details.of(9)).toEqual({});
  await read(list('a'));
  expect(details.of(1)).toEqual({});
});
