import { expect, it } from 'vitest';
import { loadSchema } from '../../../src/mux/index.js';
import { ownApiDir } from '../../support/mock.js';

// A script without types.
const { trialsOf } = (await import(String(new URL('../../../scripts/try-messages/trials.mjs', import.meta.url)))) as {
  trialsOf(defs: readonly object[], isWanted: (def: { name: string }) => boolean): { values: Record<string, number> }[];
};

it('what a message is tried with: defaults, and each number 0, 1 and all ones, alone and together, once each', async () => {
  const { model } = await loadSchema(ownApiDir);
  const trials = (name: string) =>
    trialsOf([...model.messages.values()], (def) => def.name === name).map(({ values }) => values);
  const ALL = 0xffffffff;
  expect(trials('ip_table_dump')).toEqual([{}]);
  expect(trials('ip_neighbor_dump').length).toBeLessThanOrEqual(7);
  expect(trials('bridge_domain_dump')).toEqual([
    {},
    { bd_id: 0, sw_if_index: 0 },
    { bd_id: 0 },
    { sw_if_index: 0 },
    { bd_id: 1, sw_if_index: 1 },
    { bd_id: 1 },
    { sw_if_index: 1 },
    { bd_id: ALL, sw_if_index: ALL },
    { bd_id: ALL },
    { sw_if_index: ALL },
  ]);
});
