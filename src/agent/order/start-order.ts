/**
 * The order in which plugins start: as declared, except that a provider comes before the plugins that require it, and a
 * contributor to a collection before the plugins that require the collection. What makes an order impossible is found
 * before anything starts, all of it together.
 */

import { type DebugLine, debug } from '../../debug.js';
import { apiMismatch } from '../choose/api-mismatch.js';
import { AgentError, refuseIfAny } from '../errors.js';
import { isCollection } from '../plugin/collection.js';
import type { Plugin } from '../plugin/plugin.js';
import { type Token, tokenName } from '../token.js';
import { duplicateNames, duplicateProviders, missingProviders, providersOf } from './providers.js';

/**
 * The plugins in start order; `others` are the ones that could be added. Throws API_MISMATCH, DUPLICATE_PLUGIN,
 * DUPLICATE_PROVIDER, MISSING_PROVIDER or CIRCULAR_NEED; several of them together as one StartRefused.
 */
export function startOrder(plugins: readonly Plugin[], others: readonly Plugin[] = []): Plugin[] {
  const mismatches = plugins.map(apiMismatch).filter((error) => error !== undefined);
  const conflicts = [...duplicateNames(plugins), ...duplicateProviders(plugins)];
  refuseIfAny([...mismatches, ...conflicts, ...missingProviders(plugins, others)]);
  const { ordered, circle } = sort(plugins, debug.plugins);
  if (circle.length > 0) throw circle[0];
  return ordered;
}

/** A circle in which plugins require each other, if there is one: a CIRCULAR_NEED for each plugin in it. */
export function circleAmong(plugins: readonly Plugin[]): readonly AgentError[] {
  return sort(plugins).circle;
}

/**
 * Takes, again and again, the first declared plugin all of whose providers are taken; where there is none, a circle.
 */
function sort(
  plugins: readonly Plugin[],
  explain?: DebugLine,
): { readonly ordered: Plugin[]; readonly circle: readonly AgentError[] } {
  const providers = providersOf(plugins);
  const waiting = new Set(plugins);
  const needs = (plugin: Plugin): Need[] =>
    Object.values(plugin.requires).flatMap((token) => {
      const first = providers.get(token);
      const suppliers = isCollection(token) ? contributorsTo(token, plugins) : first ? [first] : [];
      // A plugin may contribute to a collection that it requires itself.
      const others = suppliers.filter(
        (provider) => waiting.has(provider) && !(isCollection(token) && provider === plugin),
      );
      return others.map((provider) => ({ token, provider }));
    });
  const ordered: Plugin[] = [];
  while (waiting.size > 0) {
    const next = [...waiting].find((plugin) => needs(plugin).length === 0);
    if (!next) return { ordered, circle: circle([...waiting][0], needs) };
    const [first] = waiting;
    if (explain && next !== first) {
      const [{ token, provider }] = needs(first);
      explain(`${next.name} before ${first.name}, which requires "${tokenName(token)}" of ${provider.name}`);
    }
    waiting.delete(next);
    ordered.push(next);
  }
  return { ordered, circle: [] };
}

/** The plugins that contribute to a collection. */
function contributorsTo(collection: Token<unknown>, plugins: readonly Plugin[]): Plugin[] {
  return plugins.filter(({ contributes = {} }) => Object.values(contributes).includes(collection));
}

type Need = { token: Token<unknown>; provider: Plugin };

/** Every plugin still waiting has an unmet need, so following needs from any of them leads into a circle. */
function circle(from: Plugin, needs: (plugin: Plugin) => Need[]): AgentError[] {
  const path: Plugin[] = [];
  let plugin = from;
  while (!path.includes(plugin)) {
    path.push(plugin);
    plugin = needs(plugin)[0].provider;
  }
  const around = path.slice(path.indexOf(plugin));
  const steps = around.map((each) => {
    const [{ token, provider }] = needs(each);
    return `${each.name} requires "${tokenName(token)}" of ${provider.name}`;
  });
  return around.map(({ name }, i) => {
    const text = [...steps.slice(i), ...steps.slice(0, i)].join(', ');
    return new AgentError('CIRCULAR_NEED', `plugins require each other in a circle: ${text}`, { plugin: name });
  });
}
