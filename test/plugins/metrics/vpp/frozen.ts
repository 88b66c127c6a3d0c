/** Frozen stats segments of the shared material, as the writers of profiles get them. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { PageText } from '../../../../src/plugins/metrics/page-text.js';
import { openStats, type StatsDump, type StatsPatterns } from '../../../../src/stats/index.js';
import { sharedPath } from '../../../support/shared.js';

const unpacked = (path: string) => gunzipSync(readFileSync(path));

/** The segment with counters per node and a worker, `26.06-rich`, or the small one. */
export async function frozenDump(
  name: '26.06-rich' | '26.06' = '26.06-rich',
  pattern: StatsPatterns = '^/',
): Promise<StatsDump> {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-frozen-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'segment.bin');
  writeFileSync(file, unpacked(sharedPath('stats', name, 'segment.bin.gz')));
  const stats = openStats({ file });
  onTestFinished(() => stats.close());
  return stats.dump(pattern);
}

/** Output of VPP's own exporter for the rich segment. */
export const exported = (form: 'v1' | 'v2') =>
  String(unpacked(sharedPath('stats', '26.06-rich', `vpp_prometheus_export-${form}.txt.gz`)));

/** The text that a writer makes. */
export async function written(write: (page: PageText) => void | Promise<void>, maxSeries = 1_000_000): Promise<string> {
  const page = new PageText(maxSeries);
  await write(page);
  return String(page.bytes());
}
