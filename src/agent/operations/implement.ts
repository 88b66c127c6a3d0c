/** Binds an operation to the function of a plugin that implements it. */

import type { Logger } from 'pino';
import type { z } from 'zod';
import { describeValue } from '../describe-value.js';
import { AgentError } from '../errors.js';
import type { Caller, ClientInfo } from './client.js';
import { isOperation, type Operation } from './operation.js';

/** Context of a running operation. `H` is the type of the handle that the plugin's `open` returns for this client. */
export interface OperationContext<H = unknown> extends Caller {
  readonly client: ClientInfo;
  readonly handle: H;
  /** Aborted when the caller gives up or is gone, when the time is up, and when the plugin ends. */
  readonly signal: AbortSignal;
  /** The plugin's log; each line has the operation and the number of the call. */
  readonly log: Logger;
  /** Reports progress to the caller. */
  progress(done: number, total?: number): void;
}

/** An operation with its function, made by `implement`. */
export interface Implementation {
  readonly operation: Operation;
  run(ctx: OperationContext<never>, input: never): unknown;
}

const marker = Symbol.for('vppmux/implementation');

/**
 * `implement(setState, async (ctx, { interface: name, state }) => …)`, for the list `operations` of a plugin.
 * The input has been checked; the result is checked against the operation's output. Throws OPERATION_INVALID when the
 * arguments are no operation and no function.
 */
export function implement<I extends z.ZodObject, O extends z.ZodType, H = unknown>(
  operation: Operation<I, O>,
  run: (ctx: OperationContext<H>, input: z.output<I>) => z.input<O> | Promise<z.input<O>>,
): Implementation {
  if (!isOperation(operation)) throw invalid('…', operation, 'what operation({ … }) gives');
  if (typeof run !== 'function') throw invalid(operation.name, run, 'a function');
  const made: Implementation & { readonly [marker]: true } = { [marker]: true, operation, run };
  return Object.freeze(made);
}

function invalid(name: string, given: unknown, wanted: string): AgentError {
  return new AgentError('OPERATION_INVALID', `implement(${name}, …): ${describeValue(given)}, where ${wanted} belongs`);
}

/** Whether a value was made by `implement`, of this or another copy of the package. */
export function isImplementation(value: unknown): value is Implementation {
  return typeof value === 'object' && value !== null && marker in value;
}
