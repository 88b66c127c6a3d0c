/** One message as a trace shows it. */

import type { Fields, ReadEnd } from '../codec/codec.js';
import type { Vocabulary, Word } from './vocabulary.js';

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
    readonly context: number | undefined,
    readonly body: Uint8Array,
    private readonly word: Word | undefined,
    private readonly vocabulary: Vocabulary,
  ) {}

  get schema(): string | undefined {
    return this.vocabulary.schema;
  }

  get name(): string | undefined {
    return this.word?.name;
  }

  get crc(): string | undefined {
    return this.word?.crc;
  }

  get trailing(): number | undefined {
    return this.read()?.trailing;
  }

  fields(): Fields | undefined {
    return this.read()?.fields;
  }

  private read(): { fields: Fields; trailing: number } | undefined {
    const { body, word } = this;
    if (word?.message === undefined) return undefined;
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const at: ReadEnd = { end: 0 };
    try {
      const fields = word.message.read(bytes, 0, bytes.length, at);
      return { fields, trailing: bytes.length - at.end };
    } catch {
      return undefined; // cut short
    }
  }
}
