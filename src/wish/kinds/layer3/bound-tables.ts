/** The tables that VPP's interfaces are in. */

import type { VppSnapshot } from '../snapshot.js';
import type { BoundTables } from './wished-tables.js';

type Bindings = ReadonlyMap<string, BoundTables>;

/** A snapshot is asked once, however many kinds look at it. */
const asked = new WeakMap<VppSnapshot, Promise<Bindings>>();

/** Tables by the names of the interfaces that are in another one than 0. While VPP has no other one, nothing is asked. */
export function boundTables(vpp: VppSnapshot): Promise<Bindings> {
  const before = asked.get(vpp);
  if (before !== undefined) return before;
  const bindings = readBindings(vpp);
  asked.set(vpp, bindings);
  return bindings;
}

async function readBindings(vpp: VppSnapshot): Promise<Bindings> {
  const tables = (await vpp.dumpIfKnown('ip_table_dump')).map(({ table }) => table as { table_id: number });
  if (!vpp.has('sw_interface_get_table') || tables.every(({ table_id }) => table_id === 0)) return new Map();
  const numberOf = async (sw_if_index: number, is_ipv6: boolean) => {
    const { vrf_id } = await vpp.request('sw_interface_get_table', { sw_if_index, is_ipv6 });
    return vrf_id === NO_TABLE ? 0 : (vrf_id as number);
  };
  const bound = await vpp.ofEach(async ({ sw_if_index, interface_name: name }) => {
    const [ipv4, ipv6] = await Promise.all([numberOf(sw_if_index, false), numberOf(sw_if_index, true)]);
    return ipv4 === 0 && ipv6 === 0 ? [] : [[name, { ipv4, ipv6 }] as const];
  });
  return new Map(bound);
}

/** VPP's number for the table of an interface that has none. */
const NO_TABLE = 0xffffffff;
