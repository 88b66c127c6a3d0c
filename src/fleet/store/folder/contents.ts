/** Keys and leases of a store in a folder as they are in one revision: what the lines of the log come to. */

import { StoreError } from '../errors.js';
import type { Change, KeyValue } from '../store.js';
import { contentOf, type HeldLine, type LeaseLine, leaseOf, type TransactionLine } from './records.js';

export interface HeldLease {
  readonly ttl: number;
  readonly keys: Set<string>;
}

export class Contents {
  private readonly keys = new Map<string, KeyValue>();
  readonly leases = new Map<bigint, HeldLease>();
  /** Bytes of all keys and values. */
  bytes = 0;

  constructor(
    readonly id: string,
    public revision: number,
  ) {}

  get size(): number {
    return this.keys.size;
  }

  get(key: string): KeyValue | undefined {
    return this.keys.get(key);
  }

  /** In the order of their bytes, as etcd gives them. */
  below(prefix: string): KeyValue[] {
    const found = prefix === '' ? [...this.keys.values()] : [...this.keys.values()].filter(inside(prefix));
    return found.sort((a, b) => Buffer.compare(a.keyBytes, b.keyBytes));
  }

  /** A key as the first lines of a file give it. */
  load({ k: key, c: createRevision, m: modRevision, n: version, l, ...value }: HeldLine): void {
    const lease = leaseOf(l);
    const bytes = contentOf(value);
    this.store({ key, keyBytes: Buffer.from(key), value: bytes, createRevision, modRevision, version, lease });
  }

  grant({ lease, ttl }: LeaseLine): void {
    this.leases.set(leaseOf(lease), { ttl, keys: new Set() });
  }

  /** Carries a transaction out; gives what it changed. @throws StoreError STORE_DAMAGED where one is missing before it. */
  apply({ r, c = [], grant, end = [] }: TransactionLine, where: string): Change[] {
    if (r !== this.revision + 1) {
      throw new StoreError('STORE_DAMAGED', `${where}: revision ${r} follows on ${this.revision}: lines are missing`);
    }
    this.revision = r;
    if (grant) this.grant(grant);
    const changes = c.flatMap((one): Change[] => ('d' in one ? this.remove(one.d) : [this.put(one.k, one)]));
    for (const id of end) this.leases.delete(leaseOf(id));
    return changes;
  }

  private put(key: string, { l, ...value }: { readonly v?: string; readonly b?: string; readonly l?: string }): Change {
    const { revision } = this;
    const before = this.keys.get(key);
    const kv: KeyValue = {
      key,
      keyBytes: before?.keyBytes ?? Buffer.from(key),
      value: contentOf(value),
      createRevision: before?.createRevision ?? revision,
      modRevision: revision,
      version: (before?.version ?? 0) + 1,
      lease: leaseOf(l),
    };
    this.store(kv);
    return { type: 'put', key, kv };
  }

  private store(kv: KeyValue): void {
    this.drop(kv.key);
    this.keys.set(kv.key, kv);
    this.bytes += sizeOf(kv);
    this.leases.get(kv.lease)?.keys.add(kv.key);
  }

  private remove(key: string): Change[] {
    return this.drop(key) ? [{ type: 'delete', key }] : [];
  }

  private drop(key: string): boolean {
    const before = this.keys.get(key);
    if (before === undefined) return false;
    this.keys.delete(key);
    this.bytes -= sizeOf(before);
    this.leases.get(before.lease)?.keys.delete(key);
    return true;
  }
}

const sizeOf = ({ keyBytes, value }: KeyValue) => keyBytes.length + value.length;

const inside =
  (prefix: string) =>
  ({ key }: KeyValue) =>
    key.startsWith(prefix);
