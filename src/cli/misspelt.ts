/** Finds unknown options of `run`, which plugins add to, and misspelt variables of the environment. */

import { didYouMean, nearest, suggesting } from '../nearest.js';

const OPTIONS = ['config-dir', 'socket', 'mock', 'log-level', 'verbose', 'debug', 'plugin', 'help'];
const VARIABLES = [
  'VPPMUX_AGENT',
  'VPPMUX_CALL_SITES',
  'VPPMUX_DEBUG',
  'VPPMUX_HISTORY',
  'VPPMUX_PLUGINS',
  'VPPMUX_TOKEN',
];

/**
 * Tells what to say of an argument that is no option: `plugins` are those that have a `--<plugin>-config`. `ownerOf` gives the one
 * whose configuration has a key of that name.
 */
export function unknownOption(
  argument: string,
  plugins: readonly string[],
  ownerOf: (key: string) => string | undefined = () => undefined,
): string {
  const [typed] = argument.split('=', 1);
  const key = typed.replace(/^--/, '');
  const owner = ownerOf(key);
  if (owner !== undefined) {
    return `run knows no '${typed}', which is a key of ${owner}.conf: write "${key}: …" there, in the folder of --config-dir, or name another file with --${owner}-config FILE`;
  }
  const options = [...OPTIONS, ...plugins.map((name) => `${name}-config`)].map((name) => `--${name}`);
  return `run knows no '${typed}'${didYouMean(typed, options).text || '; how to: vppmux help run'}`;
}

/** A line for each variable that is named nearly as one of vppmux's: one that is nothing like them is somebody else's. */
export function misspeltVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const strange = Object.keys(env).filter((name) => name.startsWith('VPPMUX_') && !VARIABLES.includes(name));
  return strange.flatMap((name) => {
    const rest = name.slice('VPPMUX_'.length);
    const near = nearest(
      rest,
      VARIABLES.map((known) => known.slice('VPPMUX_'.length)),
    );
    const meant = near.map((known) => `VPPMUX_${known}`);
    return meant.length === 0 ? [] : [`nothing reads the environment variable ${name}${suggesting(meant).text}`];
  });
}
