/**
 * Places plugins at the dataplanes that they name, where several are configured: a plugin at `edge` gets the services of `edge` in
 * place of those of `main`, and provides its own as services of `edge`.
 *
 * A service belongs to a dataplane when a plugin that owns dataplanes says so, or when its provider requires one that does. So a
 * plugin at `edge` never gets counters, or a wish, of `main` by mistake: what nobody provides at `edge` is missing.
 */

import { closestOrAll } from '../../nearest.js';
import type { Chosen } from '../choose/choose-plugins.js';
import type { AgentFile } from '../config/agent-config.js';
import { ConfigError } from '../config/config-error.js';
import { isSameEntry } from '../config/configuration.js';
import { AgentError } from '../errors.js';
import type { Plugin } from '../plugin/plugin.js';
import { MAIN, named, type Token, type Tokens } from '../token.js';

/** The names of a plugin's dataplanes besides `main`, by its configuration. */
export type NamesOf = (owner: Chosen) => readonly string[];

export interface Placed {
  readonly placed: readonly Chosen[];
  /** Names of all dataplanes, `main` first. */
  readonly dataplanes: readonly string[];
  readonly problems: readonly AgentError[];
}

/** The plugins as they run at their dataplanes. With one dataplane all of them stay as they are. */
export function placePlugins(chosen: readonly Chosen[], agent: AgentFile, namesOf: NamesOf): Placed {
  const names = new Map(chosen.filter(({ plugin }) => plugin.dataplanes).map((owner) => [owner, namesOf(owner)]));
  const dataplanes = [...new Set([MAIN, ...[...names.values()].flat()])];
  const services = servicesOfDataplanes(chosen);
  const problems: AgentError[] = [];
  const placed = chosen.map((each): Chosen => {
    const { plugin, entry } = each;
    const problem = problemOf(each, dataplanes, services);
    if (problem !== undefined) problems.push(errorAt(each, problem, agent));
    if (dataplanes.length === 1 || problem !== undefined) return each;
    const own = names.get(each);
    if (own !== undefined) return { ...each, plugin: asOwner(plugin, own) };
    if (!isBound(plugin, services)) return each;
    return { ...each, plugin: placedAt(plugin, entry?.dataplane ?? MAIN, services) };
  });
  return { placed, dataplanes, problems };
}

/** The services that every dataplane has one of. */
function servicesOfDataplanes(chosen: readonly Chosen[]): ReadonlySet<Token<unknown>> {
  const plugins = chosen.map(({ plugin }) => plugin);
  const services = new Set(
    plugins.flatMap(({ provides, dataplanes }) => dataplanes?.services.map((key) => provides[key]) ?? []),
  );
  for (let before = -1; before < services.size; ) {
    before = services.size;
    const bound = plugins.filter((plugin) => plugin.dataplanes === undefined && isBound(plugin, services));
    for (const token of bound.flatMap(({ provides }) => Object.values(provides))) services.add(token);
  }
  return services;
}

const isBound = ({ requires }: Plugin, services: ReadonlySet<Token<unknown>>) =>
  Object.values(requires).some((token) => services.has(token));

function problemOf(
  { plugin, entry }: Chosen,
  dataplanes: readonly string[],
  services: ReadonlySet<Token<unknown>>,
): string | undefined {
  const dataplane = entry?.dataplane;
  if (dataplane === undefined) return undefined;
  if (!dataplanes.includes(dataplane)) {
    const configured = dataplanes.length === 1 ? 'only main is configured' : closestOrAll(dataplane, dataplanes).text;
    const hint = dataplanes.length === 1 ? `; ${configured}` : configured;
    return `plugin ${plugin.name} is to work at dataplane "${dataplane}", and there is none of this name${hint} ("dataplanes" in govpp.conf)`;
  }
  if (plugin.dataplanes !== undefined) return `plugin ${plugin.name} owns all dataplanes: leave "dataplane" out`;
  if (isBound(plugin, services)) return undefined;
  return `plugin ${plugin.name} has nothing to do with a dataplane, since it requires no service of one: leave "dataplane" out`;
}

/** The error of the entry in agent.yaml, or of the command line. */
function errorAt({ plugin, entry }: Chosen, problem: string, { value, file, located }: AgentFile): AgentError {
  const i = entry === undefined ? -1 : value.plugins.findIndex((listed) => isSameEntry(listed, entry));
  if (i < 0 || file === undefined) return new AgentError('CONFIG_INVALID', problem, { plugin: plugin.name });
  return new ConfigError([located.problem(['plugins', i, 'dataplane'], problem, 'value')], plugin.name);
}

/** The owner, which provides its services for each of its dataplanes. */
function asOwner(plugin: Plugin, names: readonly string[]): Plugin {
  const { provides, dataplanes } = plugin;
  const more = names.flatMap((name) =>
    (dataplanes?.services ?? []).map((key) => [`${key}@${name}`, named(provides[key], name)] as const),
  );
  return Object.freeze({ ...plugin, provides: { ...provides, ...Object.fromEntries(more) } });
}

function placedAt(plugin: Plugin, dataplane: string, services: ReadonlySet<Token<unknown>>): Plugin {
  const moved = (tokens: Tokens): Tokens =>
    Object.fromEntries(
      Object.entries(tokens).map(([key, token]) => [key, services.has(token) ? named(token, dataplane) : token]),
    );
  return Object.freeze({
    ...plugin,
    dataplane,
    requires: moved(plugin.requires),
    provides: moved(plugin.provides),
  });
}
