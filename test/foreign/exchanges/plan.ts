/** Questions that clients of other languages have for VPP: each carries a value that its answer shows. */

import type { Channel, Connection } from '../../../src/mux/index.js';

const INTERFACES = 32;
const ROUTES = 1024;
const TABLE = 4711;

export interface ExchangePlan {
  readonly seed: number;
  /** Table with the routes 10.x.y.0/24, x.y being their number. */
  readonly table: number;
  readonly routes: number;
  readonly interfaces: readonly PlannedInterface[];
}

interface PlannedInterface {
  readonly sw_if_index: number;
  readonly mac: string;
  readonly prefix: string;
}

export const routePrefix = (number: number) => `10.${number >> 8}.${number & 255}.0/24`;

/** Configures VPP; `undo` takes it all back. */
export async function makePlan(
  connection: Connection,
  seed: number,
): Promise<{ plan: ExchangePlan; undo: () => Promise<void> }> {
  const channel = connection.channel();
  const interfaces = await Promise.all(
    Array.from({ length: INTERFACES }, (_, number) => makeInterface(channel, number)),
  );
  await setTable(channel, true);
  await Promise.all(Array.from({ length: ROUTES }, (_, number) => addRoute(channel, number)));
  const undo = async () => {
    await setTable(channel, false);
    await Promise.all(interfaces.map(({ sw_if_index }) => channel.request('delete_loopback', { sw_if_index })));
    channel.close();
  };
  return { plan: { seed, table: TABLE, routes: ROUTES, interfaces }, undo };
}

async function makeInterface(channel: Channel, number: number): Promise<PlannedInterface> {
  const mac = `de:ad:be:ef:00:${number.toString(16).padStart(2, '0')}`;
  const prefix = `198.18.${number}.1/24`;
  const { sw_if_index } = await channel.request('create_loopback', { mac_address: mac });
  await channel.request('sw_interface_add_del_address', { sw_if_index, is_add: true, prefix });
  return { sw_if_index: Number(sw_if_index), mac, prefix };
}

async function setTable(channel: Channel, isAdd: boolean): Promise<void> {
  await channel.request('ip_table_add_del', {
    is_add: isAdd,
    table: { table_id: TABLE, is_ip6: false, name: 'foreign' },
  });
}

async function addRoute(channel: Channel, number: number): Promise<void> {
  const nowhere = { sw_if_index: 0xffffffff, type: 'FIB_API_PATH_TYPE_DROP' };
  const route = { table_id: TABLE, prefix: routePrefix(number), n_paths: 1, paths: [nowhere] };
  await channel.request('ip_route_add_del', { is_add: true, is_multipath: false, route });
}
