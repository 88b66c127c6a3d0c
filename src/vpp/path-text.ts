/** Writes a route's paths as the one text that stands for them, in the words of a line (`route-line.ts`): equal paths have equal texts. */

import type { FibPath } from './fib-entry.js';
import { isV6 } from './ip-text.js';
import type { RoutePath } from './route.js';

type Path = RoutePath | FibPath;

/** `via 192.0.2.1 loop0 weight 2 via 192.0.2.2 loop0`: without defaults, in the order of their texts. `prefix`: the route's. */
export function pathsText(paths: readonly Path[], prefix: string): string {
  const [first, ...rest] = paths;
  if (first !== undefined && rest.length === 0) return pathText(first, prefix);
  return paths
    .map((path) => pathText(path, prefix))
    .sort()
    .join(' ');
}

function pathText(path: Path, prefix: string): string {
  const { type = 'via', interface: itf, table = 0, weight = 1, preference = 0 } = path;
  const nextHop = path.nextHop ?? ownNextHop(path, prefix);
  let text = type === 'via' ? '' : type;
  if (type === 'via' && nextHop === undefined && itf !== undefined) text = `via ${itf}`;
  else if (nextHop !== undefined) {
    if (text !== '') text += ' ';
    text += itf === undefined ? `via ${nextHop}` : `via ${nextHop} ${itf}`;
  }
  if (itf === undefined && table !== 0) text += ` next-hop-table ${table}`;
  if (weight !== 1) text += ` weight ${weight}`;
  if (preference !== 0) text += ` preference ${preference}`;
  // No line has labels: the text only differs from those without.
  if ('labels' in path && path.labels !== undefined) text += ` labels ${path.labels.join('/')}`;
  return text;
}

/** VPP takes the destination itself for the next hop of a single address that is reached through an interface. */
function ownNextHop({ type = 'via', interface: itf }: Path, prefix: string): string | undefined {
  const host = isV6(prefix) ? '/128' : '/32';
  return type === 'via' && itf !== undefined && prefix.endsWith(host) ? prefix.slice(0, -host.length) : undefined;
}
