/**
 * The operations of one plugin: runs them as its concurrency model allows, each with its client's handle, and ends them
 * with the plugin.
 */

import { setMaxListeners } from 'node:events';
import type { Logger } from 'pino';
import { showDuration } from '../../duration.js';
import { reasonOf } from '../errors.js';
import { OVERDUE, within } from '../lifetime/budget.js';
import type { LoopWatch } from '../process/loop-watch.js';
import type { Call } from './call.js';
import type { ClientInfo } from './client.js';
import { type Concurrency, ConcurrencyLimiter } from './concurrency.js';
import type { Fault } from './fault.js';
import { Handle, type HandleHooks } from './handle.js';
import type { Implementation, OperationContext } from './implement.js';

/** Milliseconds that an operation has to stop, once it was aborted, and a handle to close. */
export const GRACE_MS = 5000;

/** The operations that a plugin registers, with its log and its hooks. */
export interface Offer {
  readonly plugin: string;
  /** The dataplane that the plugin works at; undefined for one that serves calls for any. */
  readonly dataplane?: string | undefined;
  readonly concurrency: Concurrency;
  readonly implementations: readonly Implementation[];
  readonly hooks: HandleHooks;
  readonly log: Logger;
  /** Notified of the plugin's activity. */
  readonly loop: LoopWatch;
}

export class Provider {
  readonly name: string;
  readonly dataplane: string | undefined;
  readonly log: Logger;
  readonly implementations: ReadonlyMap<string, Implementation>;
  readonly handles = new Map<number, Handle>();
  /** Calls that wait or run here. */
  readonly calls = new Set<Call>();
  /** Calls whose work still runs, also if their callers have got an answer. */
  private readonly working = new Map<Call, Handle>();
  private readonly limiter: ConcurrencyLimiter;
  private readonly hooks: HandleHooks;
  private readonly loop: LoopWatch;
  private state: 'open' | 'draining' | 'closed' = 'open';
  /** Aborted when it is closed. */
  private readonly end = new AbortController();
  private onIdle: () => void = () => {};

  constructor({ plugin, dataplane, concurrency, implementations, hooks, log, loop }: Offer) {
    this.name = plugin;
    this.dataplane = dataplane;
    this.log = log;
    this.implementations = new Map(implementations.map((entry) => [entry.operation.name, entry]));
    this.limiter = new ConcurrencyLimiter(concurrency);
    this.hooks = {
      open: (client) => loop.run(plugin, 'open', () => hooks.open?.(client)),
      closeHandle: (handle, client) => loop.run(plugin, 'closeHandle', () => hooks.closeHandle?.(handle, client)),
    };
    this.loop = loop;
    setMaxListeners(0, this.end.signal);
  }

  /** Number of calls that wait for their turn. */
  get waiting(): number {
    return this.limiter.waiting + [...this.handles.values()].reduce((sum, { mutex }) => sum + mutex.waiting, 0);
  }

  /** Whether its plugin works at the dataplane of a call, or has to do with none. */
  isAt(dataplane: string): boolean {
    return this.dataplane === undefined || this.dataplane === dataplane;
  }

  /** Whether it takes a call. While it drains, only from within running calls. */
  takes(call: Call): boolean {
    return this.state === 'open' || (this.state === 'draining' && call.parent !== undefined);
  }

  /** Runs an operation. Throws its error, or the call's own fault when the call is aborted first. */
  async serve(call: Call, input: unknown): Promise<unknown> {
    call.throwIfStopped();
    if (!this.takes(call)) throw closing(call);
    const handle = this.handleOf(call.client);
    this.calls.add(call);
    try {
      call.doing = `waits for its turn in plugin ${this.name}`;
      const leave = await this.limiter.enter(call, handle);
      call.doing = `runs in plugin ${this.name}, and was aborted`;
      const work = this.run(call, handle, input);
      handle.use(work);
      void this.ended(call, handle, work).then(leave);
      return await call.during(work);
    } finally {
      this.calls.delete(call);
      if (this.calls.size === 0) this.onIdle();
    }
  }

