/** One call of an operation from its first step to its last: its number, its deadline, and how it is stopped. */

import { setMaxListeners } from 'node:events';
import { LONGEST_TIMER_MS, showDuration } from '../../duration.js';
import { isA } from '../../thrown.js';
import { AgentError } from '../errors.js';
import { MAIN } from '../token.js';
import type { Caller, CallOptions, ClientInfo, Progress } from './client.js';
import type { OperationCode } from './codes.js';
import { Fault } from './fault.js';
import type { Mutex, MutexOwner } from './mutex.js';

export interface CallRequest {
  /** Unique in this agent; identifies the call for callers and in logs. */
  readonly number: number;
  /** Name of the operation. */
  readonly name: string;
  readonly client: ClientInfo;
  readonly options: CallOptions;
  /** Timeout in milliseconds where the options have none. */
  readonly defaultMs: number;
  readonly parent: Call | undefined;
  /** Creates `ctx.call` for the call. */
  inner(outer: Call): Caller['call'];
}

export class Call implements MutexOwner {
  readonly number: number;
  readonly name: string;
  readonly client: ClientInfo;
  readonly options: CallOptions;
  readonly timeoutMs: number;
  readonly parent: Call | undefined;
  /** The dataplane that it is for. */
  readonly dataplane: string;
  readonly nested = new Set<Call>();
  readonly began = performance.now();
  /** Calls another operation within this call. */
  readonly inner: Caller['call'];
  waitsFor: Mutex | undefined;
  /** Current activity, for the message of a deadline. */
  doing = 'has not begun';
  ended = false;
  /** The fault that its caller gets, once it was stopped. */
  stopped: Fault | undefined;
  /** Rejects when it is stopped. */
  private readonly stop: Promise<never>;
  private reject: (reason: Fault) => void = () => {};
  /** Created on first use: it is half of a call's cost. */
  private controller: AbortController | undefined;
  private timer: NodeJS.Timeout | undefined;
  private unlisten: (() => void) | undefined;
  /** Its last report. */
  private lastProgress: Progress | undefined;

  constructor({ number, name, client, options, defaultMs, parent, inner }: CallRequest) {
    this.number = number;
    this.name = name;
    this.client = client;
    this.options = options;
    this.timeoutMs = options.timeoutMs ?? defaultMs;
    this.parent = parent;
    this.dataplane = options.dataplane ?? parent?.dataplane ?? MAIN;
    this.inner = inner(this);
    this.stop = new Promise((_, reject) => {
      this.reject = reject;
    });
    this.stop.catch(() => {});
  }

  /** Aborted with the fault that the caller gets. */
  get signal(): AbortSignal {
    this.controller ??= new AbortController();
    if (this.stopped !== undefined) this.controller.abort(this.stopped);
    return this.controller.signal;
  }

  throwIfStopped(): void {
    if (this.stopped !== undefined) throw this.stopped;
  }

  /** Number of calls around it. */
  get depth(): number {
    return this.parent === undefined ? 0 : this.parent.depth + 1;
  }

  /** Lets its caller's signal, its parent and its deadline stop it. */
  begin(): void {
    const { timeoutMs } = this;
    const { signal } = this.options;
    if (!(timeoutMs > 0)) {
      const text = `operation ${this.name}: timeoutMs must be a number of milliseconds above 0, or Infinity`;
      throw this.fault('INVALID_INPUT', text);
    }
    this.parent?.nested.add(this);
    if (signal !== undefined) {
      // A program may use one signal for thousands of calls; Node takes eleven listeners for a leak.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', this.cancel);
      this.unlisten = () => signal.removeEventListener('abort', this.cancel);
      if (signal.aborted) this.cancel();
    }
    if (timeoutMs <= LONGEST_TIMER_MS) this.timer = setTimeout(() => this.overdue(timeoutMs), timeoutMs);
  }

  end(): void {
    this.ended = true;
    this.parent?.nested.delete(this);
    this.unlisten?.();
    clearTimeout(this.timer);
  }

  /** Stops the operation and everything that it has called. Its caller gets `reason` without waiting for that. */
  abort(reason: Fault): void {
    if (this.stopped !== undefined) return;
    this.stopped = reason;
    this.reject(reason);
    this.controller?.abort(reason);
    for (const inner of this.nested) inner.abort(reason);
  }

  during<T>(work: Promise<T>): Promise<T> {
    return Promise.race([this.stop, work]);
  }

  progress(done: number, total?: number): void {
    if (this.ended || this.stopped !== undefined) return;
    this.lastProgress = total === undefined ? { done } : { done, total };
    this.options.onProgress?.(this.lastProgress);
  }

  /** A fault of this call. */
  fault(code: OperationCode, text: string, path?: string, cause?: unknown): Fault {
    return new Fault(
      code,
      text,
      { operation: this.name, call: this.number, ...(path !== undefined && { path }) },
      cause,
    );
  }

  /** The fault of a call whose client is closed, caused by the reason of that. */
  ofClosedClient(): Fault {
    const { signal, name } = this.client;
    const cause = isA(signal.reason, AgentError) ? signal.reason : undefined;
    return this.fault('CLOSED', `operation ${this.name}: client ${name} is closed`, undefined, cause);
  }

  private readonly cancel = () => this.abort(this.fault('CANCELLED', `operation ${this.name}: the caller gave up`));

  private overdue(ms: number): void {
    const { done, total } = this.lastProgress ?? {};
    // After a part of a long list, the caller has to know how much of it was done.
    const far = done === undefined ? '' : ` after ${done}${total === undefined ? '' : ` of ${total}`}`;
    const text = `operation ${this.name} has not ended within ${showDuration(ms)}: it ${this.doing}${far}`;
    this.abort(this.fault('TIMEOUT', text));
  }
}
