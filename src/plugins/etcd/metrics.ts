/** Metrics of the agent's part in the fleet. They have no labels of agents: whoever scrapes an agent knows which one it is. */

import { outcome } from '../../fleet/index.js';
import { counter, gauge, type Metric, type MetricSample } from '../../sdk/index.js';
import type { Membership } from './membership.js';

export function fleetMetrics(membership: Pick<Membership, 'opened' | 'driver'>): readonly Metric[] {
  const status = () => membership.opened?.member.status;
  return [
    gauge('etcd_store_up', 'Whether the store of the fleet can be reached', () => {
      const found = status();
      return found && (found.store.state === 'there' ? 1 : 0);
    }),
    gauge('etcd_fleet_generation', 'Generation that this agent carries out', () => status()?.generation),
    gauge('etcd_fleet_outcome', 'Outcome of that generation: 1 for the present one', () => {
      const found = status();
      return found && outcome.options.map((name): MetricSample => sample(name, found.outcome));
    }),
    gauge('etcd_fleet_drift_objects', 'Objects of VPP that others have changed', () => status()?.drift),
    gauge('etcd_fleet_label_taken', 'Whether another agent has the same label', () => {
      const found = status();
      return found && (found.rival === undefined ? 0 : 1);
    }),
    counter(
      'etcd_fleet_wishes_total',
      'Wishes of the fleet that were carried out, refused, put off or withdrawn',
      () => {
        const found = status();
        if (found === undefined) return undefined;
        const { states: _, ...counts } = found.counts;
        return Object.entries(counts).map(([result, value]) => ({ labels: { result }, value }));
      },
    ),
    counter('etcd_fleet_states_total', 'States that this agent has written', () => status()?.counts.states),
    gauge('etcd_fleet_driver', 'Whether this agent drives roll-outs', () => {
      return membership.driver && (membership.driver.isLeading ? 1 : 0);
    }),
  ];
}

const sample = (name: string, present: string | undefined): MetricSample => ({
  ...{ labels: { outcome: name }, value: name === present ? 1 : 0 },
});
