/** `key=value` arguments of a plugin. */

import { z } from 'zod';
import { nearest } from '../../nearest.js';

/** `key=value` arguments, as `arguments` of agent.yaml or `--plugin` gives them. */
export type PluginArguments = Readonly<Record<string, string>>;

/** `key=value` */
export const ARGUMENT = /^([A-Za-z][\w.-]*)=(.*)$/s;

/** `arguments` of agent.yaml: `key: value` lines, or a list of `key=value`. The plugin gets every value as a string. */
export const pluginArguments = z.union(
  [
    z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String)),
    z.array(z.string().regex(ARGUMENT)).transform(argumentsOf),
  ],
  { error: 'must be "key: value" lines of strings or numbers, or a list of "key=value"' },
);

/** Arguments by key; of several with one key the last counts. */
export function argumentsOf(words: readonly string[]): PluginArguments {
  return Object.fromEntries(words.map((word) => (ARGUMENT.exec(word) ?? []).slice(1, 3)));
}

/** A warning for each argument that is, or is spelt nearly like, a key of the plugin's configuration file. */
export function misplacedArguments(
  { name, config }: { readonly name: string; readonly config: z.ZodType },
  args: PluginArguments,
): string[] {
  const shape = 'shape' in config && typeof config.shape === 'object' ? Object.keys(config.shape ?? {}) : [];
  return Object.keys(args).flatMap((given) => {
    const [key] = nearest(given, shape);
    const text = `argument ${given}=… does not configure it: ${key} is a key of ${name}.conf`;
    return key === undefined ? [] : [`${text} (--${name}-config FILE, or "config" in agent.yaml)`];
  });
}
