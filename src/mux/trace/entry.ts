/** One message as a trace shows it. */

import type { Fields, Message, ReadEnd } from '../codec/codec.js';

export interface TraceEntry {
  /** Milliseconds since the process started, with a fraction. */
  readonly at: number;
  readonly direction: 'in' | 'out';
  /** Session of the connection, from 1. */
  readonly generation: number;
  /** Undefined when the id is not in VPP's table. */
  readonly name: string | undefined;
  readonly context: number | undefined;
  /** The whole body, `_vl_msg_id` first; an own copy. */
  readonly body: Uint8Array;
  /** Bytes beyond the definition; undefined where that cannot be told. */
  readonly trailing: number | undefined;
  /** Decoded as the channels do; undefined where the definition is not known or the message cut short. */
  fields(): Fields | undefined;
}

/** Decoded only when somebody wants to know: most of a trace is never looked at. */
export class SeenMessage implements TraceEntry {
  constructor(
    readonly at: number,
    readonly direction: 'in' | 'out',
    readonly generation: number,
    readonly name: string | undefined,
    readonly context: number | undefined,
    readonly body: Uint8Array,
    private readonly message: Message | undefined,
  ) {}

  get trailing(): number | undefined {
    return this.read()?.trailing;
  }

  fields(): Fields | undefined {
    return this.read()?.fields;
  }

  private read(): { fields: Fields; trailing: number } | undefined {
    const { body, message } = this;
    if (message === undefined) return undefined;
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const at: ReadEnd = { end: 0 };
    try {
      const fields = message.read(bytes, 0, bytes.length, at);
      return { fields, trailing: bytes.length - at.end };
    } catch {
      return undefined; // cut short
    }
  }
}
