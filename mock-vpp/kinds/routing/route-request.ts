/**
 * Reads ip_route_add_del and its v2 straight from the bytes: a million of them are to take seconds, not
 * minutes. Paths are decoded once for each different run of bytes, and shared from then on.
 */
import type { Fields, Message } from '../../../src/mux/internal.js';
import type { FibTable, Key } from '../../dataplane/routing/fib.js';
import { normalPath, type PathList, pathList } from '../../dataplane/routing/paths.js';
import type { Call } from '../../handlers/call.js';
import { findOffset, offsetOf } from '../../handlers/offsets.js';
import { Retval } from '../../retvals.js';

/** Different path lists that are remembered; beyond it all are forgotten and learnt anew. */
const KNOWN_PATHS = 4096;

export interface RouteRequest {
  readonly isAdd: boolean;
  readonly isMultipath: boolean;
  readonly table: FibTable;
  readonly key: Key;
  /** The key with its host bits. Default: none. */
  readonly given?: Key;
  readonly length: number;
  /** Number of the source; 0: not given. */
  readonly source: number;
  readonly paths: PathList;
}

export class RouteReader {
  private readonly at: Record<
    'isAdd' | 'isMultipath' | 'tableId' | 'family' | 'address' | 'length' | 'count' | 'paths',
    number
  >;
  /** Offset of the source; -1 in the first version of the message, which has none. */
  private readonly sourceAt: number;
  private readonly known = new Map<string, PathList | number>();

  constructor(private readonly message: Message) {
    const { def } = message;
    const route = (path: string) => offsetOf(def, `route.${path}`);
    this.at = {
      isAdd: offsetOf(def, 'is_add'),
      isMultipath: offsetOf(def, 'is_multipath'),
      tableId: route('table_id'),
      family: route('prefix.address.af'),
      address: route('prefix.address.un'),
      length: route('prefix.len'),
      count: route('n_paths'),
      paths: route('paths'),
    };
    this.sourceAt = findOffset(def, 'route.src');
  }

  /** Reads the request; gives the number that VPP refuses it with where it does. Throws FieldError when it ends too early. */
  read({ vpp, bytes, start, end }: Call): RouteRequest | number {
    const { at } = this;
    const v6 = bytes[start + at.family] === 1;
    const table = vpp.dataplane.tables.find(bytes.readUInt32BE(start + at.tableId), v6);
    if (table === undefined) return Retval.NO_SUCH_FIB;
    const paths = this.paths(bytes, start, end);
    if (typeof paths === 'number') return paths;
    const length = bytes[start + at.length];
    if (length > (v6 ? 128 : 32)) return Retval.INVALID_PREFIX_LENGTH;
    return {
      isAdd: bytes[start + at.isAdd] !== 0,
      isMultipath: bytes[start + at.isMultipath] !== 0,
      table,
      key: v6 ? key6(bytes, start + at.address, length) : key4(bytes, start + at.address, length),
      given: v6 ? key6(bytes, start + at.address, 128) : key4(bytes, start + at.address, 32),
      length,
      source: this.sourceAt < 0 ? 0 : bytes[start + this.sourceAt],
      paths,
    };
  }

  private paths(bytes: Buffer, start: number, end: number): PathList | number {
    const from = start + this.at.count;
    const known = bytes.toString('latin1', from, end);
    let paths = this.known.get(known);
    if (paths === undefined) {
      const { route } = this.message.read(bytes, start, end, { end }) as { route: { paths: Fields[] } };
      const normal = route.paths.map(normalPath);
      paths =
        normal.find((path) => typeof path === 'number') ?? pathList(normal.filter((path) => typeof path !== 'number'));
      if (this.known.size >= KNOWN_PATHS) this.known.clear();
      this.known.set(known, paths);
    }
    return paths;
  }
}

function key4(bytes: Buffer, at: number, length: number): number {
  return length === 0 ? 0 : bytes.readInt32BE(at) & (-1 << (32 - length));
}

function key6(bytes: Buffer, at: number, length: number): string {
  if (length === 128) return bytes.toString('latin1', at, at + 16);
  const masked = Buffer.alloc(16);
  bytes.copy(masked, 0, at, at + ((length + 7) >> 3));
  if (length & 7) masked[length >> 3] &= 0xff << (8 - (length & 7));
  return masked.toString('latin1', 0, 16);
}
