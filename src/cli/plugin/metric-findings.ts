/** Findings about the metrics that a plugin contributes: each is read as `GET /metrics` reads it. */

import type { Plugin } from '../../agent/index.js';
import { metricText } from '../../plugins/for-cli.js';
import { builtIns } from '../../plugins/index.js';
import { type Metric, Metrics } from '../../sdk/index.js';
import { textAt } from '../../thrown.js';
import type { Finding } from '../output/finding.js';
import { whereAndWhy } from './steps.js';
import type { CheckContext } from './test-agent.js';

const check = 'metrics';

export function* metricFindings({ recorded: { plugin, instance } }: CheckContext): Generator<Finding> {
  const collections = Object.entries(plugin.contributes ?? {});
  const own = collections.flatMap(([key, collection]) =>
    collection === Metrics ? ((instance?.contribute?.[key] ?? []) as readonly Metric[]) : [],
  );
  if (own.length === 0) yield { check, ok: 'yes', detail: 'none' };
  const names = new Set<string>();
  for (const metric of own) {
    const name = textAt(metric, 'name') ?? '';
    yield metricFinding(plugin, name, metric, names.has(name));
    names.add(name);
  }
}

function metricFinding(plugin: Plugin, name: string, metric: Metric, isTaken: boolean): Finding {
  let samples: number;
  try {
    if (isTaken) throw new Error('it has another metric of this name');
    samples = metricText(metric).samples;
  } catch (error) {
    const fix = 'GET /metrics skips it and logs why: mend its name, type, help or read';
    return { check, ok: 'no', detail: `"${name}": ${whereAndWhy(error, plugin.file)}`, fix };
  }
  const count = samples === 0 ? 'no value yet' : `${samples} ${samples === 1 ? 'sample' : 'samples'}`;
  const detail = `${name}, a ${metric.type} (${count}): ${metric.help}`;
  if (metric.help.trim() === '') {
    const fix = 'say what it counts, and in which unit: the second argument of gauge(), counter() and histogram()';
    return { check, ok: 'warn', detail: `${name}, a ${metric.type} (${count}), has no help`, fix };
  }
  const prefix = plugin.name.replaceAll('-', '_');
  // The plugins that come with vppmux have metrics of vppmux as a whole.
  const isVppmuxs = Object.hasOwn(builtIns, plugin.name) && name.startsWith('vppmux_');
  const isOwn = isVppmuxs || name === prefix || name.startsWith(`${prefix}_`);
  if (!isOwn) return { check, ok: 'warn', detail, fix: `begin its name with the plugin's: ${prefix}_…` };
  if (metric.type === 'counter' && !name.endsWith('_total')) {
    return { check, ok: 'warn', detail, fix: 'end the name of a counter in _total' };
  }
  return { check, ok: 'yes', detail };
}
