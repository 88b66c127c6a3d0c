/**
 * Reads all keys below a prefix, as they were in one revision, in pages: etcd bounds no answer, this client does. A page that is too
 * large is asked for again in halves. Where the revision is compacted meanwhile, all of it is read anew.
 */

import { type EtcdError, etcdError } from '../errors.js';
import type { RequestOptions, Rpc } from '../link/rpc.js';
import type { KeyValue, Listing, Prefix } from '../types.js';
import { RANGE } from '../wire/methods.js';
import { keyAfter, keyValue, rangeOf, shownKey } from './ranges.js';

/** Keys of a page. */
const PAGE = 1000;
/** Readings that a compaction may interrupt. */
const MOST_READINGS = 5;

export interface ListOptions extends RequestOptions {
  /** Read as it was in this revision; default: now. */
  readonly revision?: number;
  /** Leave the values out. */
  readonly keysOnly?: boolean;
  /** Keys of all pages, and bytes of their values: more is an error. Default: 1,000,000 and 256 MiB. */
  readonly maxKeys?: number;
  readonly maxBytes?: number;
}

/** @throws EtcdError ETCD_TOO_LARGE for more than the bounds, ETCD_COMPACTED for a `revision` that is gone. */
export async function listPrefix(rpc: Rpc, what: Prefix, options: ListOptions = {}): Promise<Listing> {
  for (let reading = 1; ; reading++) {
    try {
      return await readPages(rpc, what, options);
    } catch (error) {
      const { code } = error as EtcdError;
      if (code !== 'ETCD_COMPACTED' || options.revision !== undefined || reading === MOST_READINGS) throw error;
    }
  }
}

async function readPages(rpc: Rpc, what: Prefix, options: ListOptions): Promise<Listing> {
  const { maxKeys = 1_000_000, maxBytes = 256 * 1024 * 1024, keysOnly } = options;
  const kvs: KeyValue[] = [];
  const { rangeEnd, key: first } = rangeOf(what);
  let { revision } = options;
  let key = first;
  let limit = PAGE;
  for (let size = 0; ; ) {
    const page = await readPage(rpc, { key, rangeEnd, revision, keysOnly, limit }, what, options);
    if (page === undefined) {
      limit = Math.ceil(limit / 4);
      continue;
    }
    revision ??= page.header?.revision ?? 0;
    for (const raw of page.kvs) {
      size += raw.key.length + raw.value.length;
      kvs.push(keyValue(raw));
    }
    if (kvs.length > maxKeys || size > maxBytes) throw tooLarge(what, kvs.length, size);
    const last = page.kvs.at(-1);
    if (!page.more || last === undefined) return { kvs, revision };
    key = keyAfter(last.key);
  }
}

/** Undefined for a page that is larger than an answer may be, if it can be made smaller. */
async function readPage(
  rpc: Rpc,
  request: { key: Uint8Array; rangeEnd?: Uint8Array; revision?: number; keysOnly?: boolean; limit: number },
  what: Prefix,
  options: ListOptions,
) {
  try {
    return await rpc.request(RANGE, request, options, { key: shownKey(what) });
  } catch (error) {
    if ((error as EtcdError).code === 'ETCD_TOO_LARGE' && request.limit > 1) return undefined;
    throw error;
  }
}

function tooLarge(what: Prefix, keys: number, bytes: number): EtcdError {
  const text = `there are more than ${keys} keys (${bytes} bytes) below ${shownKey(what)}, which is beyond the limit`;
  return etcdError('ETCD_TOO_LARGE', text, { key: shownKey(what), outcome: 'not-sent' });
}
