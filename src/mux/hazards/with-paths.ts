/** Paths that harm, in all requests that have paths. */

import type { Fields } from '../codec/codec.js';
import { ALL, type Condition, type Hazard, type Lookup, listed, SOURCE, TRIED } from './hazard.js';
import { MPLS, pathsOf, Type } from './paths-of.js';

/** All requests whose fields have paths. */
const WITH_PATHS: readonly string[] = [
  'ip_route_add_del',
  'ip_route_add_del_v2',
  'ip_mroute_add_del',
  'mpls_route_add_del',
  'mpls_tunnel_add_del',
  'abf_policy_add_del',
  'l3xc_update',
  'bier_route_add_del',
  'bier_disp_entry_add_del',
  'add_del_ip_punt_redirect_v2',
  'ip_session_redirect_add',
  'ip_session_redirect_add_v2',
];

/** VPP refuses these paths in a BIER disposition. */
const forwarding = WITH_PATHS.filter((message) => message !== 'bier_disp_entry_add_del');

/** A path to a next hop. */
const NORMAL = 0;

const udpEncapPaths = pathsOf(({ type }) => type === Type.UDP_ENCAP);
const bierPaths = pathsOf(({ type }) => type === Type.BIER_IMP);
const localPaths = pathsOf(({ type, sw_if_index }) => type === Type.LOCAL && sw_if_index !== ALL);
const receivePaths = pathsOf(
  ({ type, sw_if_index }) => (type === Type.DVR || type === Type.INTERFACE_RX) && sw_if_index === ALL,
);
const mplsPaths = pathsOf(({ type, proto }) => type === NORMAL && proto === MPLS);

/** A path of this type is anywhere among the fields: routes of IP and MPLS, ABF policies and cross-connects have such. */
export const hasUdpEncap: Condition = { text: 'a path has the type UDP_ENCAP', ...udpEncapPaths };

export const hasBierImp: Condition = { text: 'a path has the type BIER_IMP', ...bierPaths };

const receivesNowhere: Condition = {
  text: 'a path has the type DVR or INTERFACE_RX and the sw_if_index ~0',
  ...receivePaths,
};

const isLocalOnInterface: Condition = { text: 'a path has the type LOCAL and a sw_if_index', ...localPaths };

const isMpls: Condition = { text: 'a path has the type NORMAL and the proto MPLS', ...mplsPaths };

const idOf = ({ nh }: Fields) => (nh as Fields).obj_id;

const udpEncap: Lookup = {
  text: 'there is no UDP encapsulation with its nh.obj_id (udp_encap_add)',
  message: 'udp_encap_dump',
  ask: () => ({}),
  isHarmless(fields, rows) {
    const known = new Set(rows.map((row) => (row.udp_encap as Fields).id));
    return udpEncapPaths.in(fields).every((path) => known.has(idOf(path)));
  },
};

/** The details of bier_imp_dump lack the index: the command line shows it. */
const bierImp: Lookup = {
  text: 'there is no BIER imposition with its nh.obj_id (bier_imp_add)',
  message: 'cli_inband',
  ask: () => ({ cmd: 'show bier imp' }),
  isHarmless: (fields, [{ reply }]) =>
    bierPaths.in(fields).every((path) => String(reply).includes(`bier-imp:[${String(idOf(path))}]:`)),
};

const localInterface: Lookup = {
  text: 'there is no interface with its sw_if_index',
  message: 'sw_interface_dump',
  ask: () => ({ sw_if_index: ALL }),
  isHarmless(fields, rows) {
    const known = new Set(rows.map(({ sw_if_index }) => sw_if_index));
    return localPaths.in(fields).every(({ sw_if_index }) => known.has(sw_if_index));
  },
};

const mplsTable = listed(
  'there is no MPLS table (mpls_table_add_del)',
  'mpls_table_dump',
  ({ mt_table }) => (mt_table as Fields).mt_table_id === 0,
);

/** Messages that were not tried themselves; the same function of VPP reads their paths. */
const evidence = (message: string) => (message === 'ip_session_redirect_add' ? SOURCE : TRIED);

export const PATHS: readonly Hazard[] = [
  ...WITH_PATHS.map(
    (message): Hazard => ({
      message,
      when: hasUdpEncap,
      lookup: udpEncap,
      reason: 'does not look whether there is such an encapsulation, and dies',
      ...(/^ip_m?route|redirect_v2$|abf_policy|l3xc|mpls_tunnel/.test(message) ? TRIED : SOURCE),
    }),
  ),
  ...forwarding.map(
    (message): Hazard => ({
      message,
      when: hasBierImp,
      lookup: bierImp,
      reason: 'does not look whether there is such an imposition, and dies',
      ...evidence(message),
    }),
  ),
  ...forwarding.map(
    (message): Hazard => ({
      message,
      when: receivesNowhere,
      reason: 'makes room for every index up to this one, runs out of memory and dies',
      ...evidence(message),
    }),
  ),
  // Routes of MPLS need a table anyway, and BIER takes such a path for a label.
  ...forwarding
    .filter((message) => !/^(mpls|bier)_route/.test(message))
    .map(
      (message): Hazard => ({
        message,
        when: isMpls,
        lookup: mplsTable,
        reason: 'looks its label up in a table that there may not be, and dies',
        ...evidence(message),
      }),
    ),
  ...['ip_route_add_del', 'ip_route_add_del_v2'].map(
    (message): Hazard => ({
      message,
      when: isLocalOnInterface,
      lookup: localInterface,
      reason: 'does not look whether there is such an interface, and dies',
      ...TRIED,
    }),
  ),
];
