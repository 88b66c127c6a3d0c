/** MPLS: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const ALL = 0xffffffff;
const UNKNOWN = 7777;
const TABLE = 41;
const NO_LABELS = Array.from({ length: 16 }, () => ({}));
/** Label, end of stack, and the protocol behind it, of the entries that each table has. */
const RESERVED = ['0 0 2', '0 1 0', '1 0 2', '1 1 2', '2 0 2', '2 1 1'];

async function begin() {
  const vpp = await Contract.begin();
  const loop = await vpp.loopback();
  const table = (mt_is_add: boolean, mt_table_id: number, mt_name = '') =>
    vpp.retval('mpls_table_add_del', { mt_is_add, mt_table: { mt_table_id, mt_name } });
  onTestFinished(async () => {
    const client = await vpp.another();
    for (const mt_table_id of [0, TABLE])
      await client.ask('mpls_table_add_del', { mt_is_add: false, mt_table: { mt_table_id } });
  });
  const tables = async () =>
    (await vpp.dump('mpls_table_dump'))
      .map(({ mt_table }) => mt_table as Fields)
      .map(({ mt_table_id, mt_name }) => `${mt_table_id} ${mt_name}`);
  const enable = (sw_if_index: number, enable: boolean) =>
    vpp.retval('sw_interface_set_mpls_enable', { sw_if_index, enable });
  const enabled = async (sw_if_index = ALL) =>
    (await vpp.dump('mpls_interface_dump', { sw_if_index })).map((details) => details.sw_if_index);
  return { vpp, loop, table, tables, enable, enabled };
}

it('tables: added once, named by the first, and deleted once', async () => {
  const { table, tables } = await begin();
  expect([await tables(), await table(false, TABLE)]).toEqual([[], 0]);
  expect([await table(true, 0, 'base'), await table(true, 0, 'other'), await table(true, TABLE)]).toEqual([0, 0, 0]);
  expect(await tables()).toEqual(['0 base', `${TABLE} MPLS-VRF:${TABLE}`]);
  expect([await table(false, TABLE), await table(false, TABLE)]).toEqual([0, 0]);
  expect(await tables()).toEqual(['0 base']);
  expect([await table(false, 0), await tables()]).toEqual([0, []]);
});

it('interfaces: counted, only with table 0, which stays while one is enabled', async () => {
  const { vpp, loop, table, tables, enable, enabled } = await begin();
  const { sw_if_index } = await vpp.ask('create_vlan_subif', { sw_if_index: loop, vlan_id: 9 });
  const sub = Number(sw_if_index);
  expect([await enable(UNKNOWN, true), await enable(loop, true)]).toEqual([-2, -3]);
  await table(true, 0);
  expect([await enable(loop, true), await enable(loop, true), await enable(sub, true)]).toEqual([0, 0, 0]);
  expect([await enabled(), await enabled(sub), await enabled(UNKNOWN)]).toEqual([[loop, sub], [sub], []]);
  expect(await vpp.cli('show mpls interface')).toMatch(/^0 loop\d+\n {2}MPLS enabled\nloop\d+\.9\n {2}MPLS enabled\n/);
  expect([await enable(loop, false), await enabled(), await enable(sub, false)]).toEqual([0, [loop, sub], 0]);
  expect([await table(false, 0), await tables()]).toEqual([0, ['0 MPLS-VRF:0']]);
  expect([await enable(loop, false), await tables(), await enabled()]).toEqual([0, [], []]);
});

it('an interface that is disabled too often is enabled', async () => {
  const { loop, table, enable, enabled } = await begin();
  await table(true, 0);
  expect([await enable(loop, false), await enabled()]).toEqual([0, [loop]]);
  expect([await enable(loop, true), await enabled()]).toEqual([0, []]);
});

async function withTable() {
  const { vpp, loop, table } = await begin();
  await table(true, TABLE);
  const path = (fields: Fields = {}) => ({
    ...{ sw_if_index: loop, weight: 1, type: 0, proto: 0, n_labels: 0, label_stack: NO_LABELS },
    ...{ nh: { address: { ip4: '192.0.2.1' } }, ...fields },
  });
  const change = (is_add: boolean, route: Fields, paths: Fields[] = [path()], mr_is_multipath = false) => {
    const own = { mr_table_id: TABLE, mr_label: 100, mr_eos: 1, mr_n_paths: paths.length, mr_paths: paths };
    return vpp.ask('mpls_route_add_del', { mr_is_add: is_add, mr_is_multipath, mr_route: { ...own, ...route } });
  };
  const routes = async () =>
    (await vpp.dump('mpls_route_dump', { table: { mt_table_id: TABLE } })).map(({ mr_route }) => mr_route as Fields);
  const own = async () => (await routes()).filter(({ mr_label }) => Number(mr_label) > 2);
  return { vpp, loop, path, change, routes, own };
}

