/** A message of a trace. */

import type { Fields, ReadEnd } from '../codec/codec.js';
import type { TraceEntry } from '../types.js';
import type { KnownMessage, MessageLookup } from './message-lookup.js';

/** The channel of a request, as a trace names it. */
export interface ChannelOfMessage {
  readonly id: number;
  readonly name: string | undefined;
}

/** Decodes only on demand: most of a trace is never looked at. */
export class SeenMessage implements TraceEntry {
  constructor(
    readonly at: number,
    readonly direction: 'in' | 'out',
    readonly generation: number,
    readonly context: number | undefined,
    private readonly owner: ChannelOfMessage | undefined,
    readonly body: Uint8Array,
    private readonly known: KnownMessage | undefined,
    private readonly lookup: MessageLookup,
  ) {}

  get channel(): number | undefined {
    return this.owner?.id;
  }

  get channelName(): string | undefined {
    return this.owner?.name;
  }

  get schema(): string | undefined {
    return this.lookup.schema;
  }

  get name(): string | undefined {
    return this.known?.name;
  }

  get crc(): string | undefined {
    return this.known?.crc;
  }

  get trailing(): number | undefined {
    return this.read()?.trailing;
  }

  fields(): Fields | undefined {
    return this.read()?.fields;
  }

  private read(): { fields: Fields; trailing: number } | undefined {
    const { body, known } = this;
    if (known?.message === undefined) return undefined;
    const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
    const at: ReadEnd = { end: 0 };
    try {
      const fields = known.message.read(bytes, 0, bytes.length, at);
      return { fields, trailing: bytes.length - at.end };
    } catch {
      return undefined; // cut short
    }
  }
}
