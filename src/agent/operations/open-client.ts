/** An open client: its calls, and its end. */

import { setMaxListeners } from 'node:events';
import type { z } from 'zod';
import { Call } from './call.js';
import type { Caller, CallOptions, ClientInfo, OperationsClient, Via } from './client.js';
import { type CallEnvironment, dispatch } from './dispatch.js';
import { type Access, isOperation, type Operation } from './operation.js';
import type { Operations } from './operations.js';

export type OpenRequest = Parameters<Operations['open']>[0];

export interface ClientEnvironment extends CallEnvironment {
  nextCall(): number;
  /** Closes the handles of a client that makes no more calls, each within about `ms`, and removes the client. */
  closeHandles(client: OpenClient, ms?: number): Promise<void>;
}

export class OpenClient implements OperationsClient {
  /** The client as plugins see it. */
  readonly info: ClientInfo;
  /** Calls that have not ended. */
  readonly calls = new Set<Call>();
  private readonly endController = new AbortController();
  private readonly agent: ClientEnvironment;
  private closing: Promise<void> | undefined;

  constructor(
    readonly id: number,
    /** The plugin that opened it. */
    readonly owner: string,
    { name, access, via = 'program' }: OpenRequest,
    agent: ClientEnvironment,
  ) {
    this.agent = agent;
    this.info = Object.freeze({ id, name, access, via, signal: this.endController.signal });
    setMaxListeners(0, this.endController.signal);
  }

  get name(): string {
    return this.info.name;
  }

  get access(): Access {
    return this.info.access;
  }

  get via(): Via {
    return this.info.via;
  }

  get signal(): AbortSignal {
    return this.info.signal;
  }

  call<I extends z.ZodObject, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
    options?: CallOptions,
  ): Promise<z.output<O>>;
  call(operation: string, input: unknown, options?: CallOptions): Promise<unknown>;
  call(operation: Operation | string, input: unknown, options: CallOptions = {}): Promise<unknown> {
    return this.callNamed(operation, input, options, undefined);
  }

  close(): Promise<void> {
    return this.end(undefined);
  }

  /** Closes it; its calls fail with a CLOSED that has `cause`, if given. */
  end(cause: unknown, ms?: number): Promise<void> {
    this.closing ??= this.closeBecause(cause, ms);
    return this.closing;
  }

  private async callNamed(
    operation: Operation | string,
    input: unknown,
    options: CallOptions,
    parent: Call | undefined,
  ): Promise<unknown> {
    const inner = (outer: Call) =>
      ((next: Operation | string, value: unknown, more: CallOptions = {}) =>
        this.callNamed(next, value, more, outer)) as Caller['call'];
    const name = isOperation(operation) ? operation.name : String(operation);
    const number = this.agent.nextCall();
    const defaultMs = this.agent.timeoutMs;
    const call = new Call({ number, name, client: this.info, options, defaultMs, parent, inner });
    this.calls.add(call);
    try {
      return await dispatch(call, input, this.agent);
    } finally {
      this.calls.delete(call);
    }
  }

  private async closeBecause(cause: unknown, ms: number | undefined): Promise<void> {
    this.endController.abort(cause);
    for (const call of this.calls) call.abort(call.ofClosedClient());
    await this.agent.closeHandles(this, ms);
  }
}
