/** Identity mappings of NAT44: addresses, and ports of them, that are not translated. An object is `ADDRESS:PORT PROTOCOL table N`. */

import type { Fields } from '../../../mux/index.js';
import { defineKind, type Found, type KindObject, type References } from '../kind.js';
import { tableNeeds, tableReader } from '../layer3/table-reference.js';
import { NONE } from '../snapshot.js';
import { describeList } from './describe-nat.js';
import { endpointOf, interfaceOf, PROTOCOLS, protocolWord, textOf } from './endpoint.js';
import { mappingsOfInterfaces } from './mappings-of-interfaces.js';
import { GONE, NAT44_KEY } from './nat44.js';
import { natOf, natPath } from './section.js';

/** Bit of `nat_config_flags`. */
const ADDR_ONLY = 8;

interface IdentityMapping {
  /** `192.0.2.1:500`, an address alone for all ports, or the name of an interface in place of the address. */
  readonly address: string;
  /** Undefined for all ports. */
  readonly protocol?: number;
  readonly table: number;
  readonly tag: string;
  /** The interface has an address, and VPP does not use it. */
  readonly isUnresolved?: true;
}

const NAME = 'nat44-identity-mapping';
const NOWHERE = '0.0.0.0';

const nameOf = ({ address, protocol, table }: IdentityMapping) =>
  [address, ...(protocol === undefined ? [] : [protocolWord(protocol)]), 'table', table].join(' ');

function change({ value }: KindObject<IdentityMapping>, refs: References, is_add: boolean) {
  const { host, port = 0 } = endpointOf(value.address) ?? {};
  const itf = interfaceOf(value.address);
  const fields = {
    ...{ is_add, flags: value.protocol === undefined ? ADDR_ONLY : 0, protocol: value.protocol ?? 0, port },
    ip_address: itf === undefined ? host : NOWHERE,
    sw_if_index: itf === undefined ? NONE : refs.interface(itf),
    ...{ vrf_id: value.table, tag: value.tag },
  };
  return { name: 'nat44_add_del_identity_mapping', fields };
}

function foundMapping(details: Fields, host: string): IdentityMapping {
  const hasPort = ((details.flags as number) & ADDR_ONLY) === 0;
  return {
    address: textOf({ host, ...(hasPort && { port: details.port as number }) }),
    ...(hasPort && { protocol: details.protocol as number }),
    ...{ table: details.vrf_id as number, tag: details.tag as string },
  };
}

/** Name of the object in the details, of that address or interface. */
const named = (details: Fields, host: string) => nameOf(foundMapping(details, host));

export const identityMappingKind = defineKind<IdentityMapping>({
  name: NAME,
  ownership: 'wished',
  messages: ['nat44_add_del_identity_mapping', 'nat44_identity_mapping_dump'],
  *wanted(wish) {
    const nat = natOf(wish);
    const number = tableReader(wish);
    for (const [at, { address, protocol, table, tag = '' }] of (nat?.['identity-mappings'] ?? []).entries()) {
      const value: IdentityMapping = {
        address,
        ...(protocol !== undefined && { protocol: PROTOCOLS[protocol] }),
        ...{ table: number(table ?? nat?.['inside-table']), tag },
      };
      yield { name: nameOf(value), value, path: natPath('identity-mappings', at) };
    }
  },
  async read(vpp) {
    const dump = await vpp.dump('nat44_identity_mapping_dump');
    const { makers, unresolved } = await mappingsOfInterfaces(vpp, NAME, dump, ({ sw_if_index }) => sw_if_index, named);
    return dump.flatMap((details): Found<IdentityMapping>[] => {
      const host = details.sw_if_index === NONE ? (details.ip_address as string) : vpp.nameOf(details.sw_if_index);
      if (host === undefined) return [];
      const mapping = foundMapping(details, host);
      const name = nameOf(mapping);
      const value: IdentityMapping = unresolved.has(name) ? { ...mapping, isUnresolved: true } : mapping;
      const comesWith = makers.get(name);
      return [{ name, value, ...(comesWith !== undefined && { comesWith }) }];
    });
  },
  needs({ value }) {
    const itf = interfaceOf(value.address);
    return [NAT44_KEY, ...tableNeeds(value.table), ...(itf === undefined ? [] : [`interface/${itf}`])];
  },
  create: (wanted, refs) => [change(wanted, refs, true)],
  remove: (found, refs) => [{ ...change(found, refs, false), settledBy: GONE }],
  describe(found, draft) {
    for (const { value, comesWith } of found) {
      if (comesWith !== undefined) continue;
      const { address, protocol, table, tag } = value;
      describeList(draft, 'identity-mappings').push({
        address,
        ...(protocol !== undefined && { protocol: protocolWord(protocol) }),
        table,
        ...(tag !== '' && { tag }),
      });
    }
  },
});
