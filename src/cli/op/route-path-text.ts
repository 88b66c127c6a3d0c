/** A route's path, as an operation of the agent gives it, in one line. */

/** The order of a line that `route add` takes, as far as it has words for what a path can have. */
const KNOWN = new Set(['type', 'nextHop', 'interface', 'table', 'weight', 'preference', 'labels']);

/** An agent's path as the line that `route add` takes: `via 192.0.2.1 loop0 weight 2`; undefined for any other object. */
export function routePathText(path: Readonly<Record<string, unknown>>): string | undefined {
  const { type, nextHop, interface: out, table, weight, preference, labels } = path;
  if (typeof type !== 'string' || typeof weight !== 'number' || typeof preference !== 'number') return undefined;
  if (Object.keys(path).some((key) => !KNOWN.has(key))) return undefined;
  const isOther = table !== undefined && (table !== 0 || nextHop === undefined);
  const words = [
    type,
    nextHop,
    out,
    isOther ? `next-hop-table ${table}` : undefined,
    weight === 1 ? undefined : `weight ${weight}`,
    preference === 0 ? undefined : `preference ${preference}`,
    Array.isArray(labels) ? `labels ${labels.join(',')}` : undefined,
  ];
  return words.filter((word) => word !== undefined).join(' ');
}
