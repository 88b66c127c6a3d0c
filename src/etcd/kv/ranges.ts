/** Keys and prefixes as etcd wants them: a range from a key to, not with, another. */

import type { Content, KeyValue, Prefix } from '../types.js';
import type { RawKeyValue } from '../wire/messages.js';

export const bytesOf = (content: Content): Uint8Array => (typeof content === 'string' ? Buffer.from(content) : content);

/** Name of a key or prefix for errors. */
export const shownKey = (what: Content | Prefix): string => {
  if (typeof what === 'string') return what;
  return what instanceof Uint8Array ? Buffer.from(what).toString() : `${what.prefix}*`;
};

export interface KeyRange {
  readonly key: Uint8Array;
  /** Undefined for one key. */
  readonly rangeEnd?: Uint8Array;
}

export function rangeOf(what: Content | Prefix): KeyRange {
  if (typeof what === 'string' || what instanceof Uint8Array) return { key: bytesOf(what) };
  const key = Buffer.from(what.prefix);
  // etcd takes no empty key; a zero byte is the first key that there can be.
  return key.length === 0 ? { key: Buffer.of(0), rangeEnd: Buffer.of(0) } : { key, rangeEnd: endOfPrefix(key) };
}

/** The first key behind all that begin with `prefix`: its last byte that is not 255, plus 1. A zero byte means: to the end. */
function endOfPrefix(prefix: Buffer): Buffer {
  let last = prefix.length - 1;
  while (last >= 0 && prefix[last] === 0xff) last--;
  if (last < 0) return Buffer.of(0);
  const end = Buffer.from(prefix.subarray(0, last + 1));
  end[last]++;
  return end;
}

/** The key right behind this one. */
export const keyAfter = (key: Uint8Array): Buffer => Buffer.concat([key, Buffer.of(0)]);

export const keyValue = (raw: RawKeyValue): KeyValue => {
  const { key: keyBytes, ...rest } = raw;
  return { key: keyBytes.toString(), keyBytes, ...rest };
};
