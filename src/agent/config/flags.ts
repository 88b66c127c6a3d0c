/**
 * Flags of the command line about plugins: `--<plugin>-config PATH`, whose name no command knows beforehand, and
 * `--plugin`.
 */

import { AgentError } from '../errors.js';
import type { PluginEntry } from './agent-config.js';
import { ARGUMENT, argumentsOf } from './arguments.js';

const FLAG = /^--([a-z][a-z0-9-]*)-config(?:=(.*))?$/s;

/**
 * Takes `--<name>-config PATH` and `--<name>-config=PATH` out of `argv`. Returns the files by plugin name, and
 * what is left of the arguments. Throws CONFIG_NOT_FOUND for a flag without a path. Stops at `--`.
 */
export function takeConfigFlags(argv: readonly string[]): { files: Record<string, string>; rest: string[] } {
  const files: Record<string, string> = {};
  const rest: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    if (argv[i] === '--') return { files, rest: [...rest, ...argv.slice(i)] };
    const [, name, joined] = FLAG.exec(argv[i]) ?? [];
    if (name === undefined) {
      rest.push(argv[i]);
      continue;
    }
    const path = joined ?? argv[++i];
    if (!path || path.startsWith('--')) {
      throw new AgentError('CONFIG_NOT_FOUND', `--${name}-config needs the path of a file`, { plugin: name });
    }
    files[name] = path;
  }
  return { files, rest };
}

/**
 * `--plugin REF key=value …`, once or more, as entries of agent.yaml. A word that looks like `key=value` belongs to the
 * plugin before it. Returns the text of an error instead where there is none.
 */
export function pluginsOfFlags(words: readonly string[]): PluginEntry[] | string {
  const groups: { plugin: string; words: string[] }[] = [];
  for (const word of words) {
    if (!ARGUMENT.test(word)) groups.push({ plugin: word, words: [] });
    else if (groups.length === 0) return `--plugin ${word}: name the plugin first, then its key=value arguments`;
    else groups[groups.length - 1].words.push(word);
  }
  return groups.map(({ plugin, words: own }) => ({ plugin, arguments: argumentsOf(own) }));
}
