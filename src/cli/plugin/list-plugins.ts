/** The plugins that an agent can run by their short names. */

import { namesInFolder } from '../../agent/for-cli.js';
import { builtIns } from '../../plugins/index.js';
import { reasonOf } from '../../thrown.js';
import { agentPlaces, loadNamedPlugin } from './load-plugin.js';

export interface ListedPlugin {
  /** The short name. */
  readonly name: string;
  readonly version?: string;
  /** `built in`, or the plugin folder. */
  readonly from: string;
  readonly description?: string;
  /** Why it cannot be loaded. */
  readonly error?: string;
}

/** Loads all of them. Rejects with AgentError when agent.yaml is wrong. */
export async function listPlugins(configDir: string | undefined): Promise<ListedPlugin[]> {
  const { pluginDir } = agentPlaces(configDir);
  const own = Object.keys(builtIns);
  const found = namesInFolder(pluginDir).filter((name) => !own.includes(name));
  return Promise.all(
    [...own, ...found.sort()].map(async (name): Promise<ListedPlugin> => {
      const from = own.includes(name) ? 'built in' : pluginDir;
      try {
        const { version, description } = await loadNamedPlugin(name, { configDir });
        return { name, version, from, description };
      } catch (error) {
        return { name, from, error: reasonOf(error) };
      }
    }),
  );
}
