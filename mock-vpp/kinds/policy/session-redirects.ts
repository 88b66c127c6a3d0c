/** Redirects of the packets that a classify session matches. Facts of VPP 26.06, odd ones included. */
import type { Fields } from '../../../src/mux/internal.js';
import type { Dataplane } from '../../dataplane/dataplane.js';
import { Pool } from '../../dataplane/pool.js';
import { checkedPaths } from '../../dataplane/routing/checked-paths.js';
import { type PathList, PathProto, pathList } from '../../dataplane/routing/paths.js';
import { defineKind, type KindHandler } from '../../kind.js';
import { Retval } from '../../retvals.js';
import { classifyTables } from './classify-tables.js';

const ALL = 0xffffffff;
/** The protocol of the first path, as with every other number that is none. */
const OF_PATHS = 0xffffffff;
const PROTOCOLS = 5;
const MATCH_SIZE = 80;
const SET_METADATA = 3;

interface Redirect {
  readonly index: number;
  readonly tableIndex: number;
  readonly match: Buffer;
  /** Fields of the details that an update changes. */
  fields: Fields;
  paths: PathList;
}

export class SessionRedirects {
  readonly pool = new Pool<Redirect>();
  private readonly byMatch = new Map<string, Redirect>();

  constructor(private readonly dataplane: Dataplane) {}

  /** Adds or changes a redirect. As VPP does, it keeps one whose table is refused. */
  put(tableIndex: number, match: Buffer, fields: Fields, paths: PathList): number {
    const { tables } = this.dataplane;
    tables.acquire(paths);
    const key = keyOf(tableIndex, match);
    const known = this.byMatch.get(key);
    if (known === undefined) {
      this.byMatch.set(
        key,
        this.pool.add((index) => ({ index, tableIndex, match, fields, paths })),
      );
    } else {
      tables.release(known.paths);
      Object.assign(known, { fields, paths });
    }
    const opaque = Number(fields.opaque_index);
    const session = { hitNext: 0, opaque, advance: 0, action: SET_METADATA, metadata: 0 };
    return this.dataplane.of(classifyTables).addSession(tableIndex, match, session);
  }

  remove(tableIndex: number, match: Buffer): number {
    const key = keyOf(tableIndex, match);
    const known = this.byMatch.get(key);
    if (known === undefined) return Retval.NO_SUCH_ENTRY;
    const retval = this.dataplane.of(classifyTables).removeSession(tableIndex, match);
    if (retval !== Retval.OK) return retval;
    this.dataplane.tables.release(known.paths);
    this.byMatch.delete(key);
    this.pool.remove(known.index);
    return Retval.OK;
  }
}

const keyOf = (tableIndex: number, match: Buffer) => `${tableIndex} ${match.toString('hex')}`;

export const sessionRedirects = defineKind({
  name: 'sessionRedirects',
  title: 'redirects of sessions',
  state: (dataplane) => new SessionRedirects(dataplane),
  handlers: {
    ip_session_redirect_add: adds(() => OF_PATHS),
    ip_session_redirect_add_v2: adds(({ proto }) => Number(proto)),

    ip_session_redirect_del: ({ table_index, match }, _, redirects) =>
      redirects.remove(Number(table_index), Buffer.from(match as Uint8Array)),

    ip_session_redirect_dump: ({ table_index }, _, { pool }) =>
      [...pool.values()]
        .filter(({ tableIndex }) => [ALL, tableIndex].includes(Number(table_index)))
        .map(({ tableIndex, match, fields, paths: { paths } }): Fields => {
          const padded = Buffer.concat([match, Buffer.alloc(MATCH_SIZE - match.length)]);
          const given = { table_index: tableIndex, match_length: match.length, match: padded };
          return { ...given, ...fields, n_paths: paths.length, paths: paths.map((path) => path.fields) };
        }),
  },
});

function adds(protoOf: (fields: Fields) => number): KindHandler<SessionRedirects> {
  return (fields, { dataplane }, redirects) => {
    const given = fields.paths as Fields[];
    if (given.length === 0) return Retval.NO_PATHS_IN_ROUTE;
    const paths = checkedPaths(given, dataplane);
    if (typeof paths === 'number') return paths;
    const asked = protoOf(fields);
    const proto = asked >= PROTOCOLS ? Number(given[0].proto) : asked;
    if (proto !== PathProto.IP4 && proto !== PathProto.IP6) return Retval.INVALID_ADDRESS_FAMILY;
    const match = Buffer.from((fields.match as Uint8Array).subarray(0, Number(fields.match_len)));
    const { opaque_index, is_punt } = fields;
    const kept = { opaque_index, is_punt, is_ip6: proto === PathProto.IP6 };
    return redirects.put(Number(fields.table_index), match, kept, pathList(paths));
  };
}
