/** The routes that came over the API, of all IP tables of VPP: what other sources have put in is not even sent. */

import { pathsText, prefixIn, type RouteDetails, routePathsOf } from '../../../vpp/for-wish.js';
import type { Found } from '../kind.js';
import type { VppSnapshot } from '../snapshot.js';
import { type Route, routeName } from './wished-routes.js';

export async function foundRoutes(vpp: VppSnapshot): Promise<Found<Route>[]> {
  const sources = (await vpp.dump('fib_source_dump')).map(({ src }) => src as { id: number; name: string });
  const src = sources.find(({ name }) => name === 'API')?.id;
  if (src === undefined) throw new Error('VPP names no source of routes API');
  const interfaces = { nameOf: (index: number) => vpp.nameOf(index) ?? String(index) };
  const found: Found<Route>[] = [];
  for (const { table } of await vpp.dump('ip_table_dump')) {
    const { table_id, is_ip6 } = table as { table_id: number; is_ip6: boolean };
    await vpp.each('ip_route_v2_dump', { table: { table_id, is_ip6 }, src }, (details) => {
      const route = details.route as RouteDetails;
      if (route.src !== src) return;
      const prefix = prefixIn(route);
      const value = { prefix, table: table_id, paths: pathsText(routePathsOf(route, interfaces), prefix) };
      found.push({ name: routeName(prefix, table_id), value });
    });
  }
  return found;
}
