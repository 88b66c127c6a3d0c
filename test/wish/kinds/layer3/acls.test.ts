/** ACLs and their application to interfaces; on the VPP of VPP_API_SOCKET as well. */

import { describe, expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, due, fulfil } from '../../reconcile/support.js';
import { channelToVpp } from '../world.js';

const LISTS = `
prefixlists:
  trusted: { members: [ 192.0.2.0/24, 198.51.100.7, 2001:db8::/32 ] }
acls:
  edge-in:
    terms:
      - { action: permit, source: trusted, protocol: tcp, destination-port: ssh }
      - { action: permit+reflect, family: ipv4, protocol: udp, source-port: 1024-, destination-port: '-1023' }
      - { action: permit, protocol: icmp, icmp-type: 8, family: ipv4 }
      - { action: permit, protocol: 47, family: ipv6 }
      - { action: deny }
  edge-out:
    terms: [ { action: permit, family: ipv4 } ]
`;
const wish = (applied: string, lists = LISTS) => `
loopbacks:
  loop0: {}
  loop1: {}
${lists}
x-vppmux:
  interface-acls: ${applied}
`;

describe('ACLs', () => {
  it('made of terms, and applied by their names', async () => {
    const channel = await channelToVpp();
    await fulfil(
      channel,
      wish('{ loop0: { input: [ edge-in, edge-out ], output: [ edge-out ] }, loop1: { output: [ edge-in ] } }'),
    );
    const lists = await channel.dump('acl_dump', { acl_index: 0xffffffff }).toArray();
    const rules = lists.find(({ tag }) => tag === 'edge-in')?.r;
    expect((rules as { src_prefix: string }[]).map((rule) => rule.src_prefix)).toEqual([
      ...['192.0.2.0/24', '198.51.100.7/32', '2001:db8::/32', '0.0.0.0/0', '0.0.0.0/0', '::/0', '0.0.0.0/0', '::/0'],
    ]);
    expect(await due(channel, await adopted(channel))).toEqual([]);
    await fulfil(channel, '{}');
  });

  it('changed in place, and deleted once no interface has them', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, wish('{ loop0: { input: [ edge-in ] } }'));
    const other = LISTS.replace('ssh', 'https');
    expect(await due(channel, wish('{ loop0: { output: [ edge-in ] } }', other))).toEqual([
      'change acl/edge-in',
      'change interface-acls/loop0',
    ]);
    await fulfil(channel, wish('{ loop0: { output: [ edge-in ] } }', other));
    const [first, ...rest] = await due(channel, 'loopbacks: { loop0: {}, loop1: {} }');
    expect(first).toBe('delete interface-acls/loop0');
    expect(rest.sort()).toEqual(['delete acl/edge-in', 'delete acl/edge-out']);
    await fulfil(channel, '{}');
  });

  it('applied with mistakes: said', () => {
    const { errors } = validateWish(
      wish('{ loop0: { input: [ edge-inn, edge-in, edge-in ] }, loop7: { output: [ edge-out ] } }'),
    );
    expect(errors.map(({ message }) => message)).toEqual([
      'interface loop0 has no ACL edge-inn for its input; did you mean "edge-in"?',
      'interface loop0 has ACL edge-in twice for its input',
      'x-vppmux.interface-acls.loop7: no interface loop7 in the wish; did you mean "loop0"?',
    ]);
  });
});
