/**
 * In which order plugins start: as declared, except that a provider comes before those who require it, and whoever
 * contributes to a collection before those who require that.
 * Whatever makes an order impossible is found before anything starts, all of it at once.
 */

import { isCollection } from './collection.js';
import { AgentError, refuseIfAny } from './errors.js';
import type { Plugin } from './plugin.js';
import { AGENT_API } from './plugin.js';
import { AGENT_SERVICES } from './services.js';
import { type Token, tokenName } from './token.js';

/**
 * The plugins in start order; `others` are those that could be added. Throws API_MISMATCH, DUPLICATE_PLUGIN, DUPLICATE_PROVIDER, MISSING_PROVIDER or
 * CIRCULAR_NEED; several of them together as one StartRefused.
 */
export function startOrder(plugins: readonly Plugin[], others: readonly Plugin[] = []): Plugin[] {
  const mismatches = plugins.map(apiMismatch).filter((error) => error !== undefined);
  const conflicts = [...duplicates(plugins), ...duplicateProviders(plugins)];
  refuseIfAny([...mismatches, ...conflicts, ...missingProviders(plugins, others)]);
  const { ordered, circle } = sort(plugins);
  if (circle.length > 0) throw circle[0];
  return ordered;
}

/** A DUPLICATE_PROVIDER for each service that the agent itself or an earlier plugin provides already. */
export function duplicateProviders(plugins: readonly Plugin[]): AgentError[] {
  const providers = providersOf(plugins);
  return plugins.flatMap((plugin) =>
    Object.values(plugin.provides).flatMap((token) => {
      const first = providers.get(token);
      if (first === plugin) return [];
      return twice(token, plugin, first === undefined ? 'the agent itself' : `plugin ${first.name}`);
    }),
  );
}

/** A circle in which plugins require each other, if there is one: a CIRCULAR_NEED for each plugin in it. */
export function circleAmong(plugins: readonly Plugin[]): readonly AgentError[] {
  return sort(plugins).circle;
}

/** Who provides what the agent itself does not; of several the first. */
function providersOf(plugins: readonly Plugin[]): ReadonlyMap<Token<unknown>, Plugin> {
  const all = plugins.flatMap((plugin) => Object.values(plugin.provides).map((token) => [token, plugin] as const));
  return new Map(all.filter(([token]) => !AGENT_SERVICES.has(token)).reverse());
}

/** A MISSING_PROVIDER for each service that one of the plugins requires and none provides. */
export function missingProviders(plugins: readonly Plugin[], others: readonly Plugin[]): AgentError[] {
  const provided = new Set([...AGENT_SERVICES, ...plugins.flatMap((plugin) => Object.values(plugin.provides))]);
  return plugins.flatMap((plugin) => {
    const unmet = Object.values(plugin.requires).filter((token) => !provided.has(token) && !isCollection(token));
    return unmet.map((token) => missing(token, plugin, plugins, others));
  });
}

/** Those who contribute to a collection. */
function contributorsTo(collection: Token<unknown>, plugins: readonly Plugin[]): Plugin[] {
  return plugins.filter(({ contributes = {} }) => Object.values(contributes).includes(collection));
}

/** Takes, again and again, the first declared plugin all of whose providers are taken; where there is none, a circle. */
function sort(plugins: readonly Plugin[]): { readonly ordered: Plugin[]; readonly circle: readonly AgentError[] } {
  const providers = providersOf(plugins);
  const waiting = new Set(plugins);
  const needs = (plugin: Plugin): Need[] =>
    Object.values(plugin.requires).flatMap((token) => {
      const first = providers.get(token);
      const suppliers = isCollection(token) ? contributorsTo(token, plugins) : first ? [first] : [];
      // To a collection of its own a plugin may contribute as well.
      const others = suppliers.filter(
        (provider) => waiting.has(provider) && !(isCollection(token) && provider === plugin),
      );
      return others.map((provider) => ({ token, provider }));
    });
  const ordered: Plugin[] = [];
  while (waiting.size > 0) {
    const next = [...waiting].find((plugin) => needs(plugin).length === 0);
    if (!next) return { ordered, circle: circle([...waiting][0], needs) };
    waiting.delete(next);
    ordered.push(next);
  }
  return { ordered, circle: [] };
}

type Need = { token: Token<unknown>; provider: Plugin };

/** Every plugin still waiting has an unmet need, so following them from any leads into a circle; told from each in it. */
function circle(from: Plugin, needs: (plugin: Plugin) => Need[]): AgentError[] {
  const path: Plugin[] = [];
  let plugin = from;
  while (!path.includes(plugin)) {
    path.push(plugin);
    plugin = needs(plugin)[0].provider;
  }
  const members = path.slice(path.indexOf(plugin));
  const steps = members.map((member) => {
    const [{ token, provider }] = needs(member);
    return `${member.name} requires "${tokenName(token)}" of ${provider.name}`;
  });
  return members.map(({ name }, i) => {
    const told = [...steps.slice(i), ...steps.slice(0, i)].join(', ');
    return new AgentError('CIRCULAR_NEED', `plugins require each other in a circle: ${told}`, { plugin: name });
  });
}

/** What keeps a plugin that was built for another agent from running in this one. */
export function apiMismatch({ name, version, agentApi }: Plugin): AgentError | undefined {
  if (agentApi === AGENT_API) return undefined;
  const text = `plugin ${name} ${version} was built for agent API ${agentApi}, but this agent has agent API ${AGENT_API}: ${advice(agentApi)}`;
  return new AgentError('API_MISMATCH', text, { plugin: name });
}

const advice = (agentApi: number) =>
  agentApi > AGENT_API ? 'it needs a newer vppmux' : 'take a newer version of it, or build it anew against this vppmux';

function duplicates(plugins: readonly Plugin[]): AgentError[] {
  const names = plugins.map((plugin) => plugin.name);
  const twice = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  return [...twice].map(
    (name) => new AgentError('DUPLICATE_PLUGIN', `plugin ${name} is listed more than once`, { plugin: name }),
  );
}

function twice(token: Token<unknown>, plugin: Plugin, other: string): AgentError {
  const text = `plugin ${plugin.name} provides "${tokenName(token)}", which ${other} already provides`;
  return new AgentError('DUPLICATE_PROVIDER', text, { plugin: plugin.name });
}

function missing(
  token: Token<unknown>,
  plugin: Plugin,
  plugins: readonly Plugin[],
  others: readonly Plugin[],
): AgentError {
  const provider = others.find((other) => Object.values(other.provides).includes(token))?.name;
  const known = plugins.flatMap((other) => Object.values(other.provides)).map((provided) => `"${tokenName(provided)}"`);
  const text =
    `plugin ${plugin.name} requires "${tokenName(token)}", which no plugin in the list provides` +
    ` (provided are: ${known.join(', ') || 'none'}); add ${provider ?? 'the plugin that does'} to "plugins" in agent.yaml`;
  return new AgentError('MISSING_PROVIDER', text, { plugin: plugin.name });
}
