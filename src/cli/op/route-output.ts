/** Routes in the output of an operation: sorted by address, their paths as the lines that `route add` takes. */

import { parseIp4, parseIp6 } from '../../mux/for-cli.js';

type Struct = Readonly<Record<string, unknown>>;

/** IPv4 first, then by address, then the shorter prefix; as they came, where not all have a prefix. */
export function byPrefix(rows: readonly Struct[]): readonly Struct[] {
  const keyed: { readonly row: Struct; readonly key: Buffer }[] = [];
  for (const row of rows) {
    const key = keyOf(row.prefix);
    if (key === undefined) return rows;
    keyed.push({ row, key });
  }
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ row }) => row);
}

/** Compares byte by byte as the prefixes do: family, address, length. */
function keyOf(prefix: unknown): Buffer | undefined {
  const { address, length } = /^(?<address>[\d.]+|[\da-f:.]+)\/(?<length>\d{1,3})$/i.exec(String(prefix))?.groups ?? {};
  if (address === undefined) return undefined;
  const key = Buffer.alloc(18);
  key[0] = address.includes(':') ? 6 : 4;
  key[17] = Number(length);
  const parse = key[0] === 6 ? parseIp6 : parseIp4;
  return parse(address, 0, address.length, key, 1) ? key : undefined;
}

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
