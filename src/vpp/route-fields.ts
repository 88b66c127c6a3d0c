/** Converts a route to the fields of the message that adds or removes it. */

import type { RequestFields } from '../mux/index.js';
import { NONE } from './exchange.js';
import type { InterfaceTable } from './interface-table.js';
import { isV6 } from './ip-text.js';
import type { Messages } from './release.js';
import { PATH_TYPES, type Route, type RoutePath } from './route.js';

/** `route` of ip_route_add_del and of its v2, as far as both have it. */
export type RouteFields = RequestFields<Messages, 'ip_route_add_del'>['route'] &
  RequestFields<Messages, 'ip_route_add_del_v2'>['route'];
type PathFields = NonNullable<RouteFields['paths']>[number];

/** Throws NOT_FOUND for an interface that is not there. */
export function routeFields({ prefix, table = 0, paths = [] }: Route, interfaces: InterfaceTable): RouteFields {
  const v6 = isV6(prefix);
  return {
    table_id: table,
    prefix,
    paths: paths.map((path, i) => pathFields(path, v6, interfaces, `paths[${i}].interface`)),
  };
}

function pathFields(path: RoutePath, v6: boolean, interfaces: InterfaceTable, where: string): PathFields {
  const { type = 'via', nextHop, interface: ref, table = 0, weight = 1, preference = 0 } = path;
  const hop6 = nextHop === undefined ? v6 : isV6(nextHop);
  const common = {
    sw_if_index: ref === undefined ? NONE : interfaces.find(ref, where).swIfIndex,
    table_id: table,
    weight,
    preference,
    type: PATH_TYPES[type],
  };
  // The protocol says which arm of the next hop's address counts.
  return hop6
    ? { ...common, proto: 1, nh: nextHop === undefined ? {} : { address: { ip6: nextHop } } }
    : { ...common, proto: 0, nh: nextHop === undefined ? {} : { address: { ip4: nextHop } } };
}
