/**
 * The sections of `/status` that plugins report. Those of a plugin at a dataplane other than `main` stand below `dataplanes.NAME`, so that
 * the same plugin at two of them has each section twice.
 */

import { MAIN } from '../token.js';
import type { StatusEntry } from './status-entry.js';

type Sections = Readonly<Record<string, unknown>>;

/** The key below which sections of other dataplanes stand; a plugin that owns several may report it itself. */
const DATAPLANES = 'dataplanes';

export function sectionsOf(entries: readonly Pick<StatusEntry, 'details' | 'dataplane'>[]): Sections {
  const own = entries.filter(({ dataplane = MAIN }) => dataplane === MAIN).map(({ details }) => details);
  const others = entries.filter(({ dataplane = MAIN }) => dataplane !== MAIN);
  const sections: Sections = Object.assign({}, ...own);
  if (others.every(({ details }) => Object.keys(details).length === 0)) return sections;
  const byName = new Map(Object.entries<Sections>(Object(sections[DATAPLANES])));
  for (const { dataplane = MAIN, details } of others) {
    byName.set(dataplane, { ...byName.get(dataplane), ...details });
  }
  return { ...sections, [DATAPLANES]: Object.fromEntries(byName) };
}
