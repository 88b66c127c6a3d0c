/**
 * Second stage of a start: puts the chosen plugins in their order, without the optional ones that cannot run next to the
 * others.
 */

import { debug } from '../../debug.js';
import type { Chosen, Skipped } from '../choose/choose-plugins.js';
import type { AgentError } from '../errors.js';
import type { Plugin } from '../plugin/plugin.js';
import { duplicateProviders, missingProviders } from './providers.js';
import { circleAmong, startOrder } from './start-order.js';

/**
 * `ordered` are the plugins in start order, `skipped` the optional ones that cannot run. `others` could be added to the
 * list, and are named where they would help. Throws what `startOrder` throws.
 */
export function orderPlugins(
  chosen: readonly Chosen[],
  others: readonly Plugin[],
): { ordered: Chosen[]; skipped: Skipped[] } {
  const { able, skipped } = skipImpossible(chosen, others);
  const order = startOrder(
    able.map(({ plugin }) => plugin),
    others,
  );
  const ordered = [...able].sort((a, b) => order.indexOf(a.plugin) - order.indexOf(b.plugin));
  for (const { name, error } of skipped) debug.plugins?.(`${name} is skipped, since it is optional: ${error.message}`);
  debug.plugins?.(`start order: ${ordered.map(({ plugin }) => plugin.name).join(', ')}`);
  return { ordered, skipped };
}

/**
 * Sets the optional plugins aside that require a service that nobody provides, or each other in a circle, or that provide
 * a service of another plugin; then the optional ones that need these. What is left may still be impossible: `startOrder`
 * refuses that.
 */
function skipImpossible(
  chosen: readonly Chosen[],
  others: readonly Plugin[],
): { able: readonly Chosen[]; skipped: Skipped[] } {
  const plugins = chosen.map(({ plugin }) => plugin);
  const isOptional = ({ plugin: name }: AgentError) =>
    chosen.every(({ plugin, optional }) => optional || plugin.name !== name);
  const circle = circleAmong(plugins);
  // Where two provide one service the optional one is skipped, also where it stands first.
  const optionalLast = [...chosen].sort((a, b) => Number(a.optional) - Number(b.optional));
  const taken = duplicateProviders(optionalLast.map(({ plugin }) => plugin));
  const impossible = [
    ...[...missingProviders(plugins, others), ...taken].filter(isOptional),
    ...(circle.every(isOptional) ? circle : []),
  ];
  const errors = new Map(impossible.map((error) => [error.plugin, error]));
  const skipped = plugins.flatMap(({ name, version }): Skipped[] => {
    const error = errors.get(name);
    return error ? [{ name, version, error }] : [];
  });
  if (skipped.length === 0) return { able: chosen, skipped };
  const left = chosen.filter(({ plugin }) => !errors.has(plugin.name));
  const further = skipImpossible(left, others);
  return { able: further.able, skipped: [...skipped, ...further.skipped] };
}
