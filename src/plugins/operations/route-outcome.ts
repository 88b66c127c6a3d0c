/** The part of route.add and route.remove that both say of a list: when to stop, and what failed. */

import { z } from 'zod';
import { fault, reasonOf } from '../../sdk/index.js';
import type { RouteFailure, RouteOutcome } from '../../vpp/index.js';
import { faultWithHint } from './over-vpp.js';

/** Failures that the output lists. */
export const SHOWN_FAILURES = 100;

export const onError = z
  .enum(['stop', 'continue'])
  .default('stop')
  .describe(
    'What to do about a route that fails: stop, and fail with its reason; or go on with the others and list it',
  );

export const failed = z.int().meta({ failures: true }).describe('How many it has not');

export const failures = z
  .array(
    z.object({
      index: z.int().describe('Where it stands in the list, from 0'),
      prefix: z.string().describe('Its prefix'),
      table: z.int().describe('Its IP table'),
      code: z.string().describe('ENOENT, EINVAL, …: as of a call that fails'),
      reason: z.string().describe('Why, in words'),
    }),
  )
  .describe(`With onError "continue", the first ${SHOWN_FAILURES} that failed`);

/** Gives each failure the code and the words that a call of its own would have failed with. */
export function shownOutcome({ done, failed, failures }: RouteOutcome) {
  return { done, failed, failures: failures.map(shownFailure) };
}

function shownFailure({ index, route: { prefix, table = 0 }, error }: RouteFailure): z.input<typeof failures>[number] {
  const { code, message: reason } = faultWithHint(error) ?? fault('EIO', reasonOf(error));
  return { index, prefix, table, code, reason };
}
