/** Classify tables: a mask over a packet's first bytes, and sessions by what is behind it. Facts of VPP 26.06, odd ones included. */
import { Retval } from '../../retvals.js';
import type { Dataplane } from '../dataplane.js';
import { Pool } from '../pool.js';
import { TableLocks } from '../routing/table-locks.js';

export const NO_TABLE = 0xffffffff;
/** Masks and matches are measured in vectors of so many bytes. */
export const VECTOR = 16;
const MAX_VECTORS = 5;

/** `action` of a session that moves packets to an IP table. */
const SET_TABLE = { IP4: 1, IP6: 2 } as const;

export interface NewTable {
  readonly mask: Uint8Array;
  readonly buckets: number;
  readonly memory: number;
  /** Vectors to skip, and to match. */
  readonly skip: number;
  readonly match: number;
  readonly next: number;
  readonly missNext: number;
}

export interface ClassifyTable extends NewTable {
  readonly index: number;
  next: number;
  /** Sessions by their key in hex. */
  readonly sessions: Map<string, Session>;
}

export interface SessionOptions {
  readonly hitNext: number;
  readonly opaque: number;
  readonly advance: number;
  readonly action: number;
  readonly metadata: number;
}

interface Session extends SessionOptions {
  /** The matched bytes, as far as the mask has them. */
  readonly key: Uint8Array;
}

export class Classifier {
  readonly tables = new Pool<ClassifyTable>();
  private readonly locks: readonly [TableLocks, TableLocks];

  constructor(dataplane: Dataplane) {
    this.locks = [new TableLocks(dataplane), new TableLocks(dataplane, true)];
  }

  has(index: number): boolean {
    return this.tables.get(index) !== undefined;
  }

  /** Tells whether a session moves, or ever moved, packets to an IP table. */
  usesTable(tableId: number, v6: boolean): boolean {
    return this.locks[v6 ? 1 : 0].has(tableId);
  }

  addTable(wanted: NewTable): ClassifyTable | number {
    if (wanted.memory === 0) return Retval.INVALID_MEMORY_SIZE;
    if (wanted.buckets === 0 || wanted.match < 1 || wanted.match > MAX_VECTORS) return Retval.INVALID_VALUE;
    const buckets = (2 ** Math.ceil(Math.log2(wanted.buckets))) >>> 0;
    return this.tables.add((index) => ({ ...wanted, buckets, index, sessions: new Map() }));
  }

  /** Whether the chain that begins with a table leads back into itself. */
  isRing(index: number): boolean {
    const seen = new Set<number>();
    for (let table = this.tables.get(index); table; table = this.tables.get(table.next)) {
      if (seen.has(table.index)) return true;
      seen.add(table.index);
    }
    return false;
  }

  /** Deletes a table, and with `chain` those behind it. VPP keeps it where it is applied, and the IP tables of its sessions. */
  removeTable(index: number, chain: boolean): void {
    for (let table = this.tables.get(index); table; table = chain ? this.tables.get(table.next) : undefined) {
      this.tables.remove(table.index);
    }
  }

  /** Adds the session that `match` is about, or replaces it. `match` begins with the vectors to skip. */
  addSession(tableIndex: number, match: Uint8Array, options: SessionOptions): number {
    const table = this.tables.get(tableIndex);
    if (table === undefined) return Retval.NO_SUCH_TABLE;
    const key = keyOf(table, match);
    // A session that is replaced keeps its IP table locked.
    this.lockOf(options)?.lock(options.metadata);
    table.sessions.set(Buffer.from(key).toString('hex'), { ...options, key });
    return Retval.OK;
  }

  removeSession(tableIndex: number, match: Uint8Array): number {
    const table = this.tables.get(tableIndex);
    if (table === undefined) return Retval.NO_SUCH_TABLE;
    const key = Buffer.from(keyOf(table, match)).toString('hex');
    const session = table.sessions.get(key);
    if (session === undefined) return Retval.NO_SUCH_ENTRY;
    table.sessions.delete(key);
    this.lockOf(session)?.unlock(session.metadata);
    return Retval.OK;
  }

  private lockOf({ action }: SessionOptions): TableLocks | undefined {
    if (action === SET_TABLE.IP4) return this.locks[0];
    return action === SET_TABLE.IP6 ? this.locks[1] : undefined;
  }
}

function keyOf({ mask, skip }: ClassifyTable, match: Uint8Array): Uint8Array {
  return mask.map((byte, i) => byte & (match[skip * VECTOR + i] ?? 0));
}
