/** Parts that all operations of captures need, in an agent and in a command that talks to VPP itself. */

import { showDuration } from '../../duration.js';
import {
  fault,
  faultOfVppError,
  type Implementation,
  implement,
  type Operation,
  type OperationContext,
  type z,
} from '../../sdk/index.js';
import type { Captures } from './captures.js';
import type { CaptureConfig } from './config.js';

export interface CaptureService {
  readonly captures: Captures;
  readonly config: CaptureConfig;
}

/** The time that a caller gets; `wanted` in milliseconds. Throws ERANGE. */
export function timeOf({ config }: CaptureService, wanted: number | undefined): number {
  const longest = config['longest-time'];
  const ms = wanted ?? Math.min(config['time-limit'], longest);
  if (ms > 0 && ms <= longest) return ms;
  throw fault(
    'ERANGE',
    `the time must be above 0, and ${showDuration(longest)} at most (longest-time of capture.conf)`,
    {
      path: 'time',
    },
  );
}

/** `implement`, with the faults of VPP in its own words. */
export function serve<I extends z.ZodObject, O extends z.ZodType>(
  operation: Operation<I, O>,
  run: (ctx: OperationContext, input: z.output<I>) => z.input<O> | Promise<z.input<O>>,
): Implementation {
  return implement(operation, async (ctx: OperationContext, input) => {
    try {
      return await run(ctx, input);
    } catch (error) {
      throw faultOfVppError(error) ?? error;
    }
  });
}
