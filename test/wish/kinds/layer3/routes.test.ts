/** Routes of a wish; on the VPP of VPP_API_SOCKET as well. */

import { describe, expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, due, fulfil } from '../../reconcile/support.js';
import { channelToVpp } from '../world.js';

const wish = (routes: string) => `
loopbacks:
  loop0: { addresses: [ 192.0.2.1/24, 2001:db8::1/64 ] }
x-vppmux:
  tables: { red: { id: 10 } }
  routes: ${routes}
`;

const ALL = `|
    # A comment, and an empty line.

    0.0.0.0/0 via 192.0.2.9 loop0
    10.0.1.9/24 via 192.0.2.9 loop0 weight 3 via 192.0.2.8 loop0 preference 2
    10.0.2.0/24 via 192.0.2.9
    10.0.3.0/24 via 192.0.2.9 next-hop-table red
    10.0.4.0/24 drop
    10.0.5.0/24 local
    10.0.6.0/24 unreachable
    10.0.7.0/24 prohibit
    10.0.8.0/24 via loop0
    10.0.9.0/24 via 2001:DB8::9 loop0
    10.0.10.0/24 table red via 192.0.2.9 loop0
    10.0.12.0/24 drop weight 4
    10.0.14.0/24 via 192.0.2.9 loop0 drop
    10.0.16.0/24 via loop0 via 192.0.2.3 loop0
    192.0.2.40/32 via loop0
    192.0.2.41/32 via 192.0.2.40 loop0 via loop0
    2001:db8:5::/48 via 2001:db8::9 loop0
    2001:db8:6::/48 via loop0
    2001:db8:7::/48 drop
    2001:db8:8::9/128 via loop0
    2001:db8:9::/48 table 10 unreachable
`;

describe('routes', () => {
  it('as lines: VPP tells all of them back', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, wish(ALL));
    expect(await due(channel, await adopted(channel))).toEqual([]);
    await fulfil(channel, '{}');
  });

  it('as a list of lines and objects; changed in place, and taken away before their table', async () => {
    const channel = await channelToVpp();
    const object = '{ prefix: 10.0.1.0/24, table: red, paths: [ via 192.0.2.8 loop0, via 192.0.2.9 loop0 ] }';
    await fulfil(channel, wish(`[ 10.0.0.0/24 via 192.0.2.9 loop0, ${object} ]`));
    expect(await due(channel, await adopted(channel))).toEqual([]);
    const changed = wish('[ 10.0.0.0/24 via 192.0.2.9 loop0, { prefix: 10.0.1.0/24, table: 10, paths: drop } ]');
    expect(await due(channel, changed)).toEqual(['change route/10.0.1.0/24 table 10']);
    await fulfil(channel, changed);
    expect(await due(channel, 'loopbacks: { loop0: { addresses: [ 192.0.2.1/24, 2001:db8::1/64 ] } }')).toEqual([
      'delete route/10.0.0.0/24',
      'delete route/10.0.1.0/24 table 10',
      'delete table/10',
    ]);
    await fulfil(channel, '{}');
  });

  it('of other sources are not looked at', async () => {
    const channel = await channelToVpp();
    await fulfil(channel, wish('[]'));
    await channel.request('cli_inband', { cmd: 'ip route add 10.9.0.0/24 via 192.0.2.9 loop0' });
    expect(await due(channel, wish('[]'))).toEqual([]);
    await channel.request('cli_inband', { cmd: 'ip route del 10.9.0.0/24 via 192.0.2.9 loop0' });
    await fulfil(channel, '{}');
  });

  it('with mistakes: each with its line', () => {
    const { errors } = validateWish(
      wish(
        '|\n    10.0.0.0/24 via 192.0.2.9 loop9\n    10.0.0.1/24 drop\n    10.0/8 drop\n    ::/0 table blue drop\n    ::/0\n',
      ),
    );
    expect(errors.map(({ message }) => message)).toEqual([
      'routes line 2: 10.0.0.0/24 is there twice, first at 1',
      'routes line 3: "10.0/8" is no prefix, such as 192.0.2.0/24 or 2001:db8::/32',
      'routes line 4: table needs a number from 0 to 4294967294 behind it',
      'routes line 5: it has no path: add via, or drop',
      'x-vppmux.routes: no interface loop9 in the wish; did you mean "loop0"?',
    ]);
  });
});
