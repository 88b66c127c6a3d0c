/** Clients of operations, and the options and progress of a call. */

import type { z } from 'zod';
import type { Access, Operation } from './operation.js';

/** The way by which a client calls. */
export type Via = 'program' | 'rest' | 'cli' | 'remote';

/** A client, as plugins see it. */
export interface ClientInfo {
  /** Counts up, and is never reused. */
  readonly id: number;
  /** Name of a program or of a token, for logs and audits. */
  readonly name: string;
  readonly access: Access;
  readonly via: Via;
  /** Aborted when the client is closed. */
  readonly signal: AbortSignal;
}

export interface CallOptions {
  /** Aborts the call: it rejects with CANCELLED immediately, and the operation is stopped. */
  readonly signal?: AbortSignal;
  /**
   * Timeout in milliseconds, waiting for its turn included. Default `operation-timeout` of agent.yaml (60 000);
   * Infinity for no limit.
   */
  readonly timeoutMs?: number;
  /** The dataplane, of several, that the operation is for. Default: that of the call around it, else `main`. */
  readonly dataplane?: string;
  /** Called with the operation's progress, if it reports any. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly done: number;
  /** Number of steps in total, where it is known. */
  readonly total?: number;
}

/** Calls operations. Rejects with a `Fault`, and with nothing else. */
export interface Caller {
  call<I extends z.ZodObject, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
    options?: CallOptions,
  ): Promise<z.output<O>>;
  /** Calls by a name that is known at run time only; the input is checked all the same. */
  call(operation: string, input: unknown, options?: CallOptions): Promise<unknown>;
}

/** A client of the agent's operations, made by `Operations.open`. Its opener closes it. */
export interface OperationsClient extends Caller, ClientInfo {
  /**
   * Cancels its calls and closes its handles; resolves when that is done. Also to be called when the client is gone.
   * Never rejects, and may be called again.
   */
  close(): Promise<void>;
}
