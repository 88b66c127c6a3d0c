/** dashboard.conf. */

import { z } from 'zod';
import { duration } from '../../sdk/index.js';

export const dashboardConfig = z.object({
  interval: duration()
    .default('1s')
    .refine((ms) => ms >= 100, 'must be 100ms or more')
    .describe('How often views get new values'),
  'max-clients': z.int().min(1).max(1000).default(32).describe('Browsers and terminals that may look at a time'),
});

export type DashboardConfig = z.output<typeof dashboardConfig>;
