/**
 * The form of a wish: the format of vppcfg 0.0.7 (github.com/pimvanpelt/vppcfg, docs/config-guide.md), whose files are read as they
 * are. A value of nothing (`mtu:`) counts as none. Names that vppcfg compares by their beginning are compared so here.
 */

import { z } from 'zod';
import { addressOf, prefixOf } from '../vpp/index.js';
import { address, bool, form, interfaceAddress, mac, named } from './form-parts.js';

const name = z.string();
const description = z.string().regex(/^[^'"]*$/, 'must have no quotes in it');
const lcp = z
  .string()
  .max(15)
  .regex(/^[a-z]/, "must be the name of a Linux interface, which begins with a letter of 'a' to 'z'");
const mtu = z.int().min(128).max(9216);
const state = z.enum(['up', 'down']);
const tag = z.int().min(1).max(4095);

const encapsulation = form({}, { dot1q: tag, dot1ad: tag, 'inner-dot1q': tag, 'exact-match': bool });

const LAYER_3 = { lcp, mtu, unnumbered: name, mpls: bool };

const subInterface = form(
  {},
  { description, ...LAYER_3, addresses: z.array(interfaceAddress), encapsulation, l2xc: name, state },
);
const MOST_SUB_ID = 4_294_967_295;
const subId = z
  .string()
  .refine(
    (text) => /^[1-9]\d{0,9}$/.test(text) && Number(text) <= MOST_SUB_ID,
    `must be a number from 1 to ${MOST_SUB_ID}`,
  );
const addresses = z.array(interfaceAddress).min(1).max(6);

const itf = form(
  {},
  {
    description,
    mac,
    ...LAYER_3,
    addresses,
    'sub-interfaces': z.record(subId, subInterface),
    l2xc: name,
    state,
    'device-type': z.enum(['dpdk']),
    sflow: bool,
  },
);

const bond = form(
  {},
  {
    description,
    mac,
    interfaces: z.array(
      z.string().regex(/GigabitEthernet[0-9a-z]+\/\d+\/\d/, 'must be a physical interface, as GigabitEthernet3/0/0'),
    ),
    mode: z.enum(['round-robin', 'active-backup', 'broadcast', 'lacp', 'xor']),
    'load-balance': z.enum(['l2', 'l23', 'l34']),
  },
);

const loopback = form({}, { description, mac, ...LAYER_3, addresses });

const bridgeDomain = form(
  {},
  {
    description,
    mtu,
    bvi: z.string().regex(/^loop\d/, 'must be a loopback, as loop0'),
    interfaces: z.array(name),
    settings: form(
      {},
      {
        learn: bool,
        'unicast-flood': bool,
        'unknown-unicast-flood': bool,
        'unicast-forward': bool,
        'arp-termination': bool,
        'arp-unicast-forward': bool,
        'mac-age-minutes': z.int().min(0).max(255),
      },
    ),
  },
);

const tunnel = form({ local: address, remote: address, vni: z.int().min(1).max(16_777_215) }, { description });

const ring = z.int().min(8).max(32_768);
const hostName = z
  .string()
  .max(15)
  .regex(/^[a-z]/, 'must begin with a letter');
const tap = form(
  {
    host: form(
      { name: hostName },
      {
        mac,
        mtu,
        bridge: hostName,
        'bridge-create': bool,
        namespace: z
          .string()
          .max(64)
          .regex(/^[a-z]/, 'must begin with a letter'),
        'namespace-create': bool,
      },
    ),
  },
  { description, 'rx-ring-size': ring, 'tx-ring-size': ring },
);

const isAddress = (text: string) => addressOf(text) !== undefined || prefixOf(text) !== undefined;
const prefixList = form(
  { members: z.array(z.string().refine(isAddress, 'must be an address or a prefix')) },
  { description },
);

const port = z.union([
  z.int().min(1).max(65_535),
  z.string().regex(/^(?:[1-9]\d*-|-[1-9]\d*|[1-9]\d*-[1-9]\d*|[a-z][a-z0-9-]*)$/),
]);
const icmp = z.union([z.int().min(0).max(255), z.string().regex(/^(?:any|\d+-|-[1-9]\d*|\d*-[1-9]\d*)$/)]);
const term = form(
  { action: z.enum(['permit', 'deny', 'permit+reflect']) },
  {
    description,
    family: z.enum(['ipv4', 'ipv6', 'any']),
    source: z.string().min(1).max(56),
    destination: z.string().min(1).max(56),
    protocol: z.union([z.int().min(1).max(255), z.string().regex(/^[a-z][a-z0-9-]*$/)]),
    'source-port': port,
    'destination-port': port,
    'icmp-type': icmp,
    'icmp-code': icmp,
  },
);
const acl = form({ terms: z.array(term).min(1).max(100) }, { description });

const sflow = form(
  {},
  {
    'header-bytes': z.int().min(1).max(256),
    'polling-interval': z.int().min(5).max(600),
    'sampling-rate': z.int().min(100).max(1_000_000),
  },
);

const SHORT_NAME = 'must begin with a letter, of small letters, digits and hyphens';

export const wishForm = form(
  {},
  {
    interfaces: z.record(z.string(), itf),
    bondethernets: named(/^BondEthernet\d+$/, 'must be BondEthernet and a number', bond),
    loopbacks: named(/^loop\d+$/, 'must be loop and a number', loopback),
    bridgedomains: named(/^bd\d+$/, 'must be bd and a number', bridgeDomain),
    vxlan_tunnels: named(/^vxlan_tunnel\d+$/, 'must be vxlan_tunnel and a number', tunnel),
    taps: named(/^tap\d+$/, 'must be tap and a number', tap),
    prefixlists: z.record(
      z
        .string()
        .max(64)
        .regex(/^[a-z][a-z0-9-]/, SHORT_NAME),
      prefixList,
    ),
    acls: z.record(
      z
        .string()
        .max(56)
        .regex(/^[a-z][a-z0-9-]/, SHORT_NAME),
      acl,
    ),
    sflow,
  },
);

export type WishFile = z.output<typeof wishForm>;
export type WishedInterface = z.output<typeof itf>;
export type WishedSubInterface = z.output<typeof subInterface>;
export type WishedLoopback = z.output<typeof loopback>;
export type WishedTerm = z.output<typeof term>;
