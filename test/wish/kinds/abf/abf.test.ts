/** Policies of ABF and their interfaces; on the VPP of VPP_API_SOCKET as well. */

import { describe, expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, due, fulfil } from '../../reconcile/support.js';
import { channelToVpp } from '../world.js';

const wish = (abf: string, acls = 'voice: { terms: [ { action: permit, protocol: udp } ] }') => `
loopbacks:
  loop0: { addresses: [ 192.0.2.1/24, 2001:db8::1/64 ] }
  loop1: {}
acls: { ${acls} }
x-vppmux:
  tables: { red: { id: 10 } }
  abf: ${abf}
`;
const TWO_ACLS =
  'voice: { terms: [ { action: permit, protocol: udp } ] }, web: { terms: [ { action: permit, protocol: tcp } ] }';
const ALL = `
    7: { acl: voice, paths: via 192.0.2.9 loop0, interfaces: { loop0: 5, loop1: { priority: 3 } } }
    mixed: { id: 8, acl: web, paths: [ via 192.0.2.9 loop0 weight 3, via 192.0.2.8 next-hop-table red, drop ] }
    six: { id: 9, acl: web, paths: via 2001:DB8::9 loop0 via 2001:db8::8, interfaces: { loop1: 1 } }
    out: { id: 10, acl: web, paths: via loop0, interfaces: { loop0: { family: ipv6 } } }
    own: { id: 0, acl: web, paths: [ local, unreachable, prohibit ] }
`;

describe('policies of ABF', () => {
  it('with all kinds of paths, at interfaces', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, wish(ALL, TWO_ACLS));
    const attachments = await channel.dump('abf_itf_attach_dump').toArray();
    const told = attachments.map(({ attach }) => {
      const { policy_id, priority, is_ipv6 } = attach as Record<string, unknown>;
      return `${policy_id} ${priority} ${is_ipv6}`;
    });
    expect(told.sort()).toEqual(['10 0 true', '7 3 false', '7 5 false', '9 1 true']);
    expect(await due(channel, await adopted(channel))).toEqual([]);
    await fulfil(channel, '{}');
    expect(await channel.dump('abf_policy_dump').toArray()).toEqual([]);
  });

  it('change their paths in place, and never lose the last one', async () => {
    const channel = await channelToVpp();
    const paths = async (text: string) => {
      const changed = wish(`{ 7: { acl: voice, paths: ${text}, interfaces: { loop0: 5 } } }`);
      const changes = await due(channel, changed);
      await fulfil(channel, changed);
      return changes;
    };
    await paths('via 192.0.2.9 loop0');
    expect(await paths('via 192.0.2.8 loop0')).toEqual(['change abf/7']);
    expect(await paths('via 192.0.2.8 loop0 weight 2 via 192.0.2.7 loop0')).toEqual(['change abf/7']);
    expect(await paths('via 192.0.2.8 loop0 weight 3 via 192.0.2.7 loop0')).toEqual(['change abf/7']);
    expect(await paths('via 192.0.2.8 loop0 weight 4 via 192.0.2.7 loop0 weight 2')).toEqual([
      'delete abf-interface/loop0 7',
      'delete abf/7',
      'create abf/7',
      'create abf-interface/loop0 7',
    ]);
    await fulfil(channel, '{}');
  });

  it('are made anew for another ACL, interfaces for another priority or family; ACLs go last', async () => {
    const channel = await channelToVpp();
    const one = (acl: string, itf: string) =>
      wish(`{ 7: { acl: ${acl}, paths: drop, interfaces: { loop0: ${itf} } } }`, TWO_ACLS);
    await fulfil(channel, one('voice', '5'));
    expect(await due(channel, one('voice', '6'))).toEqual([
      'delete abf-interface/loop0 7',
      'create abf-interface/loop0 7',
    ]);
    await fulfil(channel, one('voice', '6'));
    await fulfil(channel, one('voice', '{ family: ipv6 }'));
    await fulfil(channel, one('web', '{ family: ipv6 }'));
    const changes = await due(channel, 'loopbacks: { loop0: {}, loop1: {} }');
    const place = (key: string) => changes.indexOf(`delete ${key}`);
    expect(place('abf-interface/loop0 7')).toBeLessThan(place('abf/7'));
    expect(place('abf/7')).toBeLessThan(place('acl/web'));
    await fulfil(channel, '{}');
  });

  it('take what deleted interfaces left behind with them', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, wish('{ 7: { acl: voice, paths: drop, interfaces: { loop1: 5 } } }'));
    const interfaces = await channel.dump('sw_interface_dump', { sw_if_index: 0xffffffff }).toArray();
    const loop1 = interfaces.find(({ interface_name }) => interface_name === 'loop1');
    await channel.request('delete_loopback', { sw_if_index: loop1?.sw_if_index });
    await fulfil(channel, '{}');
    expect(await channel.dump('abf_itf_attach_dump').toArray()).toEqual([]);
    expect(await channel.dump('abf_policy_dump').toArray()).toEqual([]);
  });

  it('with mistakes: said', () => {
    const { errors } = validateWish(
      wish(`
    voip: { acl: voise, paths: via 192.0.2.9 loop9 }
    7: { acl: voice, paths: table red drop, interfaces: { loop0: 1 } }
    other: { id: 7, acl: voice, paths: [ drop, drop weight 2 ], interfaces: { loop7: 1 } }
    8: { acl: voice, paths: next, interfaces: { loop0: { family: ipv4 } } }
`),
    );
    expect(errors.map(({ message }) => message)).toEqual([
      'abf policy 7: a policy has no table: write next-hop-table behind a next hop',
      'abf policy 8: "next" makes no sense there; a line is PREFIX [table N] via NEXT-HOP INTERFACE, or PREFIX drop',
      'abf policy 8 has ACL voice at interface loop0 for ipv4, as 7 has',
      'abf policy voip needs an id, or a number for its name',
      'abf policy voip: there is no ACL voise; did you mean "voice"?',
      'x-vppmux.abf.voip.paths: no interface loop9 in the wish; did you mean "loop0"?',
      'abf policy other has the id 7, as 7 has',
      'abf policy other: it has drop twice',
      'x-vppmux.abf.other.interfaces.loop7: no interface loop7 in the wish; did you mean "loop0"?',
    ]);
  });
});
