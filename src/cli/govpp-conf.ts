/** Reads govpp.conf as an agent with the same configuration files does. */

import { type ConfigPlaces, configFileOf } from '../agent/for-cli.js';
import { AgentError, readConfig } from '../agent/index.js';
import { connectOptions, type GovppConfig, govppConfig, govppObsolete, otherDataplanes } from '../plugins/for-cli.js';

/** The checked content of govpp.conf. Throws as the agent's start would. */
export function readGovppConfig(places: ConfigPlaces): GovppConfig {
  return readConfig(configFileOf('govpp', places), govppConfig, { obsolete: govppObsolete, plugin: 'govpp' }).value;
}

/** The dataplanes of govpp.conf besides `main`; none where the file has mistakes, which the agent's start reports. */
export function configuredOthers(places: ConfigPlaces): Record<string, unknown> {
  try {
    return otherDataplanes(readGovppConfig(places));
  } catch (error) {
    if (error instanceof AgentError) return {};
    throw error;
  }
}

/**
 * The sockets that such an agent would connect to, for a command that has to know them before it starts; undefined stands for the
 * connection's default. Throws as the agent's start would.
 */
export function configuredSockets(places: ConfigPlaces): (string | undefined)[] {
  const { socket, backup } = connectOptions(readGovppConfig(places));
  return backup ? [socket, backup.socket] : [socket];
}
