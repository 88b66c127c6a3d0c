/** Counters of errors: why nodes dropped packets, and other things that they count. */

import { label } from '../label.js';
import type { PageText } from '../page-text.js';
import { type Extent, summed } from './columns.js';
import { countText, halvesOf, isZero } from './count-text.js';
import type { Entries } from './entries.js';

export const ERRORS = ['^/err/'];

const PREFIX = '/err/';

export async function writeErrors(page: PageText, entries: Entries, extent: Extent): Promise<void> {
  const { usedOnly, perWorker } = extent;
  page.family('vpp_errors_total', 'counter', 'What nodes counted: mostly packets dropped, by reason');
  const slashed = slashedNames(entries.names('/if/names') ?? []);
  for (const entry of entries.all) {
    if (!entry.name.startsWith(PREFIX)) continue;
    const byThread =
      entry.type === 'symlink' ? entry.counters : entry.type === 'simple' ? firstOf(entry.counters) : undefined;
    if (byThread === undefined) continue;
    const halves = perWorker ? halvesOf(byThread) : summed(Array.from(byThread, (_, i) => byThread.subarray(i, i + 1)));
    let labels = '';
    for (let thread = 0; thread < halves.length / 2; thread++) {
      if (usedOnly && isZero(halves, thread)) continue;
      if (labels === '') labels = labelsOf(entry.name.slice(PREFIX.length), slashed);
      page.add(`{${labels}${perWorker ? `,worker="${thread}"` : ''}}`, countText(halves, thread));
    }
    const turn = page.turn();
    if (turn) await turn;
  }
}

/** Up to VPP 22.02 an error was an entry of its own. */
const firstOf = (counters: readonly BigUint64Array[]) =>
  BigUint64Array.from(counters, (column) => (column.length > 0 ? column[0] : 0n));

function labelsOf(path: string, slashed: ReadonlySet<string>): string {
  const { node, error } = splitError(path, slashed);
  return `${label('node', node)},${label('error', error)}`;
}

/** Names of interfaces that have a slash: those of their nodes have it, too. */
export const slashedNames = (names: readonly (string | undefined)[]): ReadonlySet<string> =>
  new Set(names.filter((name): name is string => name?.includes('/') === true));

/** Splits `memif1/0-output/interface is down` behind the node, which an interface may have given its name. */
export function splitError(path: string, slashed: ReadonlySet<string>): { node: string; error: string } {
  const first = path.indexOf('/');
  for (let at = path.indexOf('/', first + 1); slashed.size > 0 && at > 0; at = path.indexOf('/', at + 1)) {
    const node = path.slice(0, at);
    const dash = node.lastIndexOf('-');
    if (dash > first && slashed.has(node.slice(0, dash))) return { node, error: path.slice(at + 1) };
  }
  return { node: path.slice(0, first), error: path.slice(first + 1) };
}
