/** Routes that come over the API: `x-vppmux.routes`. Those of routing daemons, of the CLI and of interfaces are not looked at. */

import { unknownInterfaces } from '../../checks/known-interfaces.js';
import { defineKind, type KindObject, type References } from '../kind.js';
import { foundRoutes } from './found-routes.js';
import { pathFields, readPaths } from './route-paths.js';
import { ROUTES_KEY, type Route, readRoutes, routesSection, wishedRoutes } from './wished-routes.js';

type RouteObject = KindObject<Route>;

const message = (refs: References, isAdd: boolean, { value: { prefix, table, paths: text } }: RouteObject) => {
  const paths = isAdd ? readPaths(text) : undefined;
  return {
    name: refs.newest('ip_route_add_del_v2', 'ip_route_add_del'),
    fields: {
      is_add: isAdd,
      is_multipath: false,
      route: {
        table_id: table,
        prefix,
        paths: paths === undefined ? [] : pathFields(paths, prefix.includes(':'), refs),
      },
    },
  };
};

export const routeKind = defineKind<Route>({
  name: 'route',
  ownership: 'wished',
  isLarge: true,
  messages: ['ip_route_add_del', 'ip_route_v2_dump', 'fib_source_dump', 'ip_table_dump'],
  section: { key: ROUTES_KEY, schema: routesSection },
  *check(wish) {
    const { problems, interfaces } = yield* readRoutes(wish);
    yield* problems;
    yield* unknownInterfaces(
      wish,
      [...interfaces].map(([name, path]) => [name, path.slice(1)] as const),
    );
  },
  wanted: (wish) => wishedRoutes(wish).wanted,
  read: foundRoutes,
  needs({ value: { table, paths } }) {
    const needs = readPaths(paths)?.needs ?? [];
    return table === 0 ? needs : [`table/${table}`, ...needs];
  },
  same: ({ value }, found) => value.paths === found.value.paths,
  create: (wanted, refs) => [message(refs, true, wanted)],
  change: (_found, wanted, refs) => [message(refs, true, wanted)],
  // It went with its table.
  remove: (found, refs) => [{ ...message(refs, false, found), settledBy: ['NO_SUCH_FIB'] }],
  describe(found, draft) {
    const lines = found
      .filter(({ value }) => readPaths(value.paths) !== undefined)
      .map(({ name, value }) => `${name} ${value.paths}`);
    if (lines.length > 0) draft.extra[ROUTES_KEY] = lines.length > MOST_ITEMS ? `${lines.join('\n')}\n` : lines;
  },
});

/** Routes that are written as a list; more of them as lines of one text, which is read much faster. */
const MOST_ITEMS = 20;
