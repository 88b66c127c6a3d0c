/** Routes by address, as a person looks for one: VPP has them by the length of their prefix. */

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
