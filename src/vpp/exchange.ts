/** Parameters that all reads and writes of objects share, and the choice among versions of a message. */

import type { Channel, Fields, RequestOptions } from '../mux/index.js';

/** Options of every call: the deadline of each of its messages in milliseconds, and a signal that gives it up. */
export type ExchangeOptions = Pick<RequestOptions, 'timeoutMs' | 'signal'>;

/** VPP's number for "none" and for "all": no interface has this sw_if_index, no bridge domain and no ACL this number. */
export const NONE = 0xffffffff;

/** Largest number of an interface, an IP table, an ACL. */
export const MAX_INDEX = NONE - 1;

/** Requests a list of details; rejects with what Channel.dump rejects with. */
export function dump(channel: Channel, name: string, fields: Fields, options: ExchangeOptions): Promise<Fields[]> {
  return channel.dump(name, fields, options).toArray();
}

/** Name of the first of `versions` that the running VPP has. While no VPP is connected the first, which fails as it should. */
export function newest(channel: Channel, versions: readonly [string, ...string[]]): string {
  return versions.find((name) => channel.has(name)) ?? versions[0];
}
