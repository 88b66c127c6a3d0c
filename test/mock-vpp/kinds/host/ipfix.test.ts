/** Classify tables of IPFIX, which VPP gives back under the id of another message. */
import { expect, it } from 'vitest';
import { mockAndClient } from '../../../support/mock.js';

it('added and deleted: the dump follows; a new one takes the first place that is free', async () => {
  const { client } = await mockAndClient();
  const set = (table_id: number, is_add: boolean, fields: object = {}) =>
    client.ask('ipfix_classify_table_add_del', { table_id, ip_version: 0, transport_protocol: 17, is_add, ...fields });
  const tables = async () => (await client.dump('ipfix_classify_table_dump')).map(({ table_id }) => table_id);
  await client.ask('set_ipfix_classify_stream', { domain_id: 1, src_port: 4739 });
  await set(77, true);
  await set(78, true, { ip_version: 1, transport_protocol: 255 });
  expect((await client.dump('ipfix_classify_table_dump'))[1]).toMatchObject({ ip_version: 1, transport_protocol: 255 });
  await set(77, false);
  await set(79, true);
  expect(await tables()).toEqual([79, 78]);
});
