/** Routes: add, delete, dump, look up. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { parsePrefix } from '../../dataplane/l3/ip.js';
import { prefixText, Source } from '../../dataplane/routing/fib.js';
import { NO_INTERFACE, refusalOf, withoutPaths, withPaths } from '../../dataplane/routing/paths.js';
import type { Answer } from '../../handlers/answers.js';
import type { Call } from '../../handlers/call.js';
import { defineKind, type KindHandlers } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { outgoing } from '../../wire/outgoing.js';
import { RouteWriter } from './route-frames.js';
import { RouteReader, type RouteRequest } from './route-request.js';

export const routes = defineKind({ name: 'routes', title: 'routes', handlers: makeHandlers });

/** Makes the handlers, anew for each mock: the readers remember paths. */
function makeHandlers(): KindHandlers<undefined> {
  const readers = new Map<string, RouteReader>();
  const addDel = (name: string) => ({
    raw: (call: Call): Answer => {
      const reader = readers.get(name) ?? new RouteReader(call.vpp.schema.message(name));
      readers.set(name, reader);
      const request = reader.read(call);
      const done = typeof request === 'number' ? request : changeRoute(request, call.dataplane);
      if (typeof done === 'number') return { retval: done, stats_index: NO_INTERFACE };
      return done;
    },
  });
  return {
    ip_route_add_del: addDel('ip_route_add_del'),
    ip_route_add_del_v2: addDel('ip_route_add_del_v2'),
    ip_route_dump: (fields, call) => dump(fields.table as Fields, 0, call, 'ip_route_details'),
    ip_route_v2_dump: (fields, call) => dump(fields.table as Fields, Number(fields.src), call, 'ip_route_v2_details'),
    ip_route_lookup: (fields, call) => lookup(fields, call, false),
    ip_route_lookup_v2: (fields, call) => lookup(fields, call, true),
  };
}

/** Gives the route of a prefix, or where it need not be `exact`, the one around it; its source where the message has one. */
function lookup({ table_id, exact, prefix }: Fields, { dataplane }: Call, hasSource: boolean): Fields | number {
  if (typeof prefix !== 'string') return Retval.NO_SUCH_ENTRY; // of an impossible length
  const wanted = parsePrefix(prefix);
  const table = dataplane.tables.find(Number(table_id), wanted.v6);
  if (table === undefined) return Retval.NO_SUCH_FIB;
  const found = table.lookup(wanted, Boolean(exact));
  if (found === undefined) return Retval.NO_SUCH_ENTRY;
  const { statsIndex: stats_index, source: src, paths } = found;
  const fields = { table_id, stats_index, prefix: prefixText(found), ...(hasSource && { src }) };
  return { route: { ...fields, n_paths: paths.paths.length, paths: paths.paths.map((path) => path.fields) } };
}

/** VPP returns a route's stats index when it is added, and ~0 otherwise; deleting a route that is not there succeeds. */
export function changeRoute(request: RouteRequest, dataplane: Dataplane): Fields | number {
  const { isAdd, isMultipath, table, key, given, length, paths } = request;
  const source = request.source || Source.API;
  const refusal = refusalOf(paths.paths, dataplane);
  if (refusal !== Retval.OK) return refusal;
  if (paths.paths.length === 0 && (isAdd || isMultipath)) return Retval.NO_PATHS_IN_ROUTE;
  const { tables } = dataplane;
  const known = table.pathsOf(key, length, source);
  const wanted = isAdd
    ? isMultipath
      ? withPaths(known, paths)
      : paths
    : isMultipath && known && withoutPaths(known, paths);
  if (wanted) {
    tables.acquire(wanted);
    const { statsIndex } = table.set(key, length, source, wanted, given);
    if (known !== undefined) tables.release(known);
    return isAdd ? { stats_index: statsIndex } : Retval.OK;
  }
  if (known !== undefined) {
    table.remove(key, length, source);
    tables.release(known);
  }
  return Retval.OK;
}

/** Lists the routes of a table; an unknown one has none. `source` 0: all sources. */
function dump(table: Fields, source: number, { vpp, context }: Call, name: string): Answer {
  const found = vpp.dataplane.tables.find(Number(table.table_id), Boolean(table.is_ip6));
  const details = outgoing(vpp.schema, vpp.table, name);
  if (found === undefined || details === undefined) return [];
  const writer = new RouteWriter(details);
  const routes = found.walk(source);
  return (client) => {
    for (let next = routes.next(); !next.done; next = routes.next()) {
      writer.write(client, found, next.value, context);
      if (client.outbox.full) return false;
    }
    return true;
  };
}
