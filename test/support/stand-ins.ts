/** Interfaces of a real VPP with the names of cards: of Linux's `card0`, `card1`, … where VPP finds them, else of the packet generator. */

import type { Channel, Untyped } from '../../src/mux/index.js';

type Remove = () => Promise<unknown>;

/** Returns what removes them. */
export async function addStandIns(channel: Channel<Untyped>, cards: readonly string[]): Promise<Remove> {
  const removals: Remove[] = [];
  for (const [id, name] of cards.entries()) {
    const made = await hostInterface(channel, `card${id}`).catch(() => generator(channel, id));
    removals.push(made.remove);
    await channel.request('sw_interface_set_interface_name', { sw_if_index: made.sw_if_index, name });
  }
  return () => Promise.all(removals.map((remove) => remove()));
}

const ETHERNET = 1;

async function hostInterface(channel: Channel<Untyped>, host_if_name: string) {
  const made = await channel.request('af_packet_create_v3', { host_if_name, mode: ETHERNET, use_random_hw_addr: true });
  return { sw_if_index: made.sw_if_index, remove: () => channel.request('af_packet_delete', { host_if_name }) };
}

async function generator(channel: Channel<Untyped>, interface_id: number) {
  const { sw_if_index } = await channel.request('pg_create_interface_v3', { interface_id });
  return { sw_if_index, remove: () => channel.request('pg_delete_interface', { sw_if_index }) };
}
