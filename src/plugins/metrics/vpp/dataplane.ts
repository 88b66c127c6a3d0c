/** VPP's counters under vppmux's own names: `vpp_…`, with units, and workers, interfaces, nodes and errors as labels. */

import type { StatsEntry } from '../../../stats/index.js';
import type { PageText } from '../page-text.js';
import type { Extent } from './columns.js';
import { Entries } from './entries.js';
import { ERRORS, writeErrors } from './errors.js';
import { writeHistograms } from './histograms.js';
import { INTERFACES, writeInterfaces } from './interfaces.js';
import { NODES, writeNodes } from './nodes.js';
import { SYSTEM, writeBuffers, writeMemory, writeNat, writeSystem } from './system.js';

/** Entries that are needed. */
export const DATAPLANE_PATTERNS: readonly string[] = [...SYSTEM, ...INTERFACES, ...NODES, ...ERRORS];

/** The most useful first, since the limit of series cuts off the end. `now`: milliseconds since 1970. */
export async function writeDataplane(
  page: PageText,
  all: readonly StatsEntry[],
  extent: Extent,
  now: number,
): Promise<void> {
  const entries = new Entries(all);
  writeSystem(page, entries, now);
  writeBuffers(page, entries);
  writeMemory(page, entries);
  await writeInterfaces(page, entries, extent);
  await writeNat(page, entries, extent);
  writeHistograms(page, entries);
  if (extent.topNodes > 0) await writeNodes(page, entries, extent);
  await writeErrors(page, entries, extent);
}
