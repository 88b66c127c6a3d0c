/** Mutated stats segments, a million of them: see test/stats/segment. */
import { expect, it } from 'vitest';
import { readMutations } from '../stats/segment/mutated.js';
import { scaled, seedFor } from '../support/scale.js';
import { segmentFile, segmentOfAllTypes } from '../support/segment-builder.js';

it('mutated segments: no crash, no hang, nothing outside of them is read, and no memory is taken for what they announce', async () => {
  const segment = segmentOfAllTypes(16 * 1024);
  const count = scaled({ short: 20_000, long: 1_000_000 });
  const outcomes = await readMutations(segment, segmentFile(segment.bytes), { count, seed: seedFor('segments') });
  console.log(`${outcomes.whole} read whole, ${outcomes.skipped} in part, ${outcomes.refused} refused`);
  expect(outcomes.whole + outcomes.skipped + outcomes.refused).toBe(count);
});
