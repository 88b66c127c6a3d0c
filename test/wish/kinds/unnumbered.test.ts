/** Unnumbered interfaces; on the VPP of VPP_API_SOCKET as well. */

import { expect, it } from 'vitest';
import { adopted, due, fulfil } from '../reconcile/support.js';
import { CARD, channelToVpp } from './world.js';

const wish = (lender: string) => `
interfaces:
  ${CARD}: { unnumbered: ${lender} }
loopbacks:
  loop0: { addresses: [ 192.0.2.1/24, 2001:db8::1/64 ] }
  loop1: { addresses: [ 198.51.100.1/24 ] }
`;

it('an unnumbered interface: borrows, borrows of another, and gets addresses of its own', async () => {
  const channel = await channelToVpp();
  await fulfil(channel, wish('loop0'));
  expect(await due(channel, wish('loop1'))).toEqual([`change unnumbered/${CARD}`]);
  await fulfil(channel, wish('loop1'));
  expect(await due(channel, await adopted(channel))).toEqual([]);
  const own = `interfaces:\n  ${CARD}: { addresses: [ 198.51.100.1/24 ] }\n`;
  expect((await due(channel, own))[0]).toBe(`delete unnumbered/${CARD}`);
  await fulfil(channel, own);
  await fulfil(channel, wish('loop0'));
});
