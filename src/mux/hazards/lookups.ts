/** Questions to VPP before a message is sent that ends it where it names something that is not there. */

import type { Fields } from '../codec/codec.js';
import { ALL, type Lookup, listed } from './hazard.js';

/** An interface with the index in `field`. */
export const interfaceIn = (field: string): Lookup =>
  listed(
    `there is no interface with this ${field}`,
    'sw_interface_dump',
    (row, fields) => row.sw_if_index === fields[field],
    (fields) => ({ sw_if_index: fields[field] }),
  );

export const classifyTable: Lookup = {
  text: 'there is no classify table with this table_id',
  message: 'classify_table_ids',
  ask: () => ({}),
  isHarmless: ({ table_id }, [{ ids }]) => Array.isArray(ids) && ids.includes(table_id),
};

export const pipe = listed(
  'there is no pipe with this sw_if_index',
  'pipe_dump',
  (row, fields) => row.sw_if_index === fields.sw_if_index,
);

export const ikev2Profile = listed(
  'there is no IKEv2 profile of this name',
  'ikev2_profile_dump',
  (row, { name }) => (row.profile as Fields).name === name,
);

export const routeSource = listed(
  'there is no source of routes with the id in route.src',
  'fib_source_dump',
  (row, { route }) => (row.src as Fields).id === (route as Fields).src,
);

/** A link-local address on the interface: IPv6 is on there. */
export const linkLocal: Lookup = {
  text: 'IPv6 is off on this interface (sw_interface_ip6_enable_disable)',
  message: 'sw_interface_ip6_get_link_local_address',
  ask: ({ sw_if_index }) => ({ sw_if_index }),
  isHarmless: (_fields, [{ retval }]) => retval === 0,
};

export const cnatSource: Lookup = {
  text: 'CNAT has no source addresses (cnat_set_snat_addresses)',
  message: 'cnat_get_snat_addresses',
  ask: () => ({}),
  isHarmless: (_fields, [{ retval }]) => retval === 0,
};

/** Its tables have a size only while it is on. */
export const nat44EiEnabled: Lookup = {
  text: 'NAT44 EI is off (nat44_ei_plugin_enable_disable)',
  message: 'nat44_ei_show_running_config',
  ask: () => ({}),
  isHarmless: (_fields, [{ sessions }]) => Number(sessions) > 0,
};

/** An IP table. `idOf` gives its id, `isIp6` its family. */
export const ipTable = (field: string, idOf: (fields: Fields) => unknown, isIp6: (fields: Fields) => boolean): Lookup =>
  listed(`there is no table with this ${field}`, 'ip_table_dump', ({ table }, fields) =>
    isTable(table, idOf(fields), isIp6(fields)),
  );

/** VPP takes the table from those of IPv4, and its index among those of IPv6. Where there is none of IPv4, it refuses. */
export const ip6Counterpart: Lookup = {
  text: 'there is no IPv6 table with this encap_vrf_id',
  message: 'ip_table_dump',
  ask: () => ({}),
  isHarmless: ({ encap_vrf_id: id }, rows) =>
    rows.some(({ table }) => isTable(table, id, true)) || !rows.some(({ table }) => isTable(table, id, false)),
};

const isTable = (table: unknown, id: unknown, isIp6: boolean) =>
  (table as Fields).table_id === id && (table as Fields).is_ip6 === isIp6;

/** Ends of pipes are of another type. */
export const noSubInterfaceOfPipe: Lookup = {
  text: 'a pipe has a sub-interface',
  message: 'sw_interface_dump',
  ask: () => ({ sw_if_index: ALL }),
  isHarmless: (_fields, rows) => !rows.some((row) => row.interface_dev_type === 'Pipe' && row.type === SUB_INTERFACE),
};

/** `vl_api_if_type_t` of a sub-interface. */
const SUB_INTERFACE = 1;

export const noFlowRecords: Lookup = {
  text: 'records of flows are on (flowprobe_set_params)',
  message: 'flowprobe_get_params',
  ask: () => ({}),
  isHarmless: (_fields, [{ record_flags }]) => record_flags === 0,
};

/** Not `show dns servers`: with a server of IPv6 that ends VPP 26.06 itself. */
export const dnsEnabled: Lookup = {
  text: 'DNS is disabled (dns_name_server_add_del, dns_enable_disable)',
  message: 'cli_inband',
  ask: () => ({ cmd: 'show dns cache' }),
  isHarmless: (_fields, [{ reply }]) => !/is disabled/.test(String(reply)),
};

/** Redirects without a path, as the newer dump lists them without harm. */
export const noEmptyRedirect: Lookup = {
  text: 'a redirect of punts has no paths (add_del_ip_punt_redirect_v2)',
  message: 'ip_punt_redirect_v2_dump',
  ask: ({ sw_if_index, is_ipv6 }) => ({ sw_if_index, af: is_ipv6 === true ? 1 : 0 }),
  isHarmless: (_fields, rows) => rows.every(({ punt }) => (punt as { paths: readonly unknown[] }).paths.length > 0),
};

/** An interface with MAC addresses. */
export const ethernetInterface = (field: string): Lookup =>
  listed(
    `there is no Ethernet interface with this ${field}`,
    'sw_interface_dump',
    (row, fields) => row.sw_if_index === fields[field] && row.l2_address !== '00:00:00:00:00:00',
    (fields) => ({ sw_if_index: fields[field] }),
  );

export const bridgedInterface: Lookup = {
  text: 'the interface is in no bridge domain',
  message: 'bridge_domain_dump',
  ask: () => ({ bd_id: ALL, sw_if_index: ALL }),
  isHarmless: ({ sw_if_index }, rows) =>
    rows.some(({ sw_if_details }) =>
      (sw_if_details as readonly Fields[]).some((row) => row.sw_if_index === sw_if_index),
    ),
};

export const tenant = listed('there is no tenant (sfdp_tenant_add_del)', 'sfdp_tenant_dump', () => true);

export const pnatInterface = listed('PNAT is on no interface (pnat_binding_attach)', 'pnat_interfaces_get', () => true);
