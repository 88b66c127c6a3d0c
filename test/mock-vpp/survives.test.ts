/** Requests that VPP 26.06 dies of, or answers with its own memory: the mock goes on. */
import { expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { mockAndClient } from '../support/mock.js';

const NONE = 0xffffffff;

async function withLoopback() {
  const warnings: string[] = [];
  const { client } = await mockAndClient({
    setup: (dataplane) => void dataplane.addLoopback(),
    log: (level, text) => void (level === 'warn' && warnings.push(text)),
  });
  const retval = async (name: string, fields: Fields) => (await client.ask(name, fields)).retval;
  return { client, retval, warnings };
}

it('ABF: an unknown policy is refused, a path that is known takes all away, the other family detaches', async () => {
  const { client, retval } = await withLoopback();
  const attach = (is_add: boolean, is_ipv6 = false) =>
    retval('abf_itf_attach_add_del', { is_add, attach: { policy_id: 5, sw_if_index: 1, priority: 0, is_ipv6 } });
  const path = { sw_if_index: 1, weight: 1, proto: 0, nh: { address: { ip4: '10.9.0.2' } } };
  const change = (is_add: boolean) =>
    retval('abf_policy_add_del', { is_add, policy: { policy_id: 5, acl_index: 0, n_paths: 1, paths: [path] } });
  const policies = () => client.dump('abf_policy_dump');
  expect([await attach(true), await change(true), await change(true)]).toEqual([-6, 0, 0]);
  expect(await policies()).toMatchObject([{ policy: { n_paths: 0 } }]);
  expect([await attach(true), await change(false), await change(false), await policies()]).toMatchObject([
    0,
    0,
    0,
    [{ policy: { policy_id: 5, n_paths: 0 } }],
  ]);
  expect([await change(true), await policies()]).toMatchObject([0, [{ policy: { n_paths: 1 } }]]);
  expect([await attach(false, true), await change(false), await policies()]).toEqual([0, 0, []]);
});

it('classify tables: a chain that is a ring is deleted; the table of one interface is listed', async () => {
  const { client, retval, warnings } = await withLoopback();
  const table = (more: Fields) =>
    retval('classify_add_del_table', {
      is_add: true,
      table_index: NONE,
      nbuckets: 2,
      memory_size: 4096,
      match_n_vectors: 1,
      next_table_index: NONE,
      mask: Buffer.alloc(16, 0xff),
      ...more,
    });
  expect([await table({}), await table({ table_index: 0, next_table_index: 0 })]).toEqual([0, 0]);
  const tables = { ip4_table_index: 0, ip6_table_index: NONE, l2_table_index: NONE };
  expect(await retval('policer_classify_set_interface', { sw_if_index: 1, ...tables, is_add: true })).toBe(0);
  const list = (type: number, sw_if_index: number) => client.dump('policer_classify_dump', { type, sw_if_index });
  expect([await list(0, 1), await list(1, 1), await list(0, NONE), await list(9, 1)]).toMatchObject([
    [{ sw_if_index: 1, table_index: 0 }],
    [],
    [],
    [],
  ]);
  expect([await table({ is_add: false, table_index: 0, del_chain: true }), await table({})]).toEqual([0, 0]);
  expect(warnings).toEqual([
    expect.stringMatching(/^VPP deletes the chain without an end, and dies: .*; the mock goes on$/),
  ]);
});

it('policers and marks: off before they were ever on, or on no interface', async () => {
  const { client, retval, warnings } = await withLoopback();
  const infos = { cir: 1000, cb: 125_000n, conform_action: { type: 1 } };
  expect(await client.ask('policer_add', { name: 'one', infos })).toMatchObject({ retval: 0, policer_index: 0 });
  expect(await retval('policer_input', { name: 'one', sw_if_index: 1, apply: false })).toBe(0);
  expect(await retval('policer_output_v2', { policer_index: 0, sw_if_index: 1, apply: false })).toBe(0);
  expect(warnings).toHaveLength(2);
  const mark = { sw_if_index: NONE, map_id: 1, output_source: 3 };
  expect(await retval('qos_mark_enable_disable', { enable: true, mark })).toBe(-2);
});

it('texts and numbers that no message could give back: are cut, and answered', async () => {
  const { client, retval, warnings } = await withLoopback();
  const socket_filename = 'é'.repeat(53);
  expect(await retval('memif_socket_filename_add_del', { is_add: true, socket_id: 7, socket_filename })).toBe(0);
  const filenames = (await client.dump('memif_socket_filename_dump')).map((each) => each.socket_filename);
  expect(filenames).toContain(`/run/vpp/${'é'.repeat(49)}`);
  const zero = client.body('memif_socket_filename_add_del_v2', {
    is_add: true,
    socket_id: 8,
    socket_filename: '/oneX/two',
  });
  zero.body[zero.body.indexOf('X')] = 0;
  client.sendBody(zero.body);
  await client.message();
  expect(await client.dump('memif_socket_filename_dump')).toContainEqual(
    expect.objectContaining({ socket_id: 8, socket_filename: '/one' }),
  );
  const { body } = client.body('cli_inband', { cmd: 'nosuchXword' });
  body[body.indexOf('X')] = 0;
  client.sendBody(body);
  expect((await client.message()).fields).toMatchObject({ retval: -1, reply: "unknown input `nosuch'\n" });
  const { sw_if_index } = await client.ask('tap_create_v3', { id: 5, tag: 't'.repeat(100) });
  expect(await client.dump('sw_interface_dump', { sw_if_index })).toMatchObject([{ tag: 't'.repeat(63) }]);
  await retval('ikev2_plugin_set_sleep_interval', { timeout: 3 });
  const set = client.body('ikev2_plugin_set_sleep_interval', { timeout: 4 });
  set.body.writeDoubleBE(Number.NaN, set.body.length - 8);
  client.sendBody(set.body);
  await client.message();
  expect(await client.ask('ikev2_get_sleep_interval')).toMatchObject({ retval: 0 });
  expect(warnings).toEqual([]);
});
