/** The services that plugins provide: which plugin provides which, which are provided twice, which are missing. */

import { AgentError } from '../errors.js';
import { isCollection } from '../plugin/collection.js';
import type { Plugin } from '../plugin/plugin.js';
import { AGENT_SERVICES } from '../plugin/services.js';
import { partsOfNamed, type Token, tokenName } from '../token.js';

/** The provider of each service that is not the agent's own; the first where there are several. */
export function providersOf(plugins: readonly Plugin[]): ReadonlyMap<Token<unknown>, Plugin> {
  const all = plugins.flatMap((plugin) => Object.values(plugin.provides).map((token) => [token, plugin] as const));
  return new Map(all.filter(([token]) => !AGENT_SERVICES.has(token)).reverse());
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

function twice(token: Token<unknown>, plugin: Plugin, other: string): AgentError {
  const text = `plugin ${plugin.name} provides "${tokenName(token)}", which ${other} already provides`;
  return new AgentError('DUPLICATE_PROVIDER', text, { plugin: plugin.name });
}

/** A MISSING_PROVIDER for each service that one of the plugins requires and none provides. */
export function missingProviders(plugins: readonly Plugin[], others: readonly Plugin[]): AgentError[] {
  const provided = new Set([...AGENT_SERVICES, ...plugins.flatMap((plugin) => Object.values(plugin.provides))]);
  return plugins.flatMap((plugin) => {
    const unmet = Object.values(plugin.requires).filter((token) => !provided.has(token) && !isCollection(token));
    return unmet.map((token) => missing(token, plugin, plugins, others));
  });
}

function missing(
  token: Token<unknown>,
  plugin: Plugin,
  plugins: readonly Plugin[],
  others: readonly Plugin[],
): AgentError {
  const provider = others.find((other) => Object.values(other.provides).includes(token))?.name;
  const ofDataplane = missingAt(token, plugin, [...plugins, ...others]);
  if (ofDataplane !== undefined) {
    const text = `plugin ${plugin.name} requires "${tokenName(token)}", ${ofDataplane}`;
    return new AgentError('MISSING_PROVIDER', text, { plugin: plugin.name });
  }
  const known = plugins.flatMap((other) => Object.values(other.provides)).map((provided) => `"${tokenName(provided)}"`);
  const text =
    `plugin ${plugin.name} requires "${tokenName(token)}", which no plugin in the list provides` +
    ` (provided are: ${known.join(', ') || 'none'}); add ${provider ?? 'the plugin that does'} to "plugins" in agent.yaml`;
  return new AgentError('MISSING_PROVIDER', text, { plugin: plugin.name });
}

/** The reason why a service of a dataplane other than `main` is missing; undefined for any other service. */
function missingAt(token: Token<unknown>, { dataplane: own }: Plugin, all: readonly Plugin[]): string | undefined {
  const parts = partsOfNamed(token);
  const provider = parts && all.find((other) => Object.values(other.provides).includes(parts.token));
  if (!parts || !provider) return undefined;
  const { dataplane } = parts;
  if (own !== dataplane && provider.dataplanes) {
    return `and there is no dataplane "${dataplane}"; add it to "dataplanes" in ${provider.name}.conf`;
  }
  return `which no plugin provides at dataplane ${dataplane}; add "plugin: ${provider.name}" with "dataplane: ${dataplane}" to "plugins" in agent.yaml`;
}

/** A DUPLICATE_PLUGIN for each name that several plugins have. */
export function duplicateNames(plugins: readonly Plugin[]): AgentError[] {
  const names = plugins.map((plugin) => plugin.name);
  const repeated = new Set(names.filter((name, i) => names.indexOf(name) !== i));
  return [...repeated].map(
    (name) => new AgentError('DUPLICATE_PLUGIN', `plugin ${name} is listed more than once`, { plugin: name }),
  );
}
