/** Transactions on the contents of a folder, with etcd's rules and limits, so that what works here works there. */

import { StoreError } from '../errors.js';
import type { Comparison, Content, KeyValue, Operation, Prefix, Transaction, TransactionResult } from '../store.js';
import type { Contents } from './contents.js';
import { type TransactionLine, written } from './records.js';

/** Operations and bytes of a transaction: etcd's own limits. */
const MOST_OPERATIONS = 128;
const MOST_BYTES = 1.5 * 1024 * 1024;

export interface Evaluated {
  /** Changes for the log; none where nothing is changed. */
  readonly changes: NonNullable<TransactionLine['c']>;
  /** Bytes of the keys and values that it puts. */
  readonly bytes: number;
  readonly result: TransactionResult;
}

/** @throws StoreError STORE_REFUSED, STORE_NO_LEASE */
export function evaluate(contents: Contents, transaction: Transaction): Evaluated {
  const { compare = [], success = [], failure = [] } = transaction;
  for (const list of [compare, success, failure]) {
    if (list.length > MOST_OPERATIONS) throw refused(`more than ${MOST_OPERATIONS} operations`);
  }
  const succeeded = compare.every((one) => holds(contents, one));
  const run = new Run(contents);
  const results = (succeeded ? success : failure).map((one) => run.carryOut(one));
  const revision = contents.revision + (run.changes.length > 0 ? 1 : 0);
  return { changes: run.changes, bytes: run.bytes, result: { succeeded, results, revision } };
}

/** One list of operations: each sees what those before it did. */
class Run {
  readonly changes: NonNullable<TransactionLine['c']> = [];
  private readonly changed = new Map<string, KeyValue | undefined>();
  bytes = 0;

  constructor(private readonly contents: Contents) {}

  carryOut(one: Operation): TransactionResult['results'][number] {
    if ('put' in one) {
      const prev = this.put(textOf(one.put), Buffer.from(one.value as string), one.lease ?? 0n);
      return { kvs: one.prevKv && prev ? [prev] : [], deleted: 0 };
    }
    if ('delete' in one) {
      const kvs = this.find(one.delete);
      for (const { key } of kvs) this.remove(key);
      return { kvs: one.prevKv ? kvs : [], deleted: kvs.length };
    }
    const kvs = this.find(one.get);
    return { kvs: one.limit ? kvs.slice(0, one.limit) : kvs, deleted: 0 };
  }

  private put(key: string, value: Buffer, lease: bigint): KeyValue | undefined {
    if (key === '') throw refused('a key is empty');
    if (this.changed.has(key)) throw refused(`the key ${key} is changed twice`);
    if (lease !== 0n && !this.contents.leases.has(lease)) {
      throw new StoreError('STORE_NO_LEASE', `there is no lease ${lease.toString(16)}: it ended`);
    }
    this.bytes += Buffer.byteLength(key) + value.length;
    if (this.bytes > MOST_BYTES) throw refused(`it has more than ${MOST_BYTES} bytes`);
    const before = this.contents.get(key);
    const revision = this.contents.revision + 1;
    const createRevision = before?.createRevision ?? revision;
    const version = (before?.version ?? 0) + 1;
    const kv = { key, keyBytes: Buffer.from(key), value, createRevision, modRevision: revision, version, lease };
    this.changed.set(key, kv);
    this.changes.push({ k: key, ...written(value), ...(lease === 0n ? {} : { l: lease.toString(16) }) });
    return before;
  }

  private remove(key: string): void {
    if (this.changed.has(key)) throw refused(`the key ${key} is changed twice`);
    this.changed.set(key, undefined);
    this.changes.push({ d: key });
  }

  private find(what: Content | Prefix): KeyValue[] {
    if (typeof what === 'string' || what instanceof Uint8Array) {
      const key = textOf(what);
      const kv = this.changed.has(key) ? this.changed.get(key) : this.contents.get(key);
      return kv === undefined ? [] : [kv];
    }
    const { prefix } = what;
    const unchanged = this.contents.below(prefix).filter(({ key }) => !this.changed.has(key));
    const own = [...this.changed.values()].filter((kv) => kv?.key.startsWith(prefix)) as KeyValue[];
    return own.length === 0 ? unchanged : [...unchanged, ...own].sort((a, b) => Buffer.compare(a.keyBytes, b.keyBytes));
  }
}

function holds(contents: Contents, one: Comparison): boolean {
  const kv = contents.get(textOf(one.key));
  const { is = 'equal' } = one;
  if ('value' in one) {
    // As in etcd: no comparison of a value holds where there is none.
    return kv !== undefined && fits(is, Buffer.compare(kv.value, Buffer.from(one.value as string)));
  }
  if ('create' in one) return fits(is, (kv?.createRevision ?? 0) - one.create);
  if ('mod' in one) return fits(is, (kv?.modRevision ?? 0) - one.mod);
  if ('version' in one) return fits(is, (kv?.version ?? 0) - one.version);
  const lease = kv?.lease ?? 0n;
  return fits(is, lease === one.lease ? 0 : lease < one.lease ? -1 : 1);
}

function fits(is: NonNullable<Comparison['is']>, order: number): boolean {
  if (is === 'equal') return order === 0;
  if (is === 'notEqual') return order !== 0;
  return is === 'greater' ? order > 0 : order < 0;
}

/** A key as text. @throws StoreError STORE_REFUSED */
export function textOf(key: Content): string {
  const bytes = Buffer.from(key as string);
  const text = bytes.toString('utf8');
  if (typeof key !== 'string' && !Buffer.from(text).equals(bytes)) throw refused('a key is no text');
  return text;
}

const refused = (why: string) => new StoreError('STORE_REFUSED', `the transaction is not valid: ${why}`);
