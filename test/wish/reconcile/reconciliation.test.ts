import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { builtInKinds, defineKind, type Kind, planOf } from '../../../src/wish/index.js';
import { channelToMock, compare, due, fulfil } from './support.js';

const TWO = `
loopbacks:
  loop0: { addresses: [ 192.0.2.1/24, 2001:db8::1/64 ] }
  loop1: {}
`;

describe('a wish', () => {
  it('carried out: VPP has what it asks for, and nothing is left to do', async () => {
    const { mock, channel } = await channelToMock();
    await fulfil(channel, TWO);
    expect(mock.dataplane.hasInterface(2)).toBe(true);
  });

  it('planned: the messages, with names for what is not there yet', async () => {
    const { channel } = await channelToMock();
    const { changes } = planOf(await compare(channel, 'loopbacks:\n  loop3: { addresses: [ 192.0.2.1/24 ] }\n'));
    expect(changes.map(({ action, key }) => `${action} ${key}`)).toEqual([
      'create loopback/loop3',
      'create mtu/loop3',
      'create address/loop3 192.0.2.1/24',
      'create admin-state/loop3',
    ]);
    expect(changes[2].messages).toEqual([
      {
        name: 'sw_interface_add_del_address',
        fields: { sw_if_index: '<loop3>', prefix: '192.0.2.1/24', is_add: true },
        stopsWorkers: true,
      },
    ]);
  });

  it('that asks for less: what hangs on an interface goes before it, and what is not owned keeps it', async () => {
    const { channel } = await channelToMock();
    await fulfil(channel, TWO);
    const less = 'loopbacks:\n  loop1: {}\n';
    expect(await due(channel, less)).toEqual([
      'delete address/loop0 192.0.2.1/24',
      'delete address/loop0 2001:db8::1/64',
      'delete loopback/loop0',
    ]);
    const owns = ({ key }: { key: string }) => key !== 'address/loop0 192.0.2.1/24';
    const { pending } = planOf(await compare(channel, less, { owns }));
    expect(pending).toEqual([
      { key: 'loopback/loop0', reason: 'address/loop0 192.0.2.1/24 stands on it, and is not in the hands of the wish' },
    ]);
    await fulfil(channel, less);
  });

  it('about an interface that is not there: pending, with the reason; the rest is done', async () => {
    const { channel } = await channelToMock();
    const { changes, pending } = planOf(
      await compare(channel, 'interfaces:\n  GigabitEthernet3/0/0: { device-type: dpdk }\nloopbacks:\n  loop0: {}\n'),
    );
    expect(changes).toHaveLength(3);
    expect(pending).toContainEqual({
      key: 'admin-state/GigabitEthernet3/0/0',
      reason: 'needs interface/GigabitEthernet3/0/0, which is not there',
    });
  });

  it('that changes an object into one that needs what is not there: pending, and the object stays', async () => {
    const { channel } = await channelToMock();
    const kinds: Kind[] = [...builtInKinds, describing];
    await fulfil(channel, 'loopbacks:\n  loop0: {}\n---\ntags: { loop0: a }\n', { kinds });
    const other = 'loopbacks:\n  loop0: {}\n---\ntags: { loop0: loop9 }\n';
    const { changes, pending } = planOf(await compare(channel, other, { kinds }));
    expect(changes).toEqual([]);
    expect(pending).toEqual([{ key: 'tag/loop0', reason: 'needs interface/loop9, which is not there' }]);
  });
});

/** A kind whose value names an interface. */
const describing = defineKind<string>({
  name: 'tag',
  ownership: 'all',
  messages: ['sw_interface_tag_add_del'],
  section: { key: 'tags', schema: z.record(z.string(), z.string()) },
  *wanted({ extra }) {
    for (const [name, value] of Object.entries(extra.tags ?? {}))
      yield { name, value, path: ['x-vppmux', 'tags', name] };
  },
  read: async (vpp) =>
    [...vpp.interfaces.values()]
      .filter(({ tag }) => tag !== '')
      .map(({ interface_name: name, tag }) => ({ name, value: tag })),
  needs: ({ name, value }) => [`interface/${name}`, ...(value.startsWith('loop') ? [`interface/${value}`] : [])],
  create: ({ name, value }, refs) => [
    { name: 'sw_interface_tag_add_del', fields: { is_add: true, sw_if_index: refs.interface(name), tag: value } },
  ],
  change: (_found, { name, value }, refs) => [
    { name: 'sw_interface_tag_add_del', fields: { is_add: true, sw_if_index: refs.interface(name), tag: value } },
  ],
});
