/** Bodies of any content for all requests that the mock serves, for long: see test/mock-vpp/any-input. */
import { expect, it } from 'vitest';
import { feed } from '../support/feed.js';
import { scaled, seedFor } from '../support/scale.js';

it.each([{}, { vppBugs: true as const }])('any input %j: answered, and no handler throws', async (options) => {
  const rounds = scaled({ short: 3, long: 40 });
  const { requests, failures, unanswered, deaths, hangs } = await feed({
    rounds,
    seed: seedFor('mock input'),
    ...options,
  });
  console.log(`${requests} requests, ${deaths.length} deaths, ${hangs} hangs`);
  expect({ failures: [...failures], unanswered }).toEqual({ failures: [], unanswered: [] });
});
