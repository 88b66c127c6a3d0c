/** Questions to VPP before a message is sent that ends it where it names something that is not there. */

import type { Fields } from '../codec/codec.js';
import { type Condition, type Lookup, listed } from './hazard.js';

/** An interface with the index in `field`. */
export const interfaceIn = (field: string): Lookup =>
  listed(
    `there is no interface with this ${field}`,
    'sw_interface_dump',
    (row, fields) => row.sw_if_index === fields[field],
    (fields) => ({ sw_if_index: fields[field] }),
  );

export const abfPolicy = listed(
  'there is no ABF policy with this policy_id',
  'abf_policy_dump',
  (row, { attach }) => (row.policy as Fields).policy_id === (attach as Fields).policy_id,
);

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

/** Its tables have a size only while it is on. */
export const nat44EiEnabled: Lookup = {
  text: 'NAT44 EI is off (nat44_ei_plugin_enable_disable)',
  message: 'nat44_ei_show_running_config',
  ask: () => ({}),
  isHarmless: (_fields, [{ sessions }]) => sessions !== 0,
};

/** End.DT6 among the local SIDs. No message lists them without harm: the command line does. */
export const noDt6: Lookup = {
  text: 'there is a local SID with End.DT6 or End.T',
  message: 'cli_inband',
  ask: () => ({ cmd: 'show sr localsids' }),
  isHarmless: (_fields, [{ reply }]) => !/Behavior:\s{0,8}(DT6|T) /.test(String(reply)),
};

/** Not `show dns servers`: with a server of IPv6 that ends VPP 26.06 itself. */
export const dnsEnabled: Lookup = {
  text: 'DNS is disabled (dns_name_server_add_del, dns_enable_disable)',
  message: 'cli_inband',
  ask: () => ({ cmd: 'show dns cache' }),
  isHarmless: (_fields, [{ reply }]) => !/is disabled/.test(String(reply)),
};

const FIB_API_PATH_TYPE_UDP_ENCAP = 3;

/** A path of this type is anywhere among the fields: routes of IP and MPLS, ABF policies and cross-connects have such. */
export const hasUdpEncap: Condition = {
  text: 'a path has the type UDP_ENCAP',
  holds: (fields) => udpEncapIds(fields).length > 0,
  mayHold: ({ paths, route }) =>
    mayBeUdpEncap(paths) || (isStruct(route) && mayBeUdpEncap(route.paths)) || (!paths && !route),
};

export const udpEncap: Lookup = {
  text: 'there is no UDP encapsulation with its nh.obj_id (udp_encap_add)',
  message: 'udp_encap_dump',
  ask: () => ({}),
  isHarmless(fields, rows) {
    const known = new Set(rows.map((row) => (row.udp_encap as Fields).id));
    return udpEncapIds(fields).every((id) => known.has(id));
  },
};

/** A quick look at routes, which come by the million; a path of any other message is always looked at. */
function mayBeUdpEncap(paths: unknown): boolean {
  if (!Array.isArray(paths)) return false;
  for (const each of paths) {
    // A path of a multicast route stands in a struct of its own.
    const type: unknown = (each?.path ?? each)?.type;
    if (type === FIB_API_PATH_TYPE_UDP_ENCAP || (typeof type === 'string' && /encap/i.test(type))) return true;
  }
  return false;
}

/** Paths stand at most three structs deep: `paths`, `l3xc.paths`, `route.paths[].path`. */
function udpEncapIds(fields: Fields, depth = 3): unknown[] {
  if (isUdpEncap(fields)) return [fields.nh.obj_id];
  if (depth === 0) return [];
  return Object.values(fields).flatMap((value) => {
    const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
    return parts.filter(isStruct).flatMap((part) => udpEncapIds(part, depth - 1));
  });
}

const isStruct = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value);

const isUdpEncap = (path: Fields): path is Fields & { readonly nh: Fields } =>
  path.type === FIB_API_PATH_TYPE_UDP_ENCAP && isStruct(path.nh);
