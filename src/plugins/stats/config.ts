/** stats.conf: how VPP's counters are read. */

import { z } from 'zod';
import { duration } from '../../sdk/index.js';

export const statsConfig = z.object({
  ways: z
    .array(z.enum(['node:ffi', 'koffi', 'proc', 'python3']))
    .default([])
    .describe("Ways to VPP's memory that are tried, in this order; empty: all"),
  patience: duration()
    .default('1s')
    .refine((ms) => ms > 0, 'must be more than 0')
    .describe('How long a read waits for VPP to finish a change of its directory of counters'),
  slice: duration()
    .default('5ms')
    .refine((ms) => ms > 0, 'must be more than 0')
    .describe('How long a read may hold up everything else of the agent at a time'),
});

export type StatsConfig = z.output<typeof statsConfig>;
