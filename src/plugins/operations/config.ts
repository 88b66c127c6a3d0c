/** Schema of operations.conf. */

import { z } from 'zod';

export const operationsConfig = z.object({
  cli: z
    .boolean()
    .default(false)
    .describe("Whether system.cli runs commands of VPP's command line, which can do anything to VPP"),
});

export type OperationsConfig = z.output<typeof operationsConfig>;
