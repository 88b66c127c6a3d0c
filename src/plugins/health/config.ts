/** health.conf. */

import { z } from 'zod';
import { duration } from '../../sdk/index.js';

export const healthConfig = z.object({
  'live-ping-interval': duration()
    .default('30s')
    .refine((ms) => ms >= 100, 'must be at least 100ms')
    .describe('How often a client of /status/live is asked whether it is still there'),
  'live-max-buffer': z
    .number()
    .int()
    .min(1024)
    .default(1_048_576)
    .describe('Bytes that may wait for a client of /status/live that does not read'),
});

export type HealthConfig = z.output<typeof healthConfig>;
