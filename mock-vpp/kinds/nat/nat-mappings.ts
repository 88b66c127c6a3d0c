/** Static and identity mappings of NAT44-ED, to an address or to that of an interface. */
import type { Fields } from '../../../src/mux/internal.js';
import { type Mapping, type MappingRequest, NatFlag } from '../../dataplane/nat/nat-mappings.js';
import type { Nat44 } from '../../dataplane/nat/nat44.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { changing, nat44 } from './nat44.js';

const staticMapping = changing((nat, fields) =>
  changeMapping(nat, fields.is_add, Number(fields.external_sw_if_index), {
    isIdentity: false,
    flags: Number(fields.flags),
    local: String(fields.local_ip_address),
    localPort: Number(fields.local_port),
    external: String(fields.external_ip_address),
    externalPort: Number(fields.external_port),
    protocol: Number(fields.protocol),
    vrf: Number(fields.vrf_id),
    tag: String(fields.tag),
  }),
);

export const natMappings = defineKind({
  name: 'natMappings',
  title: 'mappings of NAT44-ED',
  state: (dataplane) => dataplane.of(nat44),
  handlers: {
    nat44_add_del_static_mapping: staticMapping,
    nat44_add_del_static_mapping_v2: staticMapping,
    nat44_static_mapping_dump: (_, __, { nat }) => [
      ...[...(nat?.mappings.values() ?? [])]
        .filter((each) => !each.isIdentity && each.backends === undefined)
        .map(mappingDetails),
      ...(nat?.mappingsOf ?? [])
        .filter(({ request }) => !request.isIdentity)
        .map(({ request, swIfIndex }) => ({
          ...mappingDetails({ ...request, external: '0.0.0.0' }),
          // The others are not shown before the interface has an address.
          flags: request.flags & (NatFlag.TWICE_NAT | NatFlag.ADDR_ONLY),
          external_sw_if_index: swIfIndex,
        })),
    ],

    nat44_add_del_identity_mapping: changing((nat, fields) => {
      const address = Number(fields.sw_if_index) === NO_INTERFACE ? String(fields.ip_address) : '0.0.0.0';
      return changeMapping(nat, fields.is_add, Number(fields.sw_if_index), {
        isIdentity: true,
        flags: Number(fields.flags) & NatFlag.ADDR_ONLY,
        local: address,
        localPort: Number(fields.port),
        external: address,
        externalPort: Number(fields.port),
        protocol: Number(fields.protocol),
        vrf: Number(fields.vrf_id),
        tag: String(fields.tag),
      });
    }),
    nat44_identity_mapping_dump: (_, __, { nat }) => [
      ...[...(nat?.mappings.values() ?? [])].filter((each) => each.isIdentity).flatMap(identityDetails),
      ...(nat?.mappingsOf ?? [])
        .filter(({ request }) => request.isIdentity)
        .map(({ request, swIfIndex }) => ({ ...identityFields(request), sw_if_index: swIfIndex })),
    ],
  },
});

function changeMapping(nat: Nat44, isAdd: unknown, swIfIndex: number, request: MappingRequest): number {
  const isTwice = (request.flags & (NatFlag.TWICE_NAT | NatFlag.SELF_TWICE_NAT)) !== 0;
  if (isTwice && request.flags & NatFlag.ADDR_ONLY) return Retval.UNSUPPORTED;
  if (swIfIndex === NO_INTERFACE) return isAdd ? nat.mappings.add(request) : nat.removeMapping(request);
  return isAdd ? nat.addMappingOf(swIfIndex, request) : nat.removeMappingOf(swIfIndex, request);
}

function mappingDetails(mapping: MappingRequest): Fields {
  return {
    flags: mapping.flags,
    local_ip_address: mapping.local,
    local_port: mapping.localPort,
    external_ip_address: mapping.external,
    external_port: mapping.externalPort,
    protocol: mapping.protocol,
    external_sw_if_index: NO_INTERFACE,
    vrf_id: mapping.vrf,
    tag: mapping.tag,
  };
}

/** One for each table. */
function identityDetails(mapping: Mapping): Fields[] {
  return [...mapping.vrfs.values()].map((vrf) => ({ ...identityFields(mapping), vrf_id: vrf }));
}

function identityFields(mapping: MappingRequest): Fields {
  return {
    flags: mapping.flags,
    ip_address: mapping.external,
    port: mapping.externalPort,
    protocol: mapping.protocol,
    sw_if_index: NO_INTERFACE,
    vrf_id: mapping.vrf,
    tag: mapping.tag,
  };
}
