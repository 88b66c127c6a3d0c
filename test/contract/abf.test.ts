/** ACL-based forwarding: the mock, or the VPP that VPP_API_SOCKET names, answers as VPP 26.06 did. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../src/mux/internal.js';
import { Contract } from '../support/contract-client.js';

const NO_INTERFACE = 0xffffffff;
const UNKNOWN = 7777;
const DROP = 2;

async function withAbf() {
  const vpp = await Contract.begin();
  const [one, two] = [await vpp.loopback(), await vpp.loopback()];
  const { acl_index } = await vpp.ask('acl_add_replace', { acl_index: NO_INTERFACE, tag: 'abf', r: [] });
  const acl = Number(acl_index);
  const via = (ip: string, sw_if_index = one, more: Fields = {}): Fields => {
    const v6 = ip.includes(':');
    return { sw_if_index, weight: 1, proto: v6 ? 1 : 0, nh: { address: v6 ? { ip6: ip } : { ip4: ip } }, ...more };
  };
  const change = (is_add: boolean, policy_id: number, paths: Fields[], index = acl) =>
    vpp.retval('abf_policy_add_del', {
      is_add,
      policy: { policy_id, acl_index: index, n_paths: paths.length, paths },
    });
  const attach = (is_add: boolean, policy_id: number, sw_if_index: number, priority = 0, is_ipv6 = false) =>
    vpp.retval('abf_itf_attach_add_del', { is_add, attach: { policy_id, sw_if_index, priority, is_ipv6 } });
  const policies = async () =>
    (await vpp.dump('abf_policy_dump'))
      .map(({ policy }) => {
        const { policy_id, acl_index: at, paths } = policy as { policy_id: number; acl_index: number; paths: Fields[] };
        return [policy_id, at, ...paths.map((path) => `${hop(path)} ${path.sw_if_index} ${path.weight} ${path.type}`)];
      })
      .sort(([a], [b]) => Number(a) - Number(b));
  const attachments = async () =>
    (await vpp.dump('abf_itf_attach_dump')).map((each) => each.attach as Fields).sort(byInterfaceAndPolicy);
  return { vpp, one, two, acl, via, change, attach, policies, attachments };
}

function byInterfaceAndPolicy(a: Fields, b: Fields): number {
  return Number(a.sw_if_index) - Number(b.sw_if_index) || Number(a.policy_id) - Number(b.policy_id);
}

function hop({ proto, nh }: Fields): unknown {
  const { address } = nh as { address: Fields };
  return proto === 1 ? address.ip6 : address.ip4;
}

describe('policies of ABF', () => {
  it('paths: added, sorted, and taken away; with the last one the policy goes', async () => {
    const { vpp, one, two, acl, via, change, policies } = await withAbf();
    expect(await vpp.ask('abf_plugin_get_version')).toMatchObject({ major: 1, minor: 0 });
    expect([await change(true, 5, [via('10.9.0.2')]), await policies()]).toEqual([
      0,
      [[5, acl, `10.9.0.2 ${one} 1 0`]],
    ]);
    expect(await change(true, 5, [via('2001:db8::3', two), via('10.9.0.1', one, { weight: 3 })])).toBe(0);
    expect(await policies()).toEqual([
      [5, acl, `10.9.0.1 ${one} 3 0`, `10.9.0.2 ${one} 1 0`, `2001:db8::3 ${two} 1 0`],
    ]);
    expect(await change(false, 5, [via('10.9.0.77')])).toBe(0);
    expect(await change(false, 5, [via('10.9.0.1')], UNKNOWN)).toBe(0);
    expect(await policies()).toEqual([[5, acl, `10.9.0.2 ${one} 1 0`, `2001:db8::3 ${two} 1 0`]]);
    expect(await change(false, 5, [via('10.9.0.2'), via('2001:db8::3', two)])).toBe(0);
    expect([await policies(), await change(false, 5, [via('10.9.0.2')])]).toEqual([[], -7]);
    expect(await vpp.retval('acl_del', { acl_index: acl })).toBe(0);
  });

  it('refused: no paths, another ACL, paths that cannot be; an ACL that is not there is taken', async () => {
    const { one, acl, via, change, policies } = await withAbf();
    expect([await change(true, 5, []), await change(false, 5, []), await change(false, 5, [via('10.9.0.2')])]).toEqual([
      -7, -7, -7,
    ]);
    expect(await change(true, 5, [via('10.9.0.2', UNKNOWN)])).toBe(-54);
    expect(await change(true, 5, [via('10.9.0.2', NO_INTERFACE, { table_id: UNKNOWN })])).toBe(-3);
    expect(await change(true, 5, [via('10.9.0.2', one, { proto: 9 })])).toBe(-1);
    expect([
      await change(true, 5, [via('10.9.0.2', NO_INTERFACE)]),
      await change(true, 5, [via('10.9.0.3')], acl + 50),
    ]).toEqual([0, -7]);
    expect(await change(true, 6, [via('0.0.0.0', one, { type: DROP })], UNKNOWN)).toBe(0);
    expect(await policies()).toEqual([
      [5, acl, `10.9.0.2 ${NO_INTERFACE} 1 0`],
      [6, UNKNOWN, `0.0.0.0 ${NO_INTERFACE} 1 2`],
    ]);
    expect(await change(false, 5, [via('10.9.0.2', NO_INTERFACE)])).toBe(0);
    expect(await change(false, 6, [via('0.0.0.0', one, { type: DROP })])).toBe(0);
    expect(await policies()).toEqual([]);
  });
});

describe('interfaces of ABF', () => {
  it('each policy once, of whatever family; its ACL is in use', async () => {
    const { vpp, one, two, acl, via, change, attach, attachments } = await withAbf();
    await change(true, 5, [via('10.9.0.2')]);
    await change(true, 6, [via('10.9.0.3')], UNKNOWN);
    expect([await attach(false, 5, one), await attach(true, 5, one, 10), await attach(true, 5, one, 20)]).toEqual([
      -6, 0, -116,
    ]);
    expect([
      await attach(true, 5, one, 1, true),
      await attach(true, 6, one, 5),
      await attach(true, 5, two, 1, true),
    ]).toEqual([-116, 0, 0]);
    expect(await attachments()).toEqual([
      { policy_id: 5, sw_if_index: one, priority: 10, is_ipv6: false },
      { policy_id: 6, sw_if_index: one, priority: 5, is_ipv6: false },
      { policy_id: 5, sw_if_index: two, priority: 1, is_ipv6: true },
    ]);
    expect(await vpp.retval('acl_del', { acl_index: acl })).toBe(-149);
    expect([
      await attach(false, 5, two, 0, true),
      await attach(false, 5, two, 0, true),
      await attach(false, UNKNOWN, one),
    ]).toEqual([0, -6, -6]);
    expect([await attach(true, 5, UNKNOWN), await attach(false, 5, UNKNOWN)]).toEqual([0, 0]);
    expect([await attach(false, 5, one), await attach(false, 6, one), await attachments()]).toEqual([0, 0, []]);
    expect(await vpp.retval('acl_del', { acl_index: acl })).toBe(0);
    expect([await change(false, 5, [via('10.9.0.2')]), await change(false, 6, [via('10.9.0.3')])]).toEqual([0, 0]);
  });

  it('a policy whose last path is gone: stays until its last interface is', async () => {
    const { vpp, one, acl, via, change, attach, policies, attachments } = await withAbf();
    await change(true, 5, [via('10.9.0.2')]);
    await attach(true, 5, one);
    expect([await change(false, 5, [via('10.9.0.2')]), await attachments()]).toMatchObject([0, [{ policy_id: 5 }]]);
    expect([await attach(false, 5, one), await policies(), await attachments()]).toEqual([0, [], []]);
    expect(await vpp.retval('acl_del', { acl_index: acl })).toBe(0);
  });

  it('of a deleted interface: kept, and there for the next of its index', async () => {
    const { vpp, two, acl, via, change, attach, attachments } = await withAbf();
    const three = Number((await vpp.ask('create_loopback')).sw_if_index);
    await change(true, 5, [via('10.9.0.2', two)]);
    await attach(true, 5, three);
    await vpp.ask('delete_loopback', { sw_if_index: three });
    expect(await attachments()).toMatchObject([{ policy_id: 5, sw_if_index: three }]);
    expect(await vpp.retval('acl_del', { acl_index: acl })).toBe(-149);
    expect([await attach(true, 5, three), await attach(false, 5, three), await attachments()]).toEqual([-116, 0, []]);
    expect(await vpp.retval('acl_del', { acl_index: acl })).toBe(0);
    expect(await change(false, 5, [via('10.9.0.2', two)])).toBe(0);
  });
});
