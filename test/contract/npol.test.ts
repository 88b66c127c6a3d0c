/** Network policies: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const UNKNOWN = 7777;
const NO_FILTER = { value: 0, type: 0, should_match: 0 };
const match = (type: number, data: Fields, is_src = false, is_not = false) => ({ is_src, is_not, type, data });

/** All that it makes goes after the test. */
async function begin() {
  const vpp = await Contract.begin();
  const made: { name: string; fields: Fields }[] = [];
  onTestFinished(async () => {
    const client = await vpp.another();
    for (const { name, fields } of made) await client.ask(name, fields);
  });
  const create = async (what: string, id: string, fields: Fields) => {
    const { retval, [id]: index } = await vpp.ask(`npol_${what}_create`, fields);
    if (retval !== 0) return Number(retval);
    made.push({ name: `npol_${what}_delete`, fields: { [id]: index } });
    return Number(index);
  };
  const rule = (matches: Fields[], action = 0, filter: Fields = NO_FILTER) => ({
    ...{ action, filters: [filter, NO_FILTER, NO_FILTER], num_entries: matches.length, matches },
  });
  return {
    ...{ vpp, rule },
    loop: await vpp.loopback(),
    ipSet: (type: number) => create('ipset', 'set_id', { type }),
    members: (set_id: number, values: Fields[], is_add = true) =>
      vpp.retval('npol_ipset_add_del_members', { set_id, is_add, members: values.map((val) => ({ val })) }),
    newRule: (matches: Fields[] = [], action = 0, filter: Fields = NO_FILTER) =>
      create('rule', 'rule_id', { rule: rule(matches, action, filter) }),
    policy: (rules: Fields[] = []) => create('policy', 'policy_id', { rules }),
  };
}

it('npol_get_version: 0.0', async () => {
  const { vpp } = await begin();
  expect(await vpp.ask('npol_get_version')).toMatchObject({ major: 0, minor: 0 });
});

describe('sets of addresses', () => {
  it('members by the set’s type, any number of times', async () => {
    const { vpp, ipSet, members } = await begin();
    const [address, tuple, net, odd] = [await ipSet(0), await ipSet(1), await ipSet(2), await ipSet(9)];
    expect([tuple, net, odd].map((id) => id - address)).toEqual([1, 2, 3]);
    const [one, two] = [{ address: '10.0.0.1' }, { address: '2001:db8::1' }];
    expect([await members(address, [one, two]), await members(address, [one])]).toEqual([0, 0]);
    expect(await members(tuple, [{ tuple: { address: '10.0.0.1', l4_proto: 6, port: 80 } }])).toBe(0);
    expect(await members(net, [{ prefix: '10.0.0.0/8' }, { prefix: '2001:db8::/32' }])).toBe(0);
    const lines = async () => {
      const text = await vpp.cli('show npol ipsets');
      return [address, tuple, net].map((id) => text.split('\n').find((line) => line.includes(`ipset#${id};`)));
    };
    expect(await lines()).toEqual([
      expect.stringContaining(`[ipset#${address};ip;10.0.0.1,2001:db8::1,10.0.0.1,]`),
      `[ipset#${tuple};ip+port;TCP 10.0.0.1;80,]`,
      `[ipset#${net};prefix;10.0.0.0/8,2001:db8::/32,]`,
    ]);
    expect([await members(address, [one], false), await members(address, [one], false)]).toEqual([0, 0]);
    expect((await lines())[0]).toContain(`[ipset#${address};ip;2001:db8::1,]`);
  });

  it('refuses one that there is not; the number freed last is the next', async () => {
    const { vpp, ipSet, members } = await begin();
    const id = await ipSet(2);
    expect([await members(UNKNOWN, []), await members(UNKNOWN, [{ address: '10.0.0.1' }])]).toEqual([-6, -6]);
    const remove = () => vpp.retval('npol_ipset_delete', { set_id: id });
    expect([await remove(), await remove(), await ipSet(0)]).toEqual([0, -6, id]);
  });
});

it('rules: only the types of matches are checked', async () => {
  const { vpp, rule, newRule } = await begin();
  const matches = [
    match(0, { cidr: '10.0.0.0/8' }),
    match(1, { port_range: { start: 1, end: 2 } }, true, true),
    match(2, { set_id: { set_id: UNKNOWN } }, true),
    match(3, { set_id: { set_id: UNKNOWN } }, false, true),
  ];
  const id = await newRule(matches, 1, { value: 6, type: 3, should_match: 1 });
  expect(await newRule([], 9, { value: 1, type: 9, should_match: 1 })).toBe(id + 1);
  expect(await newRule([match(9, { set_id: { set_id: 1 } })])).toBe(-1);
  const update = (rule_id: number) => vpp.retval('npol_rule_update', { rule_id, rule: rule([], 2) });
  const remove = (rule_id: number) => vpp.retval('npol_rule_delete', { rule_id });
  // An unknown one is made.
  expect([await update(id), await update(UNKNOWN), await newRule(), await remove(id + 2)]).toEqual([0, 0, id + 3, 0]);
  expect([await remove(UNKNOWN), await remove(id), await remove(id), await newRule()]).toEqual([-6, 0, -6, id]);
});

describe('policies', () => {
  it('of rules that nobody looks at', async () => {
    const { vpp, policy } = await begin();
    const id = await policy([
      { is_inbound: true, rule_id: UNKNOWN },
      { is_inbound: false, rule_id: 0 },
    ]);
    const line = async () => (await vpp.cli('show npol policies')).split(`[policy#${id}] `)[1]?.split('\n')[0];
    expect(await line()).toBe('rx-rules:1 tx-rules:1');
    const update = (policy_id: number) => vpp.retval('npol_policy_update', { policy_id, rules: [] });
    const remove = (policy_id: number) => vpp.retval('npol_policy_delete', { policy_id });
    expect([await update(id), await line()]).toEqual([0, 'rx-rules:0 tx-rules:0']);
    expect([await update(UNKNOWN), await policy(), await remove(id + 1)]).toEqual([0, id + 2, 0]);
    expect([await remove(UNKNOWN), await remove(id), await remove(id), await policy()]).toEqual([-6, 0, -6, id]);
  });

  it('of an interface: all have to be there', async () => {
    const { vpp, loop, policy } = await begin();
    const [one, two] = [await policy(), await policy()];
    const configure = (policy_ids: number[], fields: Fields = {}) =>
      vpp.retval('npol_configure_policies', {
        ...{ sw_if_index: loop, num_rx_policies: policy_ids.length, total_ids: policy_ids.length, policy_ids },
        ...fields,
      });
    expect([await configure([], { sw_if_index: UNKNOWN }), await configure([]), await configure([one, two])]).toEqual([
      ...[-2, 0, 0],
    ]);
    expect([
      await configure([one, UNKNOWN]),
      await configure([one], { invert_rx_tx: 1, policy_default_rx: 9 }),
    ]).toEqual([...[1, 0]]);
    expect(await configure([one, two], { num_rx_policies: 1, num_tx_policies: 1 })).toBe(0);
    expect(await vpp.retval('npol_policy_delete', { policy_id: one })).toBe(0);
    expect([await configure([one]), await configure([two, two], { num_rx_policies: 0 })]).toEqual([1, 0]);
  });
});
