/** IPFIX: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const DEFAULT = 0xffffffff;
const EXPORTER = {
  ...{ collector_address: '192.0.2.1', collector_port: 4739, src_address: '192.0.2.9', vrf_id: 0 },
  ...{ path_mtu: 1400, template_interval: 30, udp_checksum: false },
};

it('the first exporter: changed, never deleted', async () => {
  const vpp = await Contract.begin();
  const set = (fields: Fields = {}) => vpp.retval('set_ipfix_exporter', { ...EXPORTER, ...fields });
  const list = () => vpp.dump('ipfix_exporter_dump');
  expect([await set(), await list()]).toMatchObject([0, [EXPORTER]]);
  expect([await set({ vrf_id: 77 }), await set({ src_address: '0.0.0.0' })]).toEqual([-3, -7]);
  expect([await set({ path_mtu: 67 }), await set({ path_mtu: 1451 })]).toEqual([-7, -7]);
  expect(await set({ src_address: '2001:db8::9' })).toBe(-7);
  expect(await list()).toMatchObject([EXPORTER]);
  const defaults = { path_mtu: DEFAULT, template_interval: DEFAULT, collector_port: 0xffff };
  expect([await set(defaults), await list()]).toMatchObject([
    0,
    [{ ...EXPORTER, path_mtu: 512, template_interval: 20, collector_port: 4739 }],
  ]);
  const other = { path_mtu: 68, udp_checksum: true, vrf_id: DEFAULT, collector_port: 0 };
  expect([await set(other), await list()]).toMatchObject([0, [{ ...EXPORTER, ...other }]]);
  // The collector is an IPv4 address in any case.
  expect([await set({ collector_address: '2001:db8::1' }), await list()]).toMatchObject([
    0,
    [{ ...EXPORTER, collector_address: '32.1.13.184' }],
  ]);
  expect(await set({ collector_address: '0.0.0.0', src_address: '0.0.0.0' })).toBe(0);
});

it('more exporters, by their collectors: five in all', async () => {
  const vpp = await Contract.begin();
  const change = (is_create: boolean, collector_address: string, fields: Fields = {}) =>
    vpp.retval('ipfix_exporter_create_delete', { ...EXPORTER, is_create, collector_address, ...fields });
  const collectors = async () =>
    (await vpp.dump('ipfix_all_exporter_get'))
      .flatMap(({ collector_address }) => (collector_address === undefined ? [] : [collector_address]))
      .slice(1);
  onTestFinished(async () => {
    const client = await vpp.another();
    for (const collector_address of ['192.0.2.2', '192.0.2.3', '192.0.2.4', '2001:db8::1']) {
      await client.ask('ipfix_exporter_create_delete', { ...EXPORTER, is_create: false, collector_address });
    }
  });
  expect([await change(false, '192.0.2.2'), await collectors()]).toEqual([-6, []]);
  expect([await change(true, '192.0.2.2'), await change(true, '192.0.2.2', { path_mtu: 800 })]).toEqual([0, 0]);
  expect(await change(true, '2001:db8::1', { src_address: '2001:db8::2' })).toBe(0);
  expect([await change(true, '192.0.2.3'), await change(true, '192.0.2.4')]).toEqual([0, 0]);
  expect(await collectors()).toEqual(['192.0.2.2', '2001:db8::1', '192.0.2.3', '192.0.2.4']);
  expect(await change(true, '192.0.2.5')).toBe(-7);
  expect([await change(false, '2001:db8::1'), await collectors()]).toEqual([
    0,
    ['192.0.2.2', '192.0.2.3', '192.0.2.4'],
  ]);
});

it('the stream of classified packets; VPP gives it back under the id of another message', async () => {
  const vpp = await Contract.begin();
  const set = (domain_id: number, src_port: number) => vpp.retval('set_ipfix_classify_stream', { domain_id, src_port });
  expect([await set(5, 4740), await set(0, 0), await vpp.retval('ipfix_flush')]).toEqual([0, 0, 0]);
});

// The tables come back under the id of another message. One that is not there would end VPP with its first template.
it('classify tables: none before the stream has a port, each once, and nothing of one can be changed', async () => {
  const vpp = await Contract.begin();
  const shape = {
    nbuckets: 2,
    memory_size: 100_000,
    match_n_vectors: 1,
    mask_len: 16,
    mask: new Uint8Array(16).fill(1),
  };
  const none = { table_index: DEFAULT, next_table_index: DEFAULT, miss_next_index: DEFAULT };
  const make = async () => {
    const made = await vpp.ask('classify_add_del_table', { is_add: true, ...none, ...shape });
    vpp.afterwards('classify_add_del_table', { is_add: false, ...none, table_index: made.new_table_index });
    return made.new_table_index;
  };
  const [first, second] = [await make(), await make()];
  const set = (table_id: unknown, is_add = true, fields: Fields = {}) =>
    vpp.retval('ipfix_classify_table_add_del', { table_id, transport_protocol: 17, is_add, ...fields });
  await vpp.ask('set_ipfix_classify_stream', { domain_id: 1, src_port: 0 });
  expect([await set(first), await set(first, false)]).toEqual([-1, -1]);
  await vpp.ask('set_ipfix_classify_stream', { domain_id: 1, src_port: 4739 });
  expect([await set(first), await set(first), await set(first, true, { ip_version: 1 })]).toEqual([0, -81, -81]);
  expect(await set(second, true, { ip_version: 1, transport_protocol: 255 })).toBe(0);
  expect([await set(7777, false), await set(first, false, { ip_version: 1 }), await set(first, false)]).toEqual([
    -6, 0, -6,
  ]);
  expect([await set(second, false), await set(second, false)]).toEqual([0, -6]);
});
