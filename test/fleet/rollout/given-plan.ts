import type { GivenPlan } from '../../../src/fleet/rollout/begin.js';

/** A plan without agents and groups. */
export const PLAN: GivenPlan = {
  ...{ at: '2026-01-01T00:00:00.000Z', by: 'tests', pauseOnFailure: true, allowAway: false, waveSeconds: 60 },
  ...{ groups: {}, droppedGroups: [] },
};
