/** One request or call, from its frame to its answer. */

import type { AgentFrame } from '../../../remote/protocol/index.js';
import type { OpenStream, StreamEnd } from './stream.js';

export class RequestStream implements OpenStream {
  private hasEnded = false;

  /** `giveUp.abort()` is called when nobody waits for the answer any more. */
  constructor(
    private readonly giveUp: { abort(): void },
    readonly channel?: number,
  ) {}

  /** Whether it was answered or given up. */
  get isOver(): boolean {
    return this.hasEnded;
  }

  /** `frameOf`: the frame with the answer. What it throws is answered as well. */
  begin<T>(answer: Promise<T>, frameOf: (answer: T) => AgentFrame, end: StreamEnd): void {
    answer.then(
      (value) => {
        if (this.hasEnded) return;
        this.hasEnded = true;
        try {
          end.finish(frameOf(value));
        } catch (error) {
          end.fail(error);
        }
      },
      (error) => {
        if (this.hasEnded) return;
        this.hasEnded = true;
        end.fail(error);
      },
    );
  }

  end(): void {
    this.hasEnded = true;
    this.giveUp.abort();
  }
}
