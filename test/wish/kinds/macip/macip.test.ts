/** MAC/IP ACLs and their interfaces; on the VPP of VPP_API_SOCKET as well. */

import { describe, expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, due, fulfil } from '../../reconcile/support.js';
import { channelToVpp } from '../world.js';

const LISTS = `
    hosts:
      terms:
        - { action: permit, mac: 02-FE-00-00-00-09, source: 192.0.2.9 }
        - { action: permit, mac: 02fe00000109, mac-mask: ff:ff:ff:ff:00:00, source: trusted }
        - { action: deny, family: ipv6 }
    open: { terms: [ { action: permit } ] }
`;
const wish = (applied: string, lists = LISTS) => `
loopbacks: { loop0: {}, loop1: {} }
prefixlists:
  trusted: { members: [ 198.51.100.7/24, 2001:db8::/32 ] }
x-vppmux:
  macip-acls: ${lists}
  interface-macip-acls: ${applied}
`;

describe('MAC/IP ACLs', () => {
  it('made of terms, and applied by their names', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, wish('{ loop0: hosts, loop1: open }'));
    const lists = await channel.dump('macip_acl_dump', { acl_index: 0xffffffff }).toArray();
    const rules = lists.find(({ tag }) => tag === 'hosts')?.r;
    expect((rules as Record<string, unknown>[]).map((rule) => Object.values(rule).join(' '))).toEqual([
      '1 02:fe:00:00:00:09 ff:ff:ff:ff:ff:ff 192.0.2.9/32',
      '1 02:fe:00:00:00:00 ff:ff:ff:ff:00:00 198.51.100.0/24',
      '1 02:fe:00:00:00:00 ff:ff:ff:ff:00:00 2001:db8::/32',
      '0 00:00:00:00:00:00 00:00:00:00:00:00 ::/0',
    ]);
    expect(await due(channel, await adopted(channel))).toEqual([]);
    await fulfil(channel, '{}');
  });

  it('changed in place, also on an interface, and deleted once no interface has them', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, wish('{ loop0: hosts }'));
    const changed = wish('{ loop0: open }', LISTS.replace('192.0.2.9', '192.0.2.10'));
    expect(await due(channel, changed)).toEqual(['change macip-acl/hosts', 'change interface-macip-acl/loop0']);
    await fulfil(channel, changed);
    await fulfil(channel, changed.replace('permit }', 'deny }'));
    const [first, ...rest] = await due(channel, 'loopbacks: { loop0: {}, loop1: {} }');
    expect(first).toBe('delete interface-macip-acl/loop0');
    expect(rest.sort()).toEqual(['delete macip-acl/hosts', 'delete macip-acl/open']);
    await fulfil(channel, '{}');
  });

  it('of another program: not deleted under its interface', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, wish('{ loop0: hosts }'));
    const bare = 'loopbacks: { loop0: {}, loop1: {} }';
    expect(await due(channel, bare, { owns: ({ kind }) => kind.name === 'macip-acl' })).toEqual([
      'delete macip-acl/open',
    ]);
    await fulfil(channel, '{}');
  });

  it('with mistakes: said', () => {
    const lists =
      '{ hosts: { terms: [ { action: permit, mac-mask: ffff00000000, family: ipv6, source: 192.0.2.0/24 } ] } }';
    const { errors } = validateWish(wish('{ loop0: host, loop7: hosts }', lists));
    expect(errors.map(({ message }) => message)).toEqual([
      'macip-acl hosts term 1 has a mac-mask without a mac',
      'macip-acl hosts term 1: source 192.0.2.0/24 has no address of family ipv6, nor a prefixlist',
      'interface loop0 has no MAC/IP ACL host; did you mean "hosts"?',
      'x-vppmux.interface-macip-acls.loop7: no interface loop7 in the wish; did you mean "loop0"?',
    ]);
  });
});
