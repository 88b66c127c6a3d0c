/** Converts a route to the fields of the message that adds or removes it. */

import type { Fields } from '../mux/index.js';
import { NONE } from './exchange.js';
import type { InterfaceTable } from './interface-table.js';
import { isV6 } from './ip-text.js';
import { PATH_TYPES, type Route, type RoutePath } from './route.js';

const IP4 = 0;
const IP6 = 1;

/** `route` of ip_route_add_del and of its v2. Throws NOT_FOUND for an interface that is not there. */
export function routeFields({ prefix, table = 0, paths = [] }: Route, interfaces: InterfaceTable): Fields {
  const v6 = isV6(prefix);
  return {
    table_id: table,
    prefix,
    paths: paths.map((path, i) => pathFields(path, v6, interfaces, `paths[${i}].interface`)),
  };
}

function pathFields(path: RoutePath, v6: boolean, interfaces: InterfaceTable, where: string): Fields {
  const { type = 'via', nextHop, interface: ref, table = 0, weight = 1, preference = 0 } = path;
  const hop6 = nextHop === undefined ? v6 : isV6(nextHop);
  return {
    sw_if_index: ref === undefined ? NONE : interfaces.find(ref, where).swIfIndex,
    table_id: table,
    weight,
    preference,
    type: PATH_TYPES[type],
    proto: hop6 ? IP6 : IP4,
    nh: nextHop === undefined ? {} : { address: hop6 ? { ip6: nextHop } : { ip4: nextHop } },
  };
}
