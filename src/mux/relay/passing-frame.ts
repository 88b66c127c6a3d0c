/**
 * The frame of a client that is being sent on: its bytes are copied straight into what leaves in this tick, with VPP's id, our
 * client index and a context of ours. One object for all, since nothing of it outlives the call; what has to wait is copied.
 */

import type { ByteWriter, Fields } from '../codec/codec.js';
import { writeU32 } from '../link/frame.js';
import { wrapEncoded } from '../session/encoded-request.js';
import type { EncodedRequest } from '../session/exchange.js';
import { copyBytes } from './client-outbox.js';
import type { Forwarded } from './frame-rules.js';

const NO_BYTES = Buffer.alloc(0);

export class PassingFrame implements EncodedRequest {
  readonly write = writeFrame as unknown as EncodedRequest['write'];
  readonly fields = this as unknown as Fields;
  bytes: Buffer = NO_BYTES;
  start = 0;
  end = 0;
  rule: Forwarded | undefined;
  private clientIndex = 0;

  get size(): number {
    return this.end - this.start;
  }

  set(rule: Forwarded, clientIndex: number, bytes: Buffer, start: number, end: number): this {
    this.rule = rule;
    this.clientIndex = clientIndex;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
    return this;
  }

  /** A copy that may wait for its turn, or be looked at by listeners. */
  keep(): EncodedRequest {
    const { plan, id } = this.rule as Forwarded;
    return wrapEncoded(plan.message, id, this.clientIndex, Buffer.from(this.bytes.subarray(this.start, this.end)));
  }
}

function writeFrame(w: ByteWriter, frame: PassingFrame, _id: number, clientIndex: number, context: number): void {
  const { bytes, start, end } = frame;
  const { id, clientIndexOffset, contextOffset } = frame.rule as Forwarded;
  w.reserve(end - start);
  const at = w.pos;
  const out = w.bytes as Buffer;
  copyBytes(bytes, start, end, out, at);
  out[at] = id >>> 8;
  out[at + 1] = id;
  if (clientIndexOffset >= 0) writeU32(out, at + clientIndexOffset, clientIndex);
  if (contextOffset >= 0) writeU32(out, at + contextOffset, context);
  w.pos = at + end - start;
}
