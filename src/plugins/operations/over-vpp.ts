/** Binds an operation to reads and writes of VPP's objects, and their errors to its codes. */

import type { z } from 'zod';
import type { Channel } from '../../mux/index.js';
import {
  type Fault,
  faultOfVppError,
  type Implementation,
  implement,
  type Mux,
  type Operation,
  type OperationContext,
} from '../../sdk/index.js';
import type { ExchangeOptions, ObjectError } from '../../vpp/index.js';

/** Operations that help, by the error and the object that it is about. */
const HINTS: Readonly<Record<string, string>> = {
  'NOT_FOUND interface': '; interface.list has all',
  'IN_USE interface': '; bridge.remove takes it out there',
};

/** The fault for an error of VPP's objects or of the mux, with what helps; undefined for every other one. */
export function faultWithHint(error: unknown): Fault | undefined {
  return faultOfVppError(error, hintOf);
}

/** Runs on a channel of its own, which bears the operation's name and only reads where the operation does. */
type Run<I extends z.ZodObject, O extends z.ZodType> = (
  channel: Channel,
  input: z.output<I>,
  options: ExchangeOptions,
  ctx: OperationContext,
) => Promise<z.input<O>>;

/** `implement` for an operation over VPP. `options` give its messages up with the call. */
export function overVpp<I extends z.ZodObject, O extends z.ZodType>(
  mux: Mux,
  operation: Operation<I, O>,
  run: Run<I, O>,
): Implementation {
  return implement(operation, async (ctx: OperationContext, input) => {
    const channel = mux.channel({ name: operation.name, access: operation.access });
    try {
      return await run(channel, input, { signal: ctx.signal }, ctx);
    } catch (error) {
      throw faultWithHint(error) ?? error;
    } finally {
      channel.close();
    }
  });
}

function hintOf({ code, object, nearest = [] }: ObjectError): string {
  return nearest.length > 0 ? '' : (HINTS[`${code} ${object}`] ?? '');
}
