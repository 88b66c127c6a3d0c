/** Who calls operations, and how. */

import type { z } from 'zod';
import type { Access, Operation } from './operation.js';

/** Which way a client came in. */
export type Via = 'program' | 'rest' | 'cli';

/** A client, as plugins see it. */
export interface ClientInfo {
  /** Counts up; never used again. */
  readonly id: number;
  /** For logs and audits: a program's name, a token's name. */
  readonly name: string;
  readonly access: Access;
  readonly via: Via;
  /** Aborted when the client ends, or is gone. */
  readonly signal: AbortSignal;
}

export interface CallOptions {
  /** Gives up: the call rejects with CANCELLED at once, and the operation is told to stop. */
  readonly signal?: AbortSignal;
  /** Milliseconds for all of it, waiting for its turn included. Default `operation-timeout` of agent.yaml (60 000); Infinity for no limit. */
  readonly timeoutMs?: number;
  /** Told how far the operation is, if it tells. */
  readonly onProgress?: (progress: Progress) => void;
}

export interface Progress {
  readonly done: number;
  /** How many there will be, where that is known. */
  readonly total?: number;
}

/** Something that calls operations. Rejects with a `Fault`, and with nothing else. */
export interface Caller {
  call<I extends z.ZodObject, O extends z.ZodType>(
    operation: Operation<I, O>,
    input: z.input<I>,
    options?: CallOptions,
  ): Promise<z.output<O>>;
  /** By name, for who learns it at run time; the input is checked all the same. */
  call(operation: string, input: unknown, options?: CallOptions): Promise<unknown>;
}

/** A client of the agent's operations. Made by `Operations.open`; who opens one closes it. */
export interface OperationsClient extends Caller, ClientInfo {
  /**
   * Cancels its calls and closes its handles; resolves when that is done. Call it when the client is gone, too.
   * It never rejects, and may be called again.
   */
  close(): Promise<void>;
}
