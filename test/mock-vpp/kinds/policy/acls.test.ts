/** ACLs: answers and refusals of VPP 26.06. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../../src/mux/internal.js';
import { mockAndClient } from '../../../support/mock.js';
import type { RawClient } from '../../../support/raw-client.js';

const ALL = 0xffffffff;
const RULE = { is_permit: 1, src_prefix: '10.0.0.0/8', dst_prefix: '0.0.0.0/0' };

async function withLoopback(): Promise<RawClient> {
  return (await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback() })).client;
}

const put = (client: RawClient, rules: Fields[], acl_index = ALL, tag = '') =>
  client.ask('acl_add_replace', { acl_index, tag, r: rules });
const remove = async (client: RawClient, acl_index: number) => (await client.ask('acl_del', { acl_index })).retval;
const dump = (client: RawClient, acl_index = ALL) => client.dump('acl_dump', { acl_index });
const apply = async (client: RawClient, sw_if_index: number, n_input: number, acls: number[]) =>
  (await client.ask('acl_interface_set_acl_list', { sw_if_index, n_input, acls })).retval;
const applied = (client: RawClient, sw_if_index = ALL) => client.dump('acl_interface_list_dump', { sw_if_index });

describe('lists', () => {
  it('made, replaced, deleted: in the dump', async () => {
    const client = await withLoopback();
    expect(await put(client, [RULE], ALL, 'first')).toMatchObject({ retval: 0, acl_index: 0 });
    expect(await put(client, [])).toMatchObject({ retval: 0, acl_index: 1 });
    expect(await put(client, [RULE, { ...RULE, is_permit: 0 }], 0, 'other')).toMatchObject({ retval: 0, acl_index: 0 });
    expect(await dump(client)).toMatchObject([
      { acl_index: 0, tag: 'other', count: 2, r: [RULE, { ...RULE, is_permit: 0 }] },
      { acl_index: 1, tag: '', count: 0, r: [] },
    ]);
    expect([await remove(client, 0), await remove(client, 0)]).toEqual([0, -6]);
    expect(await dump(client)).toMatchObject([{ acl_index: 1 }]);
    expect([await dump(client, 0), await dump(client, 1)]).toMatchObject([[], [{ acl_index: 1 }]]);
    expect(await put(client, [RULE])).toMatchObject({ acl_index: 0 });
  });

  it.each([
    ['families that differ', { ...RULE, dst_prefix: '::/0' }, -57],
    ['source bits behind the length', { ...RULE, src_prefix: '10.0.0.1/8' }, -57],
    ['destination bits behind the length', { ...RULE, dst_prefix: '10.0.0.1/8' }, -58],
    ['a port range backwards', { ...RULE, srcport_or_icmptype_first: 9, srcport_or_icmptype_last: 5 }, -8],
    ['another port range backwards', { ...RULE, dstport_or_icmpcode_first: 5, dstport_or_icmpcode_last: 1 }, -8],
  ])('refused: %s', async (_, rule, retval) => {
    const client = await withLoopback();
    expect(await put(client, [RULE, rule])).toMatchObject({ retval, acl_index: ALL });
    expect(await dump(client)).toEqual([]);
  });

  it('replacing what is not there: -6', async () => {
    expect(await put(await withLoopback(), [RULE], 7)).toMatchObject({ retval: -6, acl_index: 7 });
  });
});

describe('on interfaces', () => {
  it('input first, then output; in use they cannot be deleted', async () => {
    const client = await withLoopback();
    for (const rules of [[RULE], []]) await put(client, rules);
    expect(await apply(client, 1, 1, [0, 1])).toBe(0);
    expect(await applied(client)).toMatchObject([
      { sw_if_index: 0, count: 0, n_input: 0, acls: [] },
      { sw_if_index: 1, count: 2, n_input: 1, acls: [0, 1] },
    ]);
    expect([await remove(client, 0), await remove(client, 1)]).toEqual([-142, -143]);
    expect([await applied(client, 1), await applied(client, 99)]).toMatchObject([[{ sw_if_index: 1 }], []]);
  });

  it('unknown interface or list: refused, and nothing changes', async () => {
    const client = await withLoopback();
    await put(client, [RULE]);
    expect([await apply(client, 99, 1, [0]), await apply(client, 1, 1, [0, 9])]).toEqual([-2, -6]);
    expect(await applied(client, 1)).toMatchObject([{ count: 0 }]);
  });

  it('an interface that is deleted: its lists are free', async () => {
    const client = await withLoopback();
    await put(client, [RULE]);
    await apply(client, 1, 1, [0]);
    await client.ask('delete_loopback', { sw_if_index: 1 });
    expect(await remove(client, 0)).toBe(0);
  });
});

it('sources of routes: names and ids of VPP 26.06', async () => {
  const sources = await (await withLoopback()).dump('fib_source_dump');
  expect(sources).toHaveLength(23);
  expect(sources[8]).toMatchObject({ src: { id: 8, priority: 128, name: 'API' } });
});
