/** The mock takes any input: all that has an answer gets one, no handler throws, and it goes on. The long form: test/faults/mock-input. */
import { describe, expect, it } from 'vitest';
import { endOfVpp, hazardsOf } from '../../src/mux/internal.js';
import { feed } from '../support/feed.js';
import { seedFor } from '../support/scale.js';

describe('bodies of any content for all requests', () => {
  it('are answered, and no handler throws', async () => {
    const fed = await feed({ rounds: 1, seed: seedFor('any input', 1) });
    expect({ failures: [...fed.failures], unanswered: fed.unanswered }).toEqual({ failures: [], unanswered: [] });
    expect(fed.requests).toBeGreaterThan(4000);
  });

  it('with VPP’s bugs: are answered, or end it as the table of hazards says', async () => {
    const { deaths, failures, unanswered } = await feed({ rounds: 1, seed: seedFor('any input', 1), vppBugs: true });
    expect({ failures: [...failures], unanswered }).toEqual({ failures: [], unanswered: [] });
    const isKnown = ({ request, reason }: (typeof deaths)[number]) =>
      hazardsOf(request).some((hazard) => hazard.reason === reason && endOfVpp(hazard) === 'dies');
    expect(deaths.filter((death) => !isKnown(death))).toEqual([]);
    expect(deaths.length).toBeGreaterThan(0);
  });
});
