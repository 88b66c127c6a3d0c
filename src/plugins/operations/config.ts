/** operations.conf. */

import { z } from 'zod';

export const operationsConfig = z.object({ cli: z.boolean().default(false) });

export type OperationsConfig = z.output<typeof operationsConfig>;
