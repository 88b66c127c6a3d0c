/** trace.conf. */

import { z } from 'zod';

export const traceConfig = z.object({
  enabled: z.boolean().default(false).describe('Whether messages are shown at all; they may hold secrets'),
  ring: z.number().int().min(0).max(10_000_000).default(0).describe('How many of the last messages are kept; 0: none'),
  'ring-bytes': z.number().int().min(1024).default(16_777_216).describe('Bytes that they may take'),
  'max-buffer': z
    .number()
    .int()
    .min(1024)
    .default(1_048_576)
    .describe('Bytes that may wait for a client of the trace that does not read'),
});

export type TraceConfig = z.output<typeof traceConfig>;
