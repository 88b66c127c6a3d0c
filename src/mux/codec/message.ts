/** A message of the schema with its functions, each compiled when first used. */

import { FieldError } from '../errors.js';
import { isDetached } from '../schema/detached.js';
import { headerLength } from '../schema/messages.js';
import type { MessageDef } from '../schema/model.js';
import { shown } from '../schema/shown.js';
import { isScalar } from '../schema/sizes.js';
import { GrowingWriter } from './byte-writer.js';
import { explainBadFields } from './check-fields.js';
import type { Fields, Message, ReadMessage, WriteMessage } from './codec.js';
import { compileRead } from './compile-read.js';
import { compileWrite } from './compile-write.js';
import { type Memory, memoryOf } from './memory.js';

/** Reused by `encode`; taken away while in use, since a caller's getter may encode too. */
let spare: GrowingWriter | undefined;
/** Above this, a spare writer is not kept. */
const SPARE_SIZE = 1 << 20;

export class CompiledMessage implements Message {
  readonly name: string;
  private compiledWrite?: WriteMessage;
  private compiledRead?: ReadMessage;
  private compiledEncode?: WriteMessage;
  private compiledDecode?: ReadMessage;
  private decodeRaw?: ReadMessage;
  private memory?: Memory;
  private retval?: boolean;

  constructor(readonly def: MessageDef) {
    this.name = def.name;
  }

  get nameCrc(): string {
    return `${this.name}_${this.def.crc}`;
  }

  get hasRetval(): boolean {
    this.retval ??= this.def.fields.some(
      ({ name, type }) => name === 'retval' && (isScalar(type, 'i32') || isScalar(type, 'u32')),
    );
    return this.retval;
  }

  memoryOf(size: number): number {
    this.memory ??= memoryOf(this.def);
    const { base, factor } = this.memory;
    return Math.ceil(base + factor * Math.max(0, size - this.def.minSize));
  }

  get write(): WriteMessage {
    this.compiledWrite ??= this.compileWrite(headerLength(this.def.fields));
    return this.compiledWrite;
  }

  get read(): ReadMessage {
    this.compiledRead ??= compileRead(this.def, headerLength(this.def.fields), false);
    return this.compiledRead;
  }

  encode(fields: Fields): Buffer {
    this.compiledEncode ??= this.compileWrite(0);
    const writer = spare ?? new GrowingWriter();
    spare = undefined;
    writer.pos = 0;
    try {
      this.compiledEncode(writer, fields, 0, 0, 0);
      return writer.copy();
    } finally {
      if (writer.bytes.length <= SPARE_SIZE) spare = writer;
    }
  }

  decode(bytes: Uint8Array, options: { raw?: boolean } = {}): Fields {
    if (!(bytes instanceof Uint8Array)) {
      throw new FieldError('BAD_FIELD', `${this.name}: a message's bytes are a Uint8Array`, { messageName: this.name });
    }
    if (bytes.length === 0 && isDetached(bytes)) {
      throw new FieldError('BAD_FIELD', `${this.name}: not a message but a ${shown(bytes)}`, {
        messageName: this.name,
      });
    }
    const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const end = { end: 0 };
    if (options.raw) {
      this.decodeRaw ??= compileRead(this.def, 0, true);
      return this.decodeRaw(buffer, 0, buffer.length, end);
    }
    this.compiledDecode ??= compileRead(this.def, 0, false);
    return this.compiledDecode(buffer, 0, buffer.length, end);
  }

  private compileWrite(skip: number): WriteMessage {
    return compileWrite(this.def, skip, (fields, cause) => explainBadFields(this.def, skip, fields, cause));
  }
}
