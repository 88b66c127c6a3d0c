/**
 * Pools of addresses that NAT44 translates to: `pool` and `twice-nat-pool`. Each address is an object, and each interface whose address
 * it takes is one of another kind; addresses that come of such an interface go with it.
 */

import type { Wish } from '../../wish.js';
import { defineKind, type Found, type KindObject, keyOf, type References } from '../kind.js';
import { tableNeeds, tableReader } from '../layer3/table-reference.js';
import { NONE, type VppSnapshot } from '../snapshot.js';
import { describeList } from './describe-nat.js';
import { ip4AddressesOf } from './mappings-of-interfaces.js';
import { GONE, NAT44_KEY } from './nat44.js';
import { addressesOf, rangesOf } from './ranges.js';
import { natOf, natPath } from './section.js';

/** Bit of `nat_config_flags`. */
const TWICE_NAT = 1;

const POOLS = ['pool', 'twice-nat-pool'] as const;
type Pool = (typeof POOLS)[number];

interface PoolAddress {
  readonly address: string;
  readonly pool: Pool;
  /** Undefined for sessions of any table. */
  readonly table?: number;
}

interface PoolInterface {
  readonly interface: string;
  readonly pool: Pool;
  /** It has addresses, and VPP has none of them in a pool. */
  readonly isUnresolved?: true;
}

/** Entries of both pools, as they are in the file. */
function* entriesOf(wish: Wish) {
  const number = tableReader(wish);
  for (const pool of POOLS) {
    for (const [at, entry] of (natOf(wish)?.[pool] ?? []).entries()) {
      const { addresses: text, table } = typeof entry === 'string' ? { addresses: entry, table: undefined } : entry;
      yield { pool, text, table: table === undefined ? undefined : number(table), path: natPath(pool, at) };
    }
  }
}

const nameOf = (what: string, pool: Pool) => (pool === 'pool' ? what : `${what} twice-nat`);
const flagsOf = (pool: Pool) => (pool === 'pool' ? 0 : TWICE_NAT);
const poolOf = (flags: unknown): Pool => (((flags as number) & TWICE_NAT) === 0 ? 'pool' : 'twice-nat-pool');

function change({ value }: KindObject<PoolAddress>, is_add: boolean) {
  const { address, pool, table = NONE } = value;
  const range = { first_ip_address: address, last_ip_address: address };
  return { name: 'nat44_add_del_address_range', fields: { ...range, vrf_id: table, is_add, flags: flagsOf(pool) } };
}

export const natAddressKind = defineKind<PoolAddress>({
  name: 'nat44-address',
  ownership: 'wished',
  messages: ['nat44_add_del_address_range', 'nat44_address_dump'],
  *wanted(wish) {
    for (const { pool, text, table, path } of entriesOf(wish)) {
      for (const address of addressesOf(text) ?? []) {
        const value = { address, pool, ...(table !== undefined && { table }) };
        yield { name: nameOf(address, pool), value, path };
      }
    }
  },
  async read(vpp) {
    const makers = await addressesOfInterfaces(vpp);
    return (await vpp.dump('nat44_address_dump')).map((details): Found<PoolAddress> => {
      const { ip_address, flags, vrf_id } = details;
      const pool = poolOf(flags);
      const value = { address: ip_address as string, pool, ...(vrf_id !== NONE && { table: vrf_id as number }) };
      const name = nameOf(value.address, pool);
      const comesWith = vrf_id === NONE ? makers.get(name) : undefined;
      return { name, value, ...(comesWith !== undefined && { comesWith }) };
    });
  },
  needs: ({ value: { table = 0 } }) => [NAT44_KEY, ...tableNeeds(table)],
  create: (wanted) => [change(wanted, true)],
  remove: (found) => [{ ...change(found, false), settledBy: GONE }],
  describe(found, draft) {
    const own = found.filter(({ comesWith }) => comesWith === undefined).map(({ value }) => value);
    for (const pool of POOLS) {
      const ofPool = own.filter((each) => each.pool === pool);
      for (const table of new Set(ofPool.map((each) => each.table))) {
        const addresses = ofPool.filter((each) => each.table === table).map(({ address }) => address);
        const entries = rangesOf(addresses).map((range) => (table === undefined ? range : { addresses: range, table }));
        describeList(draft, pool).push(...entries);
      }
    }
  },
});

const INTERFACE_KIND = 'nat44-pool-interface';

/** Keys of the interfaces whose addresses are in a pool, by the names of those addresses in it. */
async function addressesOfInterfaces(vpp: VppSnapshot): Promise<Map<string, string>> {
  const makers = new Map<string, string>();
  for (const { sw_if_index, flags } of await vpp.dump('nat44_interface_addr_dump')) {
    const itf = vpp.nameOf(sw_if_index);
    if (itf === undefined) continue;
    const pool = poolOf(flags);
    for (const address of await ip4AddressesOf(vpp, sw_if_index)) {
      makers.set(nameOf(address, pool), keyOf({ name: INTERFACE_KIND }, nameOf(itf, pool)));
    }
  }
  return makers;
}

function changeInterface({ value }: KindObject<PoolInterface>, refs: References, is_add: boolean) {
  const fields = { is_add, sw_if_index: refs.interface(value.interface), flags: flagsOf(value.pool) };
  return { name: 'nat44_add_del_interface_addr', fields };
}

export const natPoolInterfaceKind = defineKind<PoolInterface>({
  name: INTERFACE_KIND,
  ownership: 'wished',
  messages: ['nat44_add_del_interface_addr', 'nat44_interface_addr_dump'],
  *wanted(wish) {
    for (const { pool, text, path } of entriesOf(wish)) {
      if (addressesOf(text) === undefined) yield { name: nameOf(text, pool), value: { interface: text, pool }, path };
    }
  },
  async read(vpp) {
    const inPools = new Set((await vpp.dump('nat44_address_dump')).map(({ ip_address }) => ip_address));
    const found: Found<PoolInterface>[] = [];
    for (const { sw_if_index, flags } of await vpp.dump('nat44_interface_addr_dump')) {
      const itf = vpp.nameOf(sw_if_index);
      if (itf === undefined) continue;
      const pool = poolOf(flags);
      // VPP puts the address of an interface that is in both pools into one of them.
      const addresses = await ip4AddressesOf(vpp, sw_if_index);
      const isUnresolved = addresses.length > 0 && !addresses.some((address) => inPools.has(address));
      found.push({ name: nameOf(itf, pool), value: { interface: itf, pool, ...(isUnresolved && { isUnresolved }) } });
    }
    return found;
  },
  needs: ({ value }) => [NAT44_KEY, `interface/${value.interface}`],
  create: (wanted, refs) => [changeInterface(wanted, refs, true)],
  remove: (found, refs) => [{ ...changeInterface(found, refs, false), settledBy: GONE }],
  describe(found, draft) {
    for (const { value } of found) describeList(draft, value.pool).push(value.interface);
  },
});
