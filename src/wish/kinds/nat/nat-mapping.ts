/**
 * Static mappings of NAT44. An object is known by its outer side, an address or an interface: `192.0.2.1:80 tcp`. Mappings that VPP makes
 * of one of an interface go with that.
 */

import type { Fields } from '../../../mux/index.js';
import { defineKind, type Found, type KindObject, type References } from '../kind.js';
import { tableNeeds, tableReader } from '../layer3/table-reference.js';
import { NONE } from '../snapshot.js';
import { describeList } from './describe-nat.js';
import { endpointOf, interfaceOf, isAddress, PROTOCOLS, protocolWord, textOf } from './endpoint.js';
import { mappingsOfInterfaces } from './mappings-of-interfaces.js';
import { GONE, NAT44_KEY } from './nat44.js';
import { natOf, natPath } from './section.js';

/** Bits of `nat_config_flags`. */
const Flag = { TWICE_NAT: 1, SELF_TWICE_NAT: 2, OUT2IN_ONLY: 4, ADDR_ONLY: 8 } as const;

interface NatMapping {
  /** `10.0.0.1:8080`, or an address alone for all ports. */
  readonly local: string;
  /** The same, or the name of an interface in place of the address. */
  readonly external: string;
  /** Undefined for all ports. */
  readonly protocol?: number;
  readonly table: number;
  readonly twiceNat: boolean;
  /** Undefined where VPP does not tell: mappings of interfaces. */
  readonly selfTwiceNat?: boolean;
  readonly out2inOnly?: boolean;
  readonly tag: string;
  /** The interface has an address, and VPP does not use it. */
  readonly isUnresolved?: true;
}

const NAME = 'nat44-static-mapping';
const NOWHERE = '0.0.0.0';

const nameOf = ({ external, protocol }: Pick<NatMapping, 'external' | 'protocol'>) =>
  protocol === undefined ? external : `${external} ${protocolWord(protocol)}`;

function change({ value }: KindObject<NatMapping>, refs: References, is_add: boolean) {
  const [local, external] = [endpointOf(value.local), endpointOf(value.external)];
  const itf = interfaceOf(value.external);
  const flags =
    (value.twiceNat ? Flag.TWICE_NAT : 0) |
    (value.selfTwiceNat ? Flag.SELF_TWICE_NAT : 0) |
    (value.out2inOnly ? Flag.OUT2IN_ONLY : 0) |
    (value.protocol === undefined ? Flag.ADDR_ONLY : 0);
  const fields = {
    ...{ is_add, flags, local_ip_address: local?.host, local_port: local?.port ?? 0 },
    ...{ external_ip_address: itf === undefined ? external?.host : NOWHERE, external_port: external?.port ?? 0 },
    external_sw_if_index: itf === undefined ? NONE : refs.interface(itf),
    ...{ protocol: value.protocol ?? 0, vrf_id: value.table, tag: value.tag },
  };
  return { name: 'nat44_add_del_static_mapping', fields };
}

function foundMapping(details: Fields, host: string): NatMapping {
  const flags = details.flags as number;
  const hasPorts = (flags & Flag.ADDR_ONLY) === 0;
  const port = (key: string) => (hasPorts ? { port: details[key] as number } : {});
  return {
    local: textOf({ host: details.local_ip_address as string, ...port('local_port') }),
    external: textOf({ host, ...port('external_port') }),
    ...(hasPorts && { protocol: details.protocol as number }),
    table: details.vrf_id as number,
    twiceNat: (flags & Flag.TWICE_NAT) !== 0,
    ...(isAddress(host) && {
      selfTwiceNat: (flags & Flag.SELF_TWICE_NAT) !== 0,
      out2inOnly: (flags & Flag.OUT2IN_ONLY) !== 0,
    }),
    tag: details.tag as string,
  };
}

/** Name of the object in the details, with an outer side of that address or interface. */
const named = (details: Fields, host: string) => nameOf(foundMapping(details, host));

export const natMappingKind = defineKind<NatMapping>({
  name: NAME,
  ownership: 'wished',
  messages: ['nat44_add_del_static_mapping', 'nat44_static_mapping_dump'],
  *wanted(wish) {
    const nat = natOf(wish);
    const number = tableReader(wish);
    for (const [at, mapping] of (nat?.['static-mappings'] ?? []).entries()) {
      const { local, external, protocol } = mapping;
      const value: NatMapping = {
        ...{ local, external, ...(protocol !== undefined && { protocol: PROTOCOLS[protocol] }) },
        table: number(mapping.table ?? nat?.['inside-table']),
        twiceNat: mapping['twice-nat'] ?? false,
        selfTwiceNat: mapping['self-twice-nat'] ?? false,
        out2inOnly: mapping['out2in-only'] ?? false,
        tag: mapping.tag ?? '',
      };
      yield { name: nameOf(value), value, path: natPath('static-mappings', at) };
    }
  },
  async read(vpp) {
    const dump = await vpp.dump('nat44_static_mapping_dump');
    const { makers, unresolved } = await mappingsOfInterfaces(
      vpp,
      NAME,
      dump,
      ({ external_sw_if_index }) => external_sw_if_index,
      named,
    );
    return dump.flatMap((details): Found<NatMapping>[] => {
      const { external_sw_if_index: swIfIndex, external_ip_address } = details;
      const host = swIfIndex === NONE ? (external_ip_address as string) : vpp.nameOf(swIfIndex);
      if (host === undefined) return [];
      const mapping = foundMapping(details, host);
      const name = nameOf(mapping);
      const value: NatMapping = unresolved.has(name) ? { ...mapping, isUnresolved: true } : mapping;
      const comesWith = makers.get(name);
      return [{ name, value, ...(comesWith !== undefined && { comesWith }) }];
    });
  },
  needs({ value }) {
    const itf = interfaceOf(value.external);
    return [NAT44_KEY, ...tableNeeds(value.table), ...(itf === undefined ? [] : [`interface/${itf}`])];
  },
  same: (wanted, found) =>
    (Object.keys(found.value) as (keyof NatMapping)[]).every((key) => found.value[key] === wanted.value[key]),
  create: (wanted, refs) => [change(wanted, refs, true)],
  remove: (found, refs) => [{ ...change(found, refs, false), settledBy: GONE }],
  describe(found, draft) {
    for (const { value, comesWith } of found) {
      if (comesWith !== undefined) continue;
      describeList(draft, 'static-mappings').push({
        ...{ local: value.local, external: value.external },
        ...(value.protocol !== undefined && { protocol: protocolWord(value.protocol) }),
        table: value.table,
        ...(value.twiceNat && { 'twice-nat': true }),
        ...(value.selfTwiceNat && { 'self-twice-nat': true }),
        ...(value.out2inOnly && { 'out2in-only': true }),
        ...(value.tag !== '' && { tag: value.tag }),
      });
    }
  },
});
