/** health.conf. */

import { z } from 'zod';
import { duration } from '../../agent/config/duration.js';

export const healthConfig = z.object({
  'live-ping-interval': duration()
    .default('30s')
    .refine((ms) => ms >= 100, 'must be at least 100ms'),
  'live-max-buffer': z.number().int().min(1024).default(1_048_576),
});

export type HealthConfig = z.output<typeof healthConfig>;
