/**
 * A request, dump or call: it waits in a window, is sent, and ends once, by its answer, its deadline, its signal, or with the link or
 * channel. What is given up after it was sent keeps its place in the window until the agent has ended it.
 */

import { onAbort } from '../../abort.js';
import { LONGEST_TIMER_MS } from '../../duration.js';
import { type ConnectionError, type Outcome, VppmuxError } from '../../mux/errors.js';
import * as failure from '../errors/failures.js';
import type { AgentLink } from '../link/agent-link.js';
import type { ClientFrame } from '../protocol/index.js';
import type { Exchange, StreamFrame } from './exchange.js';
import type { Waiting, Window } from './window.js';

export interface AskedOptions {
  readonly subject: failure.Subject;
  readonly window: Window;
  /** Milliseconds after which it is given up here; the agent's own deadline comes before. */
  readonly deadlineMs: number;
  readonly signal: AbortSignal | undefined;
  /** Called once, when the caller has its answer or error. */
  readonly onOver: (asked: Asked) => void;
}

export abstract class Asked implements Exchange, Waiting {
  protected link: AgentLink | undefined;
  protected id = 0;
  private over = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private forgetSignal: (() => void) | undefined;

  constructor(private readonly options: AskedOptions) {}

  get isOver(): boolean {
    return this.over;
  }

  get subject(): failure.Subject {
    return this.options.subject;
  }

  /** The frame that asks. */
  protected abstract frame(id: number, link: AgentLink): ClientFrame;
  /** Takes a frame of its answer. */
  protected abstract answer(frame: StreamFrame, size: number): void;
  /** Tells the caller; nothing comes after it. */
  protected abstract fail(error: Error): void;

  submit(): void {
    const { window, signal, subject } = this.options;
    if (signal?.aborted) {
      this.end(failure.aborted(subject, 'not-sent', signal.reason));
      return;
    }
    this.arm();
    if (signal) {
      this.forgetSignal = onAbort(signal, () => this.cancel(failure.aborted(subject, this.outcome, signal.reason)));
    }
    window.submit(this);
  }

  start(link: AgentLink): void {
    try {
      this.id = link.begin(this, (id) => this.frame(id, link));
      this.link = link;
    } catch (error) {
      this.end(error instanceof VppmuxError ? error : failure.notWritable(this.subject, error));
      this.options.window.ended();
    }
  }

  take(frame: StreamFrame, size: number): void {
    if (!this.over) this.answer(frame, size);
  }

  ended(): void {
    this.options.window.ended();
  }

  lost(cause: ConnectionError): void {
    this.end(failure.interrupted(this.subject, this.outcome, cause));
  }

  /** Gives it up, here and at the agent; `error` is the caller's. */
  cancel(error: Error): void {
    if (this.over) return;
    if (this.link) this.link.send({ type: 'cancel', id: this.id });
    this.end(error);
  }

  /** Ends it with `error`: its channel is closed, and the agent ends it by itself. */
  fails(error: Error): void {
    this.end(error);
  }

  get outcome(): Outcome {
    return this.link ? 'unknown' : 'not-sent';
  }

  /** Ends it, with an error for the caller or without. */
  protected end(error?: Error): void {
    if (this.over) return;
    this.over = true;
    clearTimeout(this.timer);
    this.forgetSignal?.();
    this.options.onOver(this);
    if (error) this.fail(error);
  }

  /** Starts its time anew. */
  protected arm(): void {
    clearTimeout(this.timer);
    const { deadlineMs } = this.options;
    this.timer = setTimeout(
      () => this.cancel(failure.noAnswer(this.subject, this.outcome, deadlineMs)),
      Math.min(deadlineMs, LONGEST_TIMER_MS),
    );
  }

  /** Stops its time: nothing can come now. */
  protected disarm(): void {
    clearTimeout(this.timer);
  }
}
