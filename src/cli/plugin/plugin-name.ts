/** Names for new plugins. */

import { PLUGIN_NAME } from '../../agent/for-cli.js';
import { builtIns } from '../../plugins/index.js';
import { UsageError } from '../errors.js';

/** Valid, and yet nothing but trouble. */
const TAKEN: Readonly<Record<string, string>> = {
  agent: 'its configuration would be agent.yaml, which is the agent’s own',
  vppmux: 'npm lets no package depend on one of its own name',
};

/** Throws UsageError, with the reason and a name that would do, for one that cannot be a plugin's. */
export function refuseBadName(name: string): void {
  if (!PLUGIN_NAME.test(name)) {
    const better = betterName(name);
    const hint = PLUGIN_NAME.test(better) ? `; did you mean ${better}?` : '';
    throw new UsageError(`'${name}' cannot name a plugin: it must be lower-case words joined by dashes${hint}`);
  }
  const reason = Object.hasOwn(builtIns, name) ? 'a plugin of this name comes with vppmux' : TAKEN[name];
  if (reason !== undefined) throw new UsageError(`'${name}' cannot name a plugin of yours: ${reason}`);
}

/** `MyPlugin 2`, `my_plugin_2` → `my-plugin-2`. */
function betterName(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();
  return words.replace(/[^a-z0-9]+/g, '-').replace(/^[-0-9]+|-$/g, '');
}
