/** Static and identity mappings of NAT44-EI, to an address of its pool or to that of an interface. */
import type { Fields } from '../../../src/mux/internal.js';
import { type Mapping, type MappingRequest, NatFlag } from '../../dataplane/nat/nat-mappings.js';
import type { Nat44Ei } from '../../dataplane/nat/nat44-ei.js';
import { NO_INTERFACE } from '../../dataplane/routing/paths.js';
import { defineKind } from '../../kind.js';
import { nat44Ei } from './nat44-ei.js';

/** Protocols that it tells apart; all others are one, 255. */
const PROTOCOLS = [1, 6, 17];
const OTHER_PROTOCOL = 255;

export const nat44EiMappings = defineKind({
  name: 'nat44EiMappings',
  title: 'mappings of NAT44-EI',
  state: (dataplane) => dataplane.of(nat44Ei),
  handlers: {
    nat44_ei_add_del_static_mapping: (fields, _, nat) =>
      change(nat, fields.is_add, Number(fields.external_sw_if_index), {
        isIdentity: false,
        ...common(fields),
        local: String(fields.local_ip_address),
        localPort: Number(fields.local_port),
        external: String(fields.external_ip_address),
        externalPort: Number(fields.external_port),
      }),
    nat44_ei_static_mapping_dump: (_, __, nat) => [
      ...all(nat, false).map((mapping) => staticFields(mapping, NO_INTERFACE)),
      ...nat.mappingsOf
        .filter(({ request }) => !request.isIdentity)
        .map(({ request, swIfIndex }) => staticFields({ ...request, external: '0.0.0.0' }, swIfIndex)),
    ],

    nat44_ei_add_del_identity_mapping: (fields, _, nat) => {
      const isByInterface = Number(fields.sw_if_index) !== NO_INTERFACE;
      const address = isByInterface ? '0.0.0.0' : String(fields.ip_address);
      const port = Number(fields.port);
      const sides = { local: address, localPort: port, external: address, externalPort: port };
      return change(nat, fields.is_add, Number(fields.sw_if_index), { isIdentity: true, ...common(fields), ...sides });
    },
    nat44_ei_identity_mapping_dump: (_, __, nat) => [
      ...all(nat, true).flatMap((mapping) =>
        [...mapping.vrfs.values()].map((vrf) => identityFields({ ...mapping, vrf }, NO_INTERFACE)),
      ),
      ...nat.mappingsOf
        .filter(({ request }) => request.isIdentity)
        .map(({ request, swIfIndex }) => identityFields(request, swIfIndex)),
    ],
  },
});

/** Fields that both kinds of mappings have. Its flag of all ports is that of NAT44-ED. */
function common({ flags, protocol, vrf_id, tag }: Fields) {
  const known = PROTOCOLS.includes(Number(protocol)) ? Number(protocol) : OTHER_PROTOCOL;
  return { flags: Number(flags) & NatFlag.ADDR_ONLY, protocol: known, vrf: Number(vrf_id), tag: String(tag) };
}

function change(nat: Nat44Ei, isAdd: unknown, swIfIndex: number, request: MappingRequest): number {
  if (swIfIndex === NO_INTERFACE) return isAdd ? nat.addMapping(request) : nat.removeMapping(request);
  const own = request.flags & NatFlag.ADDR_ONLY ? { ...request, localPort: 0, externalPort: 0, protocol: 0 } : request;
  return isAdd ? nat.addMappingOf(swIfIndex, own) : nat.removeMappingOf(swIfIndex, own);
}

function all({ mappings }: Nat44Ei, isIdentity: boolean): Mapping[] {
  return [...(mappings?.values() ?? [])].filter((each) => each.isIdentity === isIdentity);
}

function staticFields(mapping: MappingRequest, swIfIndex: number): Fields {
  const { local, localPort, external, externalPort, protocol } = mapping;
  return {
    ...{ flags: mapping.flags, local_ip_address: local, local_port: localPort },
    ...{ external_ip_address: external, external_port: externalPort, protocol },
    ...{ external_sw_if_index: swIfIndex, vrf_id: mapping.vrf, tag: mapping.tag },
  };
}

function identityFields({ flags, external, externalPort, protocol, vrf, tag }: MappingRequest, at: number): Fields {
  return {
    ...{ flags, ip_address: external, port: externalPort, protocol: protocol || OTHER_PROTOCOL },
    ...{ sw_if_index: at, vrf_id: vrf, tag },
  };
}
