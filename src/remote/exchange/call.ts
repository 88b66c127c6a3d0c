/** The call of an operation. */

import { failing } from '../../mux/call-site.js';
import { unexpected } from '../errors/failures.js';
import { faultFromWire } from '../errors/from-wire.js';
import type { CallFrame } from '../protocol/index.js';
import type { CallProgress } from '../types.js';
import { Asked, type AskedOptions } from './asked.js';
import type { StreamFrame } from './exchange.js';

export class Call extends Asked {
  constructor(
    options: AskedOptions,
    private readonly asking: Omit<CallFrame, 'type' | 'id' | 'progress'>,
    private readonly resolve: (output: unknown) => void,
    private readonly progress: ((progress: CallProgress) => void) | undefined,
  ) {
    super(options);
  }

  protected frame(id: number): CallFrame {
    return { type: 'call', id, ...this.asking, ...(this.progress && { progress: true }) };
  }

  protected answer(frame: StreamFrame): void {
    if (frame.type === 'progress') {
      this.arm();
      this.tell(frame.progress as CallProgress);
    } else if (frame.type === 'result') {
      this.end();
      this.resolve(frame.output);
    } else {
      const { subject } = this;
      this.end(frame.type === 'error' ? faultFromWire(frame.error, subject.name) : unexpected(subject, frame.type));
    }
  }

  /** A function that throws gives the call up. */
  private tell(progress: CallProgress): void {
    try {
      this.progress?.(progress);
    } catch (error) {
      this.cancel(error as Error);
    }
  }

  protected fail(error: Error): void {
    this.resolve(failing(error));
  }
}
