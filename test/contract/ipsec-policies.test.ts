/** IPsec policies: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';
import { securityAssociations } from '../support/contract-ipsec.js';

const NONE = 0xffffffff;
const SPD = 7100;
const SA = 7200;

const Action = { BYPASS: 0, DISCARD: 1, RESOLVE: 2, PROTECT: 3 } as const;

const POLICY: Fields = {
  ...{ spd_id: SPD, priority: 10, is_outbound: true, sa_id: 0, policy: Action.BYPASS, protocol: 0 },
  ...{ remote_address_start: '10.0.0.0', remote_address_stop: '10.0.0.255' },
  ...{ local_address_start: '10.1.0.0', local_address_stop: '10.1.0.255' },
  ...{ remote_port_start: 0, remote_port_stop: 65535, local_port_start: 0, local_port_stop: 65535 },
};

const V6 = {
  ...{ remote_address_start: '2001:db8::', remote_address_stop: '2001:db8::ff' },
  ...{ local_address_start: '::', local_address_stop: '2001:db8:1::ff' },
};

async function begin() {
  const vpp = await Contract.begin();
  const database = async (id = SPD) => {
    const retval = await vpp.retval('ipsec_spd_add_del', { is_add: true, spd_id: id });
    if (retval === 0) onTestFinished(async () => void (await removeDatabase(id)));
    return retval;
  };
  const removeDatabase = async (spd_id = SPD) => {
    const client = await vpp.another();
    const { retval } = await client.ask('ipsec_spd_add_del', { is_add: false, spd_id });
    client.close();
    return Number(retval);
  };
  const change = (is_add: boolean, fields: Fields, version: string) =>
    vpp.ask(`ipsec_spd_entry_add_del${version}`, { is_add, entry: { ...POLICY, ...fields } });
  const add = (fields: Fields = {}, version = '') => change(true, fields, version);
  const remove = (fields: Fields = {}, version = '') => change(false, fields, version);
  const dump = async (fields: Fields = {}) => {
    const details = await vpp.dump('ipsec_spd_dump', { spd_id: SPD, sa_id: NONE, ...fields });
    return details.map(({ entry }) => entry as Fields);
  };
  const count = async (id = SPD) => (await vpp.dump('ipsec_spds_dump')).find(({ spd_id }) => spd_id === id)?.npolicies;
  return { vpp, sas: securityAssociations(vpp), database, removeDatabase, add, remove, dump, count };
}

it('databases: one of each id', async () => {
  const { database, removeDatabase, count } = await begin();
  expect(await database()).toBe(0);
  expect([await database(), await count()]).toEqual([-116, 0]);
  expect(await removeDatabase()).toBe(0);
  expect([await removeDatabase(), await count()]).toEqual([-6, undefined]);
});

describe('policies', () => {
  it('come back list by list, the highest priority first, then the newest', async () => {
    const { database, sas, add, remove, dump, count } = await begin();
    await database();
    await sas.ask(SA);
    const inbound = { is_outbound: false };
    const asked: Fields[] = [
      { ...inbound, policy: Action.DISCARD, priority: 50, protocol: 17 },
      { ...inbound, priority: 5 },
      { ...inbound, policy: Action.PROTECT, sa_id: SA },
      { ...V6, priority: -5, protocol: 6 },
      {},
      { protocol: 1 },
      { policy: Action.DISCARD, priority: 20 },
      { policy: Action.PROTECT, sa_id: SA, priority: 1 },
    ];
    for (const fields of asked) expect(await add(fields)).toMatchObject({ retval: 0 });
    const orders = [6, 5, 4, 7, 3, 2, 1, 0];
    const expected = orders.map((at): Fields => ({ ...POLICY, ...asked[at], protocol: asked[at]?.protocol ?? 255 }));
    // The first twelve bytes are zero: VPP takes it for IPv4.
    const shown = expected.map((each) => (each.priority === -5 ? { ...each, local_address_start: '0.0.0.0' } : each));
    expect(await dump()).toEqual(shown);
    expect(await count()).toBe(8);
    expect((await dump({ sa_id: SA })).map(({ is_outbound }) => is_outbound)).toEqual([true, false]);
    expect(await dump({ sa_id: SA + 1 })).toEqual([]);
    expect(await dump({ spd_id: SPD + 1 })).toEqual([]);
    for (const fields of asked) await remove(fields);
    expect(await dump()).toEqual([]);
  });

  it('protocol 0 is any in the first version, and itself in the second', async () => {
    const { database, add, dump } = await begin();
    await database();
    await add({ priority: 2 });
    await add({ priority: 1 }, '_v2');
    expect((await dump()).map(({ protocol }) => protocol)).toEqual([255, 0]);
  });

  it('are removed by all their fields; one that is not there is no error', async () => {
    const { database, add, remove, dump } = await begin();
    await database();
    const { stat_index } = await add();
    await add();
    expect(await remove({ priority: 11 })).toMatchObject({ retval: 0, stat_index: NONE });
    expect(await remove({ local_address_stop: '10.1.0.1' })).toMatchObject({ retval: 0 });
    expect(await dump()).toHaveLength(2);
    expect(await remove()).toMatchObject({ retval: 0, stat_index: NONE });
    await remove();
    expect(await dump()).toEqual([]);
    expect(await add({ priority: 3 })).toMatchObject({ retval: 0, stat_index });
  });

  it.each<[string, Fields, number]>([
    ['an unknown database', { spd_id: SPD + 1 }, -11],
    ['an unknown association', { policy: Action.PROTECT, sa_id: SA + 1 }, -11],
    ['resolve', { policy: Action.RESOLVE }, -9],
    ['resolve, inbound', { policy: Action.RESOLVE, is_outbound: false }, -9],
    ['an unknown action, before all else', { policy: 9, spd_id: SPD + 1 }, -9],
  ])('refusal of %s', async (_, fields, retval) => {
    const { database, add, remove, dump } = await begin();
    await database();
    for (const version of ['', '_v2']) expect(await add(fields, version)).toMatchObject({ retval, stat_index: NONE });
    if (fields.sa_id === undefined) expect(await remove(fields)).toMatchObject({ retval, stat_index: NONE });
    expect(await dump()).toEqual([]);
  });

  it('keep their association, until they go', async () => {
    const { database, sas, add, remove } = await begin();
    await database();
    await sas.ask(SA);
    await add({ policy: Action.PROTECT, sa_id: SA });
    expect(await sas.remove(SA)).toBe(0);
    expect(await sas.details(SA)).toBeDefined();
    await remove({ policy: Action.PROTECT, sa_id: SA });
    expect(await sas.details(SA)).toBeUndefined();
  });

  it('of a database that goes keep theirs for ever', async () => {
    const { database, removeDatabase, sas, add } = await begin();
    await database();
    await sas.ask(SA);
    await add({ policy: Action.PROTECT, sa_id: SA });
    await removeDatabase();
    expect(await sas.remove(SA)).toBe(0);
    expect(await sas.details(SA)).toBeDefined();
  });
});

describe('interfaces', () => {
  async function withInterface() {
    const begun = await begin();
    const { vpp, database } = begun;
    await database();
    const swIfIndex = await vpp.loopback();
    const use = (fields: Fields = {}) =>
      vpp.retval('ipsec_interface_add_del_spd', { is_add: true, sw_if_index: swIfIndex, spd_id: SPD, ...fields });
    const index = async (fields: Fields = {}) => {
      const all = await vpp.dump('ipsec_spd_interface_dump', fields);
      return all.find(({ sw_if_index }) => sw_if_index === swIfIndex)?.spd_index;
    };
    return { ...begun, swIfIndex, use, index };
  }

  it('have one database; they leave it whichever is named', async () => {
    const { database, use, index } = await withInterface();
    await database(SPD + 1);
    expect(await use()).toBe(0);
    expect([await use(), await use({ spd_id: SPD + 1 })]).toEqual([-12, -12]);
    const at = await index();
    expect(await index({ spd_index: at, spd_index_valid: 1 })).toBe(at);
    expect(await index({ spd_index: SPD, spd_index_valid: 1 })).toBeUndefined();
    expect(await use({ is_add: false, spd_id: SPD + 1 })).toBe(0);
    expect([await index(), await use({ is_add: false })]).toEqual([undefined, 0]);
  });

  it('refusals', async () => {
    const { use } = await withInterface();
    expect([await use({ sw_if_index: 7777 }), await use({ sw_if_index: NONE, spd_id: SPD + 1 })]).toEqual([-2, -2]);
    expect([await use({ spd_id: SPD + 1 }), await use({ spd_id: SPD + 1, is_add: false })]).toEqual([-11, -11]);
  });

  it('lose a database that goes', async () => {
    const { use, index, removeDatabase } = await withInterface();
    await use();
    await removeDatabase();
    expect(await index()).toBeUndefined();
  });

  it('that are deleted leave it to the next with their index', async () => {
    const { vpp, use, index, swIfIndex } = await withInterface();
    await use();
    await vpp.ask('delete_loopback', { sw_if_index: swIfIndex });
    expect(await index()).toBeDefined();
    expect(await vpp.loopback()).toBe(swIfIndex);
    expect(await use()).toBe(-12);
  });
});
