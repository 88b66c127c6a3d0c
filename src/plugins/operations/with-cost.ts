/** Measures what reading a table costs VPP, for outputs that say so. */

import { z } from 'zod';

export const cost = z
  .object({
    ms: z.number().describe('Milliseconds from the question to the last answer'),
    details: z.int().describe('Entries of the table that VPP has sent for it'),
  })
  .describe('What the question cost VPP, which does nothing else of its API meanwhile');

/** Runs `read`, which says how many `details` VPP has sent; in what it gives, `cost` stands in their place. */
export async function withCost<T extends { readonly details: number }>(
  read: () => Promise<T>,
): Promise<Omit<T, 'details'> & { readonly cost: z.input<typeof cost> }> {
  const began = performance.now();
  const { details, ...result } = await read();
  return { ...result, cost: { ms: Math.round((performance.now() - began) * 10) / 10, details } };
}
