/** `key=value` arguments of a plugin, and the plugins that a command line adds. */

import { z } from 'zod';
import { nearest } from '../../nearest.js';
import type { Plugin, PluginArguments } from '../plugin.js';
import type { PluginEntry } from './agent-config.js';

const WORD = /^([A-Za-z][\w.-]*)=(.*)$/s;

/** `arguments` of agent.yaml: `key: value` lines, or a list of `key=value`. Values are text for the plugin. */
export const pluginArguments = z.union(
  [
    z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)),
    z.array(z.string().regex(WORD)).transform(argumentsOf),
  ],
  { error: 'must be "key: value" lines of text or numbers, or a list of "key=value"' },
);

/** The last of several with one key counts. */
function argumentsOf(words: readonly string[]): PluginArguments {
  return Object.fromEntries(words.map((word) => (WORD.exec(word) ?? []).slice(1, 3)));
}

/** A warning for each argument that is, or is spelt nearly like, a key of the configuration: that is another thing. */
export function misplacedArguments({ name, config }: Plugin, args: PluginArguments): string[] {
  const shape = 'shape' in config && typeof config.shape === 'object' ? Object.keys(config.shape ?? {}) : [];
  return Object.keys(args).flatMap((given) => {
    const [key] = nearest(given, shape);
    const text = `argument ${given}=… does not configure it: ${key} is a key of ${name}.conf`;
    return key === undefined ? [] : [`${text} (--${name}-config FILE, or "config" in agent.yaml)`];
  });
}

/**
 * `--plugin REF key=value …`, once or more, as entries of agent.yaml. A word that looks like `key=value` belongs to the
 * plugin before it. Gives text instead when there is none.
 */
export function pluginsOfFlags(words: readonly string[]): PluginEntry[] | string {
  const groups: { plugin: string; words: string[] }[] = [];
  for (const word of words) {
    if (!WORD.test(word)) groups.push({ plugin: word, words: [] });
    else if (groups.length === 0) return `--plugin ${word}: name the plugin first, then its key=value arguments`;
    else groups[groups.length - 1].words.push(word);
  }
  return groups.map(({ plugin, words: own }) => ({ plugin, arguments: argumentsOf(own) }));
}
