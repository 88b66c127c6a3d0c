/** The topic `interfaces`: counters and settings of all, joined by sw_if_index. */

import { errorsOf, type InterfaceMap, type InterfaceRead, ratesOf, readOf } from '../counters/interface-counters.js';
import { asNumber } from '../counters/per-second.js';
import type { Read } from '../counters/shared-read.js';
import type { Known } from '../inventory/read-settings.js';
import type { InterfaceRow, InterfacesTopic } from '../protocol/index.js';
import type { Sources } from '../sources.js';
import type { TopicSource } from '../topic.js';

export function interfacesTopic({ interfaceReads, inventory, ageMs }: Sources): TopicSource<InterfacesTopic> {
  return () => {
    const close = inventory.view();
    return {
      close,
      async read() {
        const read = await interfaceReads.get(ageMs()).catch(() => undefined);
        if (read) inventory.seen([...read.now].map(([index, { name }]) => [index, name]));
        return { interfaces: rowsOf(read, inventory.interfaces), inventory: inventory.state };
      },
    };
  };
}

/** Rows by sw_if_index: of all that the counters or VPP's API know. */
export function rowsOf(
  read: Read<InterfaceMap> | undefined,
  known: ReadonlyMap<number, Known>,
): Readonly<Record<string, InterfaceRow>> {
  const indexes = new Set([...(read?.now.keys() ?? []), ...known.keys()]);
  const rows: Record<string, InterfaceRow> = {};
  for (const index of indexes) {
    const row = rowOf(read && readOf(read, index), known.get(index));
    if (row !== undefined) rows[index] = row;
  }
  return rows;
}

export function rowOf(read: InterfaceRead | undefined, known: Known | undefined): InterfaceRow | undefined {
  if (read === undefined) return known;
  const { now, before, seconds } = read;
  return {
    name: now.name,
    // Settings of another interface that had the index are none of this one.
    ...(known?.name === now.name && known),
    ...ratesOf(now, before, seconds),
    dropsTotal: asNumber(now.drops),
    errorsTotal: asNumber(errorsOf(now)),
  };
}
