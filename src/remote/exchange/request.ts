/** A request with one reply. */

import { failing } from '../../mux/call-site.js';
import type { Fields } from '../../mux/codec/codec.js';
import { unexpected } from '../errors/failures.js';
import { errorFromWire } from '../errors/from-wire.js';
import type { RequestFrame } from '../protocol/index.js';
import { Asked, type AskedOptions } from './asked.js';
import type { StreamFrame } from './exchange.js';

export class Request extends Asked {
  constructor(
    options: AskedOptions,
    private readonly asking: Omit<RequestFrame, 'type' | 'id'>,
    private readonly resolve: (reply: Fields | Promise<never>) => void,
  ) {
    super(options);
  }

  protected frame(id: number): RequestFrame {
    const { channel, message, fields, timeoutMs, anyRetval } = this.asking;
    const frame = { type: 'request', id, channel, message, fields } as const;
    // Most requests have neither, and a member that is undefined costs more than all others.
    return timeoutMs === undefined && !anyRetval ? frame : { ...frame, timeoutMs, anyRetval };
  }

  protected answer(frame: StreamFrame): void {
    if (frame.type === 'reply') {
      this.end();
      this.resolve(frame.fields);
    } else this.end(frame.type === 'error' ? errorFromWire(frame.error) : unexpected(this.subject, frame.type));
  }

  protected fail(error: Error): void {
    this.resolve(failing(error));
  }
}
