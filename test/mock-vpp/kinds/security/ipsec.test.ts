/** IPsec, where VPP cannot be asked without leaving something behind, or without its end. */
import { expect, it } from 'vitest';
import type { Fields } from '../../../../src/mux/internal.js';
import { keyOf, SA, TUNNEL } from '../../../support/contract-ipsec.js';
import { mockAndClient } from '../../../support/mock.js';

const ALL = 0xffffffff;

it('an IPsec interface without the ends of a tunnel: refused, and yet dumped with all others from then on', async () => {
  const { client } = await mockAndClient();
  const { sw_if_index } = await client.ask('ipsec_itf_create', { itf: { user_instance: ALL } });
  for (const sad_id of [1, 2]) await client.ask('ipsec_sad_entry_add', { entry: { ...SA, tunnel: TUNNEL, sad_id } });
  const tunnel = { sw_if_index, nh: '0.0.0.0', sa_out: 1, n_sa_in: 1, sa_in: [2] };
  expect(await client.ask('ipsec_tunnel_protect_update', { tunnel })).toMatchObject({ retval: -58 });
  const dump = (at: unknown) => client.dump('ipsec_tunnel_protect_dump', { sw_if_index: at });
  expect([await dump(sw_if_index), await dump(ALL)]).toMatchObject([[], [{ tun: tunnel }]]);
  await client.ask('ipsec_itf_delete', { sw_if_index });
  expect(await dump(ALL)).toMatchObject([{ tun: tunnel }]);
});

it('an outbound tunnel of the second version in an unknown table: refused, where VPP would abort', async () => {
  const { client } = await mockAndClient();
  const entry = { ...SA, sad_id: 1, flags: 4, tunnel_src: '192.0.2.1', tunnel_dst: '192.0.2.2', tx_table_id: 99 };
  const refused = { retval: -3, stat_index: ALL };
  expect(await client.ask('ipsec_sad_entry_add_del_v2', { is_add: true, entry })).toMatchObject(refused);
  expect(await client.dump('ipsec_sa_v5_dump')).toEqual([]);
});

it('a key: bytes behind its length do not count', async () => {
  const { client } = await mockAndClient();
  const crypto_key = { length: 16, data: Buffer.alloc(128, 7) };
  await client.ask('ipsec_sad_entry_add', { entry: { ...SA, sad_id: 1, crypto_key, tunnel: TUNNEL } });
  const [details] = await client.dump('ipsec_sa_v3_dump');
  expect((details.entry as Fields).crypto_key).toEqual(keyOf(16));
});
