/** trace.conf. */

import { z } from 'zod';

export const traceConfig = z.object({
  enabled: z.boolean().default(false),
  ring: z.number().int().min(0).max(10_000_000).default(0),
  'ring-bytes': z.number().int().min(1024).default(16_777_216),
  'max-buffer': z.number().int().min(1024).default(1_048_576),
});

export type TraceConfig = z.output<typeof traceConfig>;
