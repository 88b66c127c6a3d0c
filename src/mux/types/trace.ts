/** A message as a trace shows it, and a receiver of such messages. */

import type { Fields } from '../codec/codec.js';

export interface TraceEntry {
  /** Milliseconds since the process started, with a fraction. */
  readonly at: number;
  readonly direction: 'in' | 'out';
  /** Session of the connection, from 1. */
  readonly generation: number;
  /** Hash of the message table it was said under, as `Connection.tableHash`; undefined in the handshake. */
  readonly schema: string | undefined;
  /** Name and CRC; undefined when the id is not in VPP's table. */
  readonly name: string | undefined;
  readonly crc: string | undefined;
  readonly context: number | undefined;
  /** Number of the channel that sent the request, or that the answer is for, and its name; undefined for events. 0: the mux itself. */
  readonly channel: number | undefined;
  readonly channelName: string | undefined;
  /** The whole body, `_vl_msg_id` first; an own copy. */
  readonly body: Uint8Array;
  /** Bytes beyond the definition; undefined where that cannot be told. */
  readonly trailing: number | undefined;
  /** Decoded as the channels do; undefined where the definition is not known or the message cut short. */
  fields(): Fields | undefined;
}

/** A function that is shown every message, or an object with `add`, such as a `TraceRing`, which keeps the last ones. */
export type Tracer = ((entry: TraceEntry) => void) | { add(entry: TraceEntry): void };
