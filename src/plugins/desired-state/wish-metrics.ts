/** Metrics of the present wish. */

import { gauge, type Metric } from '../../sdk/index.js';
import type { Controller } from './controller.js';

export function wishMetrics(controller: Controller): readonly Metric[] {
  return [
    gauge('desired_state_objects', 'Objects of the present wish, by their state', () => {
      const counts = controller.keeper?.present && controller.carrier?.states.counts;
      return counts && Object.entries(counts).map(([state, value]) => ({ labels: { state }, value }));
    }),
    gauge('desired_state_revision', 'Number of the present wish', () => controller.keeper?.present?.revision),
    gauge('desired_state_unconfirmed', 'Whether the present wish waits to be confirmed', () => {
      return controller.keeper && (controller.keeper.state.unconfirmed === undefined ? 0 : 1);
    }),
    gauge('desired_state_checked_timestamp_seconds', 'When VPP was compared with the wish last, Unix time', () => {
      const at = controller.carrier?.checkedAt;
      return at && at.getTime() / 1000;
    }),
  ];
}
