/** The messages that each kind of object uses, so that a program can ask whether the running VPP has what it needs. */

import type { Channel, Untyped } from '../mux/index.js';
import { newest } from './exchange.js';

/** Messages that there are several versions of, the newest first; the first that the running VPP has is used. */
export const VERSIONS = {
  routeChange: ['ip_route_add_del_v2', 'ip_route_add_del'],
  routeDump: ['ip_route_v2_dump', 'ip_route_dump'],
  routeLookup: ['ip_route_lookup_v2', 'ip_route_lookup'],
  bridgeDomainChange: ['bridge_domain_add_del_v2', 'bridge_domain_add_del'],
} as const;

const MESSAGES = {
  interfaces: [
    ['sw_interface_dump'],
    ['ip_address_dump'],
    ['sw_interface_add_del_address'],
    ['sw_interface_set_flags'],
    ['create_loopback'],
    ['create_loopback_instance'],
    ['delete_loopback'],
  ],
  routes: [['sw_interface_dump'], VERSIONS.routeChange, VERSIONS.routeDump, VERSIONS.routeLookup, ['fib_source_dump']],
  neighbors: [['sw_interface_dump'], ['ip_neighbor_dump']],
  bridgeDomains: [
    ['sw_interface_dump'],
    ['bridge_domain_dump'],
    VERSIONS.bridgeDomainChange,
    ['sw_interface_set_l2_bridge'],
  ],
  acls: [['sw_interface_dump'], ['acl_dump'], ['acl_interface_list_dump']],
  system: [['show_version'], ['cli_inband']],
} as const satisfies Readonly<Record<string, readonly (readonly [string, ...string[]])[]>>;

/** Kinds of objects: the names of the door. */
export type ObjectKind = keyof typeof MESSAGES;

/**
 * Lists the requests that these kinds of objects make on the running VPP, for `connection.compatibility(names)`. While no VPP is
 * connected: in their newest versions.
 */
export function messagesOf(channel: Channel<Untyped>, ...kinds: readonly ObjectKind[]): string[] {
  return [...new Set(kinds.flatMap((kind) => MESSAGES[kind].map((versions) => newest(channel, versions))))];
}
