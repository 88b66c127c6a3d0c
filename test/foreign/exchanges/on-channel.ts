/** The questions of the foreign programs, asked on a channel of the same connection. */

import type { Channel } from '../../../src/mux/index.js';
import { type ExchangePlan, routePrefix } from './plan.js';
import type { ExchangeFigures } from './programs.js';

const WINDOW = 64;

export async function channelExchanges(channel: Channel, plan: ExchangePlan, count: number): Promise<ExchangeFigures> {
  const wrong: string[] = [];
  let asked = 0;
  const one = async () => {
    while (asked < count) {
      const fault = await exchange(channel, plan, asked++);
      if (fault !== undefined && wrong.length < 5) wrong.push(fault);
    }
  };
  await Promise.all(Array.from({ length: WINDOW }, one));
  return { exchanges: asked, events: 0, wrong };
}

/** Resolves with what is wrong about the answer. */
async function exchange(channel: Channel, plan: ExchangePlan, number: number): Promise<string | undefined> {
  const { sw_if_index, mac } = plan.interfaces[number % plan.interfaces.length];
  if (number % 3 === 0) {
    const prefix = routePrefix((number * 7) % plan.routes);
    const { route } = await channel.request('ip_route_lookup', { table_id: plan.table, exact: 1, prefix });
    const got = (route as { prefix: unknown }).prefix;
    return got === prefix ? undefined : `a channel: ip_route_lookup of ${prefix} was answered with ${got}`;
  }
  if (number % 3 === 1) {
    const { mac_address: got } = await channel.request('sw_interface_get_mac_address', { sw_if_index });
    return got === mac ? undefined : `a channel: the MAC address of ${sw_if_index} is ${mac}, not ${got}`;
  }
  const rows = await channel.dump('sw_interface_dump', { sw_if_index }).toArray();
  const got = rows.map((row) => row.sw_if_index);
  return got.length === 1 && got[0] === sw_if_index ? undefined : `a channel: the dump of ${sw_if_index} has ${got}`;
}
