/**
 * Metrics of plugins that run once for each dataplane, as one metric whose samples have the label `dataplane`. Metrics of an agent with
 * one dataplane stay as they are.
 */

import type { Contribution, HistogramSample, Metric, MetricSample } from '../../sdk/index.js';
import { textAt } from '../../thrown.js';
import { foundBy } from './metric-text.js';

/** Metrics of one name: a part for each dataplane, or the only part of a metric that belongs to none. */
export interface MetricGroup {
  readonly name: string;
  readonly parts: readonly Contribution<Metric>[];
}

/** In the order of their first parts. */
export function groupsOf(contributions: readonly Contribution<Metric>[]): MetricGroup[] {
  const groups: { name: string; parts: Contribution<Metric>[] }[] = [];
  const ofDataplanes = new Map<string, { name: string; parts: Contribution<Metric>[] }>();
  for (const part of contributions) {
    const name = textAt(part.value, 'name') ?? '';
    const group = part.dataplane === undefined ? undefined : ofDataplanes.get(name);
    // The same plugin at two dataplanes; twice at one of them is a mistake.
    if (group?.parts.every(({ dataplane }) => dataplane !== part.dataplane)) {
      group.parts.push(part);
      continue;
    }
    const own = { name, parts: [part] };
    groups.push(own);
    if (part.dataplane !== undefined && group === undefined) ofDataplanes.set(name, own);
  }
  return groups;
}

/** The metric of a group. `onFault` gets the error of a part that could not be read: the other dataplanes are shown all the same. */
export function metricOf(
  { parts }: MetricGroup,
  onFault: (part: Contribution<Metric>, error: unknown) => void,
): Metric {
  const [{ value: first, dataplane }] = parts;
  if (dataplane === undefined) return first;
  const read = () => {
    const samples = parts.flatMap((part) => {
      try {
        return labelled(foundBy(part.value), part.dataplane ?? '');
      } catch (error) {
        onFault(part, error);
        return [];
      }
    });
    return samples.length === 0 ? undefined : samples;
  };
  return { ...first, read } as Metric;
}

type Sample = MetricSample | HistogramSample;

function labelled(found: unknown, dataplane: string): Sample[] {
  if (found === undefined) return [];
  if (!Array.isArray(found)) return [{ labels: { dataplane }, value: found as MetricSample['value'] }];
  return (found as readonly Sample[]).map((sample) => ({ ...sample, labels: { ...sample.labels, dataplane } }));
}
