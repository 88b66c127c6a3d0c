/** The shape of an entry in an answer: what `entryToJson` makes. */

import { z } from 'zod';

const count = z.string().describe('Decimal digits');
const counts = z.array(count);
const hex = z.string().describe('Hexadecimal digits');

export const entryJson = z.object({
  name: z.string().describe('Whole name'),
  type: z.string().describe('scalar, gauge, simple, combined, names, symlink, histogram, ring or empty'),
  value: count.optional().describe('Of a scalar or gauge'),
  counters: z
    .array(counts)
    .optional()
    .describe('Of a simple counter: by thread, then by index; of a symlink one of each thread'),
  packets: z.array(counts).optional().describe('Of a combined counter, as `counters`'),
  bytes: z.array(counts).optional().describe('Of a combined counter, as `counters`'),
  names: z.array(z.string().nullable()).optional().describe('By index; null where an index is free'),
  target: z.string().optional().describe('Entry that a symlink leads to'),
  index: z.int().optional().describe('Column in it'),
  bins: z
    .array(z.object({ minimum: z.int().describe('Exponent of the first bin'), bins: counts.describe('By bin') }))
    .optional()
    .describe('Of a histogram, by thread: the first bin has values up to 2^minimum, each further one twice as much'),
  records: z.array(z.array(hex)).optional().describe('Of a ring, by thread, the oldest first'),
});
