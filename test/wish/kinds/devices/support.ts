/** A mock with cards for these tests, and a look at its interfaces. */

import { channelToMock } from '../../reconcile/support.js';

export const CARDS = ['GigabitEthernet3/0/0', 'GigabitEthernet3/0/1'];

export const channelToCards = async () => (await channelToMock({ interfaces: CARDS })).channel;

type Channel = Awaited<ReturnType<typeof channelToCards>>;

/** Details of an interface; undefined where there is none of the name. */
export async function detailsOf(
  channel: Channel,
  name: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const all = await channel.dump('sw_interface_dump', { sw_if_index: 0xffffffff }).toArray();
  return all.find(({ interface_name }) => interface_name === name);
}
