/** One event on its way to its subscriptions: decoded for each that takes fields, and not at all where none does. */

import type { Fields } from '../codec/codec.js';
import { readBody } from './encoded-request.js';
import { type MessageEntry, memoryOf } from './message-catalogue.js';
import type { Session } from './session.js';

/** An event is valid only during the call that it is passed to, as its bytes are. */
export class ArrivedEvent {
  /** Process id that the fields are to have in place of VPP's; undefined leaves VPP's. */
  pid: number | undefined = undefined;
  /** Decoded fields that were looked at, but not given to a receiver yet. */
  private spare: Fields | undefined = undefined;
  private isCounted = false;
  private body: Buffer | undefined = undefined;

  constructor(
    readonly session: Session,
    readonly entry: MessageEntry,
    readonly bytes: Buffer,
    readonly start: number,
    readonly end: number,
  ) {}

  /** Bytes that the decoded event takes in memory, roughly. */
  get memory(): number {
    return memoryOf(this.entry, this.end - this.start);
  }

  /** Fields as VPP sent them; read only. */
  get fields(): Fields {
    this.spare ??= this.decode();
    return this.spare;
  }

  /** Returns the fields as an object that the receiver may change. */
  take(): Fields {
    const fields = this.spare ?? this.decode();
    this.spare = undefined;
    return this.withPid(fields);
  }

  /** The same event with bytes of its own, for receivers after this call. */
  kept(): ArrivedEvent {
    const body = Buffer.from(this.bytes.subarray(this.start, this.end));
    const kept = new ArrivedEvent(this.session, this.entry, body, 0, body.length);
    kept.pid = this.pid;
    kept.isCounted = this.isCounted;
    return kept;
  }

  /** Returns a function that decodes the event, also after this call. */
  reader(): () => Fields {
    this.body ??= Buffer.from(this.bytes.subarray(this.start, this.end));
    const { body, entry } = this;
    return () => this.withPid(readBody(entry, body));
  }

  /** Bytes beyond the definition are counted once. */
  private decode(): Fields {
    const { session, entry, bytes, start, end, isCounted } = this;
    this.isCounted = true;
    return isCounted ? session.decodeAgain(entry, bytes, start, end) : session.decode(entry, bytes, start, end);
  }

  private withPid(fields: Fields): Fields {
    if (this.pid !== undefined) fields.pid = this.pid;
    return fields;
  }
}
