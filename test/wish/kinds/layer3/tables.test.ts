/** IP tables, and interfaces in them; on the VPP of VPP_API_SOCKET as well. */

import { describe, expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, due, fulfil } from '../../reconcile/support.js';
import { channelToVpp } from '../world.js';

const wish = (tables: string) => `
loopbacks:
  loop0: { addresses: [ 192.0.2.1/24, 2001:db8::1/64 ] }
x-vppmux:
  tables: ${tables}
`;
const RED = wish('{ red: { id: 10, interfaces: [ loop0 ] } }');
const BOTH = wish('{ red: { id: 10 }, 20: { interfaces: [ loop0 ] } }');
const IP4 = wish('{ red: { id: 10, ipv6: false, interfaces: [ loop0 ] } }');
const NONE = wish('{}');

describe('tables', () => {
  it('with an interface: it is put into the table before it gets addresses', async () => {
    const channel = await channelToVpp();
    expect(await due(channel, RED)).toEqual([
      'create loopback/loop0',
      'create mtu/loop0',
      'create table/10',
      'create interface-table/loop0',
      'create address/loop0 192.0.2.1/24',
      'create address/loop0 2001:db8::1/64',
      'create admin-state/loop0',
    ]);
    await fulfil(channel, RED);
    expect(await due(channel, await adopted(channel))).toEqual([]);
  });

  it('changed: the addresses are made anew in the other table, of the half alone that changes', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, RED);
    await fulfil(channel, BOTH);
    await fulfil(channel, IP4);
    expect(await due(channel, await adopted(channel))).toEqual([]);
    expect(await due(channel, NONE)).toEqual([
      'delete address/loop0 192.0.2.1/24',
      'delete interface-table/loop0',
      'delete table/10',
      'create address/loop0 192.0.2.1/24',
    ]);
    await fulfil(channel, NONE);
    expect(await channel.dump('ip_table_dump').toArray()).toHaveLength(2);
  });

  it('with mistakes: said', () => {
    const { errors } = validateWish(wish('{ red: {}, 7: {}, blue: { id: 7, interfaces: [ loop0, loop9 ] } }'));
    expect(errors.map(({ message }) => message)).toEqual([
      'table red has no number: give it an id',
      'table blue has the number 7, which table 7 has',
      'x-vppmux.tables.blue.interfaces[1]: no interface loop9 in the wish; did you mean "loop0"?',
    ]);
  });
});
