/** Reads and writes of keys. */

import type { RequestOptions, Rpc } from '../link/rpc.js';
import type { Content, KeyValue, Prefix } from '../types.js';
import { COMPACT, DELETE, PUT, RANGE } from '../wire/methods.js';
import { bytesOf, keyValue, rangeOf, shownKey } from './ranges.js';

export interface GetOptions extends RequestOptions {
  /** Read as it was in this revision; default: now. */
  readonly revision?: number;
  /** Let the member that is asked answer for itself, which may be behind; default: false, all members agree. */
  readonly serializable?: boolean;
}

/** @throws EtcdError. Undefined where there is no such key. */
export async function get(rpc: Rpc, key: Content, options: GetOptions = {}): Promise<KeyValue | undefined> {
  const { revision, serializable } = options;
  const request = { ...rangeOf(key), revision, serializable };
  const { kvs } = await rpc.request(RANGE, request, options, { key: shownKey(key) });
  return kvs.length === 0 ? undefined : keyValue(kvs[0]);
}

export interface PutOptions extends RequestOptions {
  /** Id of the lease that the key ends with. */
  readonly lease?: bigint;
}

/** Gives the revision of the store that has it. @throws EtcdError */
export async function put(rpc: Rpc, key: Content, value: Content, options: PutOptions = {}): Promise<number> {
  const request = { key: bytesOf(key), value: bytesOf(value), lease: options.lease };
  const { header } = await rpc.request(PUT, request, options, { key: shownKey(key) });
  return header?.revision ?? 0;
}

/** Gives how many keys there were. @throws EtcdError */
export async function remove(rpc: Rpc, what: Content | Prefix, options?: RequestOptions): Promise<number> {
  const { deleted } = await rpc.request(DELETE, rangeOf(what), options, { key: shownKey(what) });
  return deleted;
}

/** Lets etcd forget what was before `revision`. @throws EtcdError */
export async function compact(rpc: Rpc, revision: number, options?: RequestOptions): Promise<void> {
  await rpc.request(COMPACT, { revision, physical: true }, options);
}
