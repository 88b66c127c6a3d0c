/** One message as a trace shows it. */

import type { Fields, ReadEnd } from '../codec/codec.js';
import type { TraceEntry } from '../types.js';
import type { Vocabulary, Word } from './vocabulary.js';

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
