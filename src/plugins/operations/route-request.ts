/** A route as VPP is asked to add or remove it. */

import type { Fields } from '../../mux/index.js';
import { type InterfaceTable, NO_INTERFACE } from './interface-table.js';
import { isV6 } from './ip-text.js';
import { PATH_TYPES, type Route, type RoutePath } from './route-input.js';

const IP4 = 0;
const IP6 = 1;

/** `route` of ip_route_add_del and of its v2. Throws ENOENT for an interface that is not there. */
export function routeFields({ prefix, table, paths }: Route, interfaces: InterfaceTable): Fields {
  const v6 = isV6(prefix);
  return {
    table_id: table,
    prefix,
    paths: paths.map((path, i) => pathFields(path, v6, interfaces, `paths[${i}].interface`)),
  };
}

function pathFields(path: RoutePath, v6: boolean, interfaces: InterfaceTable, where: string): Fields {
  const { type, nextHop, interface: ref, table, weight, preference } = path;
  const hop6 = nextHop === undefined ? v6 : isV6(nextHop);
  return {
    sw_if_index: ref === undefined ? NO_INTERFACE : interfaces.find(ref, where).swIfIndex,
    table_id: table,
    weight,
    preference,
    type: PATH_TYPES[type],
    proto: hop6 ? IP6 : IP4,
    nh: nextHop === undefined ? {} : { address: hop6 ? { ip6: nextHop } : { ip4: nextHop } },
  };
}