  /** Closes a client's handle once nothing uses it any more. */
  async closeHandle(client: ClientInfo, ms = GRACE_MS): Promise<void> {
    const handle = this.handles.get(client.id);
    if (handle === undefined) return;
    handle.closing ??= this.limiter.close(handle, ms).finally(() => this.handles.delete(client.id));
    await handle.closing;
  }

  /** Takes no more calls. Running ones may end within the first half of `ms`, and are stopped then. */
  async retire(ms: number): Promise<void> {
    this.state = 'draining';
    const deadline = performance.now() + ms;
    const idle = new Promise<void>((resolve) => {
      this.onIdle = resolve;
    });
    if (this.calls.size > 0) await within(() => idle, ms / 2);
    this.state = 'closed';
    this.end.abort();
    const abortedAt = performance.now();
    for (const call of this.calls) call.abort(closing(call));
    const left = Math.max(1, deadline - performance.now());
    const closed = [...this.handles.values()].map(({ client }) => this.closeHandle(client, left / 2));
    await within(() => Promise.all(closed), left);
    const waited = performance.now() - abortedAt;
    for (const [call, handle] of this.working) this.complain(call, handle, waited, 'its plugin ends all the same');
  }

  private handleOf(client: ClientInfo): Handle {
    let handle = this.handles.get(client.id);
    if (handle === undefined) {
      handle = new Handle(client, this.hooks, this.log);
      this.handles.set(client.id, handle);
    }
    return handle;
  }

  private async run(call: Call, handle: Handle, input: unknown): Promise<unknown> {
    call.throwIfStopped();
    const opened = await handle.open();
    call.throwIfStopped();
    // The types were checked by `implement`, and the input against its schema.
    const ctx = this.contextOf(call, opened) as OperationContext<never>;
    const run = () => this.implementations.get(call.name)?.run(ctx, input as never);
    return this.loop.run(this.name, `operation ${call.name}`, run);
  }

  private contextOf(call: Call, handle: unknown): OperationContext {
    const { log: own } = this;
    let log: Logger | undefined;
    return {
      client: call.client,
      handle,
      get signal() {
        return call.signal;
      },
      call: call.inner,
      // Created on first use: most operations do not log.
      get log() {
        log ??= own.child({ operation: call.name, call: call.number });
        return log;
      },
      progress(done, total) {
        try {
          call.progress(done, total);
        } catch (error) {
          own.warn({ call: call.number }, `the caller's onProgress failed: ${reasonOf(error)}`);
        }
      },
    };
  }

  /**
   * Settles when the next call may run. A call that has not stopped some time after it was aborted must not block all
   * others forever: then they begin next to it, which is logged.
   */
  private async ended(call: Call, handle: Handle, work: Promise<unknown>): Promise<void> {
    this.working.set(call, handle);
    const over = work
      .catch((error: unknown) => {
        if (call.stopped !== undefined && error !== call.stopped) {
          this.log.debug({ call: call.number }, `${call.name}, given up before, has failed: ${reasonOf(error)}`);
        }
      })
      .finally(() => this.working.delete(call));
    const ended = await call.during(over).then(
      () => true,
      () => false,
    );
    // `retire` logs the calls of a plugin that ends, and nothing waits longer for them.
    const { signal } = this.end;
    if (ended || (await within(() => over, GRACE_MS, { signal })) !== OVERDUE) return;
    this.complain(call, handle, GRACE_MS, 'others begin next to it');
  }

  private complain({ number, name }: Call, { isOpening }: Handle, ms: number, therefore: string): void {
    const what = isOpening ? `its open, which ${name} waits for,` : name;
    const text = `${what} has not stopped ${showDuration(ms)} after it was aborted; ${therefore}`;
    this.log.error({ call: number }, text);
  }
}

export const closing = (call: Call): Fault => call.fault('CLOSED', `operation ${call.name}: its plugin is closing`);
