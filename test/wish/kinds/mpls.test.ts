/** MPLS on interfaces; on the VPP of VPP_API_SOCKET as well. */

import { expect, it } from 'vitest';
import { adopted, due, fulfil } from '../reconcile/support.js';
import { CARD, channelToVpp } from './world.js';

const ON = `interfaces:\n  ${CARD}: { mpls: true }\nloopbacks:\n  loop0: { mpls: true }\n`;
const OFF = `interfaces:\n  ${CARD}: { mpls: false }\n`;

it('MPLS: enabled with its table, and disabled, before the interface goes', async () => {
  const channel = await channelToVpp();
  await fulfil(channel, ON);
  const enabled = async () => (await channel.dump('mpls_interface_dump', { sw_if_index: 0xffffffff }).toArray()).length;
  expect(await enabled()).toBe(2);
  expect(await due(channel, await adopted(channel))).toEqual([]);
  const [first, second, ...rest] = await due(channel, OFF);
  expect([first, second].sort()).toEqual(['delete mpls/GigabitEthernet3/0/0', 'delete mpls/loop0']);
  expect(rest).toEqual(['delete mpls-table/0', 'delete loopback/loop0']);
  await fulfil(channel, OFF);
  expect(await channel.dump('mpls_table_dump', {}).toArray()).toEqual([]);
  await fulfil(channel, ON);
});
