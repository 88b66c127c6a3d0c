/** operations.conf. */

import { z } from 'zod';

export const operationsConfig = z.object({
  cli: z.boolean().default(false).describe('Whether there is system.cli, which runs any command of VPP'),
});

export type OperationsConfig = z.output<typeof operationsConfig>;
