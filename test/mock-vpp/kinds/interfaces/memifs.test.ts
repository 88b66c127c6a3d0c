/** memifs of one socket file: who meets whom, in whatever order they come. */
import { expect, it } from 'vitest';
import { mockAndClient } from '../../../support/mock.js';

async function begin() {
  const { client } = await mockAndClient();
  const socket = (socket_id: number) =>
    client.ask('memif_socket_filename_add_del', { is_add: true, socket_id, socket_filename: '/tmp/both.sock' });
  const make = async (socket_id: number, role: number, secret = '') => {
    const { sw_if_index } = await client.ask('memif_create', { role, id: 7, socket_id, secret });
    await client.ask('sw_interface_set_flags', { sw_if_index, flags: 1 });
    return Number(sw_if_index);
  };
  const linked = async () => {
    const ends = await client.dump('memif_dump');
    return ends.filter(({ flags }) => Number(flags) & 2).map(({ sw_if_index }) => sw_if_index);
  };
  for (const id of [1, 2, 3]) await socket(id);
  return { client, make, linked };
}

it('slaves that wait: the one with the master’s secret is taken, and the next when it goes', async () => {
  const { client, make, linked } = await begin();
  const other = await make(1, 1, 'another');
  const [first, second] = [await make(2, 1, 'right'), await make(3, 1, 'right')];
  expect(await linked()).toEqual([]);
  await client.ask('memif_delete', { sw_if_index: other });
  const master = await make(1, 0, 'right');
  expect(await linked()).toEqual(expect.arrayContaining([master, first]));
  await client.ask('memif_delete', { sw_if_index: first });
  expect((await linked()).sort()).toEqual([second, master].sort());
});

it('a slave that its master leaves: meets the next one', async () => {
  const { client, make, linked } = await begin();
  const slave = await make(2, 1);
  const master = await make(1, 0);
  expect((await linked()).sort()).toEqual([master, slave].sort());
  await client.ask('memif_delete', { sw_if_index: master });
  expect(await linked()).toEqual([]);
  const next = await make(1, 0);
  expect((await linked()).sort()).toEqual([next, slave].sort());
});
