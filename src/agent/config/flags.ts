/** The command line's `--<plugin>-config PATH` flags, whose names no command knows beforehand. */

import { AgentError } from '../errors.js';

const FLAG = /^--([a-z][a-z0-9-]*)-config(?:=(.*))?$/s;

/**
 * Takes `--<name>-config PATH` and `--<name>-config=PATH` out of `argv`. Gives the files by plugin name, and
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
