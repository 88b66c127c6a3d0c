/** Tells who asks for a path below `/dataplanes/NAME` why nothing is there. */

import { closestOrAll } from '../../nearest.js';
import { MAIN } from '../../sdk/index.js';

const BELOW = /^\/dataplanes\/([^/]+)(\/.*)?$/;

/** Text behind `there is nothing at PATH`; empty where dataplanes have nothing to do with it. `isServed`: whether the path is. */
export function dataplaneHint(
  path: string,
  dataplanes: readonly string[],
  isServed: (path: string) => boolean,
): string {
  const [, name, rest = '/'] = BELOW.exec(path) ?? [];
  if (name === undefined) return '';
  if (!dataplanes.includes(name)) {
    const there = dataplanes.length === 1 ? ': the agent has main only' : closestOrAll(name, dataplanes).text;
    return `: there is no dataplane ${name}${there}`;
  }
  if (!isServed(rest)) return '';
  if (name === MAIN) return `: what is of main stands at ${rest}`;
  return `: ${rest} is served for main, and no plugin of agent.yaml serves it with "dataplane: ${name}"`;
}
