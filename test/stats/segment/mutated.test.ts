/** A few mutated segments; a million of them are in test/faults. */
import { expect, it } from 'vitest';
import { seedFor } from '../../support/scale.js';
import { segmentFile, segmentOfAllTypes } from '../../support/segment-builder.js';
import { readMutations } from './mutated.js';

it('mutated segments: read, or refused, and nothing outside of them', async () => {
  const segment = segmentOfAllTypes(16 * 1024);
  const count = 3000;
  const outcomes = await readMutations(segment, segmentFile(segment.bytes), { count, seed: seedFor('segments') });
  expect(outcomes.whole + outcomes.skipped + outcomes.refused).toBe(count);
  for (const each of Object.values(outcomes)) expect(each).toBeGreaterThan(100);
});
