/** gateway.conf. */

import { z } from 'zod';

export const gatewayConfig = z.object({
  'max-calls': z.int().min(1).max(100_000).default(200).describe('Calls that may be under way at the same time'),
});

export type GatewayConfig = z.output<typeof gatewayConfig>;
