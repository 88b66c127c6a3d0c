/** Which of the plugins that come with vppmux a plugin cannot do without. */

import type { Plugin } from '../../agent/index.js';
import { builtIns } from '../../plugins/index.js';

export function allBuiltIns(): Promise<Plugin[]> {
  const all: (Plugin | (() => Promise<Plugin>))[] = Object.values(builtIns);
  return Promise.all(all.map((plugin) => (typeof plugin === 'function' ? plugin() : plugin)));
}

/** Those that provide what `plugins` require and do not provide each other, and what those require in turn. */
export async function providersFor(plugins: readonly Plugin[]): Promise<Plugin[]> {
  const candidates = await allBuiltIns();
  const chosen = [...plugins];
  // It grows while it is gone through.
  for (const { requires } of chosen) {
    for (const token of Object.values(requires)) {
      const provides = (plugin: Plugin) => Object.values(plugin.provides).includes(token);
      const provider = chosen.some(provides) ? undefined : candidates.find(provides);
      if (provider) chosen.push(provider);
    }
  }
  return chosen.slice(plugins.length);
}