it('routes: refusals', async () => {
  const { change, path } = await withTable();
  const refused = (retval: number) => ({ retval, stats_index: ALL });
  expect(await change(true, { mr_table_id: 99 })).toMatchObject(refused(-3));
  expect(await change(false, { mr_table_id: 99 })).toMatchObject(refused(-3));
  expect(await change(true, {}, [])).toMatchObject(refused(-52));
  expect(await change(true, {}, [path({ sw_if_index: UNKNOWN })])).toMatchObject(refused(-54));
  expect(await change(true, {}, [path({ sw_if_index: ALL, table_id: 99 })])).toMatchObject(refused(-3));
  expect(await change(true, {}, [path({ proto: 7 })])).toMatchObject(refused(-1));
  expect(await change(false, {})).toMatchObject(refused(0));
});

it('routes: by label and end of stack, behind those that each table has', async () => {
  const { loop, change, routes, own, path } = await withTable();
  const names = async () =>
    (await routes()).map(({ mr_label, mr_eos, mr_eos_proto }) => `${mr_label} ${mr_eos} ${mr_eos_proto}`);
  expect(await names()).toEqual(RESERVED);
  await change(true, { mr_label: 1048575, mr_eos: 0, mr_eos_proto: 1 });
  await change(true, { mr_label: 16, mr_eos_proto: 1 }, [path({ proto: 1, nh: { address: { ip6: '2001:db8::1' } } })]);
  const label = { label: 33, ttl: 64, exp: 1, is_uniform: 0 };
  const made = await change(true, {}, [path({ n_labels: 1, label_stack: [label, ...NO_LABELS.slice(1)] })]);
  expect([made.retval, made.stats_index === ALL]).toEqual([0, false]);
  expect(await names()).toEqual([...RESERVED, '16 1 1', '100 1 0', '1048575 0 2']);
  const [, hundred] = await own();
  expect(hundred).toMatchObject({ mr_table_id: TABLE, mr_n_paths: 1, mr_is_multicast: false });
  const [only] = hundred.mr_paths as Fields[];
  expect(only).toMatchObject({ sw_if_index: loop, weight: 1, proto: 0, n_labels: 1 });
  expect([(only.nh as Fields).address, (only.label_stack as Fields[])[0]]).toMatchObject([{ ip4: '192.0.2.1' }, label]);
  await change(false, { mr_label: 16 });
  expect(await names()).toEqual([...RESERVED, '100 1 0', '1048575 0 2']);
});

it('routes: several paths, one after the other; the stats index stays', async () => {
  const { change, own, path } = await withTable();
  const second = path({ nh: { address: { ip4: '192.0.2.2' } } });
  const { stats_index } = await change(true, {});
  expect(await change(true, {}, [second], true)).toMatchObject({ retval: 0, stats_index });
  const hops = async () =>
    (await own()).map(({ mr_paths }) =>
      (mr_paths as Fields[]).map(({ nh }) => ((nh as Fields).address as Fields).ip4).join(),
    );
  expect(await hops()).toEqual(['192.0.2.1,192.0.2.2']);
  expect(await change(false, {}, [path()], true)).toMatchObject({ retval: 0, stats_index: ALL });
  expect(await hops()).toEqual(['192.0.2.2']);
  await change(false, {}, [second], true);
  expect(await hops()).toEqual([]);
});

it('routes: a path to a label gives it an entry that drops, as long as it is there', async () => {
  const { change, own, path } = await withTable();
  const [via, paths] = [{ mr_label: 105 }, [path({ sw_if_index: ALL, proto: 2, nh: { via_label: 103 } })]];
  expect(await change(true, via, paths)).toMatchObject({ retval: 0 });
  expect(await own()).toMatchObject([
    { mr_label: 103, mr_eos: 0, mr_eos_proto: 2, mr_paths: [{ type: 2, sw_if_index: ALL }] },
    { mr_label: 105, mr_eos: 1, mr_eos_proto: 0, mr_paths: [{ type: 0, proto: 2, sw_if_index: ALL }] },
  ]);
  await change(false, via, paths);
  expect(await own()).toEqual([]);
});

it('routes: the entries that each table has are stronger', async () => {
  const { change, routes } = await withTable();
  const two = async () => (await routes()).find(({ mr_label, mr_eos }) => mr_label === 2 && mr_eos === 1);
  const before = await two();
  expect([(await change(true, { mr_label: 2, mr_eos_proto: 1 })).retval, await two()]).toEqual([0, before]);
  expect([(await change(false, { mr_label: 2 })).retval, await two()]).toEqual([0, before]);
});
