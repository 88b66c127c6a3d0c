/** Questions to VPP before a message is sent that ends it where it names something that is not there. */

import type { Fields } from '../codec/codec.js';
import { type Condition, type Lookup, listed } from './hazard.js';
import { pathsOf } from './paths-of.js';

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

/** Redirects without a path, as the newer dump lists them without harm. */
export const noEmptyRedirect: Lookup = {
  text: 'a redirect of punts has no paths (add_del_ip_punt_redirect_v2)',
  message: 'ip_punt_redirect_v2_dump',
  ask: ({ sw_if_index, is_ipv6 }) => ({ sw_if_index, af: is_ipv6 === true ? 1 : 0 }),
  isHarmless: (_fields, rows) => rows.every(({ punt }) => (punt as { paths: readonly unknown[] }).paths.length > 0),
};

const udpEncapPaths = pathsOf(3, /encap/i);
const bierPaths = pathsOf(4, /bier/i);

/** A path of this type is anywhere among the fields: routes of IP and MPLS, ABF policies and cross-connects have such. */
export const hasUdpEncap: Condition = { text: 'a path has the type UDP_ENCAP', ...udpEncapPaths };

export const hasBierImp: Condition = { text: 'a path has the type BIER_IMP', ...bierPaths };

export const udpEncap: Lookup = {
  text: 'there is no UDP encapsulation with its nh.obj_id (udp_encap_add)',
  message: 'udp_encap_dump',
  ask: () => ({}),
  isHarmless(fields, rows) {
    const known = new Set(rows.map((row) => (row.udp_encap as Fields).id));
    return udpEncapPaths.ids(fields).every((id) => known.has(id));
  },
};

/** The details of bier_imp_dump lack the index: the command line shows it. */
export const bierImp: Lookup = {
  text: 'there is no BIER imposition with its nh.obj_id (bier_imp_add)',
  message: 'cli_inband',
  ask: () => ({ cmd: 'show bier imp' }),
  isHarmless: (fields, [{ reply }]) =>
    bierPaths.ids(fields).every((id) => String(reply).includes(`bier-imp:[${String(id)}]:`)),
};
