/** Parameters that all reads and writes of objects share, and the choice among versions of a message. */

import type { Channel, RequestOptions, Untyped } from '../mux/index.js';
import type { Messages } from './release.js';

/** Options of every call: the deadline of each of its messages in milliseconds, and a signal that gives it up. */
export type ExchangeOptions = Pick<RequestOptions, 'timeoutMs' | 'signal'>;

/** VPP's number for "none" and for "all": no interface has this sw_if_index, no bridge domain and no ACL this number. */
export const NONE = 0xffffffff;

/** Largest number of an interface, an IP table, an ACL. */
export const MAX_INDEX = NONE - 1;

/** The channel with the messages of a release: the compiler checks what is sent and read. */
export function typed(channel: Channel<Untyped>): Channel<Messages> {
  return channel;
}

/** Name of the first of `versions` that the running VPP has. While no VPP is connected the first, which fails as it should. */
export function newest<Name extends string>(channel: Channel<Untyped>, versions: readonly [Name, ...Name[]]): Name {
  return versions.find((name) => channel.has(name)) ?? versions[0];
}
