/**
 * Counters in the second form of VPP's own exporter (`vpp_prometheus_export v2`): interfaces, nodes, errors, heaps and buffer pools
 * as labels, and everything else as in the first form.
 *
 * It compares the second part of a path with its groups only as far as that part goes (`/m/x` is one of `mem`): kept, since
 * the lines are to be the same.
 */

import type { StatsEntry } from '../../../stats/index.js';
import type { PageText } from '../page-text.js';
import { countText, halvesOf } from './count-text.js';
import { BATCH, columnsOf, fixed, identifier, writeEntryV1, writeHistogram } from './export-v1.js';

/** `now`: milliseconds since 1970, for `sys_uptime`. */
export async function writeV2(page: PageText, entries: readonly StatsEntry[], now: number): Promise<void> {
  for (const entry of entries) {
    await writeEntryV2(page, entry, now);
    const turn = page.turn();
    if (turn) await turn;
  }
}

async function writeEntryV2(page: PageText, entry: StatsEntry, now: number): Promise<void> {
  const path = pathOf(entry.name);
  switch (entry.type) {
    case 'histogram':
      writeHistogram(page, identifier(entry.name), entry.threads);
      return;
    case 'scalar':
    case 'gauge': {
      const name = scalarName(path);
      if (name === undefined) await writeEntryV1(page, entry);
      else page.line(name.metric, `${name.metric}${name.labels} ${fixed(entry.value)}\n`);
      if (name !== undefined && isOf(path, 'sys') && 'boottime'.startsWith(path.parts[2])) {
        page.line('sys_uptime', `sys_uptime ${(Math.floor(now / 1000) - Number(entry.value)).toFixed(2)}\n`);
      }
      return;
    }
    case 'simple':
    case 'combined':
    case 'symlink': {
      const { counters, packets, bytes } = columnsOf(entry);
      if (packets && bytes) await writeCombined(page, entry, path, packets, bytes);
      else if (counters) await writeSimple(page, entry, path, counters);
    }
  }
}

async function writeSimple(
  page: PageText,
  entry: StatsEntry,
  path: Path,
  counters: readonly BigUint64Array[],
): Promise<void> {
  if (counters.every(({ length }) => length === 0)) return;
  const name = simpleName(path);
  if (name === undefined) {
    await writeEntryV1(page, entry);
    return;
  }
  const { metric, labels } = name;
  const before = `${metric}{${labels}${labels === '' ? '' : ','}index="`;
  for (const [thread, column] of counters.entries()) {
    const halves = halvesOf(column);
    for (let index = 0; index < column.length; index++) {
      page.line(metric, `${before}${index}",thread="${thread}"} ${countText(halves, index)}\n`);
      const turn = index % BATCH === BATCH - 1 ? page.turn() : undefined;
      if (turn) await turn;
    }
  }
}

async function writeCombined(
  page: PageText,
  entry: StatsEntry,
  path: Path,
  packets: readonly BigUint64Array[],
  bytes: readonly BigUint64Array[],
): Promise<void> {
  if (packets.every(({ length }) => length === 0)) return;
  if (path.parts.length !== 4 || !isOf(path, 'interfaces')) {
    await writeEntryV1(page, entry);
    return;
  }
  const metric = `${identifier(path.parts[1])}_${identifier(path.parts[3])}`;
  const label = `interface="${slashless(path.parts[2])}",index="`;
  for (const [thread, column] of packets.entries()) {
    const ofPackets = halvesOf(column);
    const ofBytes = halvesOf(bytes[thread]);
    for (let index = 0; index < column.length; index++) {
      const labels = `{${label}${index}",thread="${thread}"}`;
      page.line(`${metric}_packets`, `${metric}_packets${labels} ${countText(ofPackets, index)}\n`);
      page.line(`${metric}_bytes`, `${metric}_bytes${labels} ${countText(ofBytes, index)}\n`);
      const turn = index % BATCH === BATCH - 1 ? page.turn() : undefined;
      if (turn) await turn;
    }
  }
}

interface Path {
  /** Parts between the slashes; the first is empty. That of an interface has its name as one part. */
  readonly parts: readonly string[];
  /** Everything behind the third slash. */
  readonly rest: string;
}

interface Name {
  readonly metric: string;
  readonly labels: string;
}

const INTERFACES = '/interfaces/';
const MOST_PARTS = 10;

function pathOf(name: string): Path {
  if (name.startsWith(INTERFACES)) {
    const inside = name.slice(INTERFACES.length);
    const at = Math.max(0, inside.lastIndexOf('/'));
    return { parts: ['', 'interfaces', inside.slice(0, at), inside.slice(at + 1)], rest: inside.slice(at + 1) };
  }
  const parts = name.split('/');
  return { parts: parts.slice(0, MOST_PARTS), rest: parts.slice(3).join('/') };
}

const isOf = ({ parts }: Path, group: string) => parts.length > 1 && group.startsWith(parts[1]);
const slashless = (text: string) => text.replaceAll('/', '_');

function simpleName(path: Path): Name | undefined {
  const { parts, rest } = path;
  const [, group, of, what] = parts;
  if (parts.length === 4 && (isOf(path, 'nodes') || isOf(path, 'interfaces'))) {
    const labels = `${group.slice(0, -1)}="${slashless(of)}"`;
    return { metric: `${identifier(group)}_${identifier(what)}`, labels };
  }
  if (parts.length === 3 && isOf(path, 'sys')) return { metric: `${identifier(group)}_${of}`, labels: '' };
  if (isOf(path, 'mem')) {
    if (parts.length === 3) return { metric: group, labels: `heap="${of}"` };
    if (parts.length === 4) return { metric: `${group}_${what}`, labels: `heap="${of}"` };
    return undefined;
  }
  if (isOf(path, 'err') && parts.length > 3) return { metric: group, labels: `node="${of}",error="${rest}"` };
  return undefined;
}

function scalarName(path: Path): Name | undefined {
  const { parts } = path;
  const [, group, of, what] = parts;
  if (parts.length === 4 && isOf(path, 'buffer-pools')) {
    return { metric: `${identifier(group)}_${identifier(what)}`, labels: `{pool="${of}"}` };
  }
  if (parts.length === 3 && isOf(path, 'sys')) {
    return { metric: `${identifier(group)}_${identifier(of)}`, labels: '' };
  }
  return undefined;
}
