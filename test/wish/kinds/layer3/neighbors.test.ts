/** Static neighbours; on the VPP of VPP_API_SOCKET as well. */

import { expect, it } from 'vitest';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, due, fulfil } from '../../reconcile/support.js';
import { channelToVpp } from '../world.js';

const wish = (neighbors: string) => `
loopbacks:
  loop0: { addresses: [ 192.0.2.1/24, 2001:db8::1/64 ] }
x-vppmux:
  neighbors: ${neighbors}
`;

it('static neighbours: made, changed in place, and taken away', async () => {
  const channel = await channelToVpp();
  const one =
    "{ loop0: { 192.0.2.9: '02:FE:00:00:00:09', '2001:DB8::9': { mac: '02:fe:00:00:00:0a', no-fib-entry: true } } }";
  await fulfil(channel, wish(one));
  expect(await due(channel, await adopted(channel))).toEqual([]);
  const other = "{ loop0: { 192.0.2.9: '02:fe:00:00:00:0b' } }";
  expect(await due(channel, wish(other))).toEqual([
    'delete neighbor/loop0 2001:db8::9',
    'change neighbor/loop0 192.0.2.9',
  ]);
  await fulfil(channel, wish(other));
  await fulfil(channel, wish('{}'));
  await fulfil(channel, wish(one));
  await fulfil(channel, '{}');
});

it('a neighbour twice: refused', () => {
  const { errors } = validateWish(
    wish("{ loop0: { '2001:db8::9': '02:fe:00:00:00:09', '2001:DB8:0::9': '02:fe:00:00:00:09' } }"),
  );
  expect(errors.map(({ message }) => message)).toEqual(['interface loop0 has neighbor 2001:DB8:0::9 twice']);
});
