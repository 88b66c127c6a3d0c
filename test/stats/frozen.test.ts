/** Segments of running VPPs: each entry is read as VPP's own tools, or a reader in Python, have read it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { openStats, type StatsEntry } from '../../src/stats/index.js';
import { needs } from '../support/needs.js';
import { sharedMissing, sharedPath } from '../support/shared.js';

const folder = mkdtempSync(join(tmpdir(), 'vppmux-frozen-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shared = (...path: string[]) => gunzipSync(readFileSync(sharedPath('stats', ...path)));

function frozen(name: string) {
  const file = join(folder, `${name}.bin`);
  writeFileSync(file, shared(name, 'segment.bin.gz'));
  return openStats({ file });
}

const numbers = (values: Iterable<bigint>) => Array.from(values, Number);
const pairs = (packets: Iterable<bigint>, bytes: BigUint64Array) =>
  Array.from(packets, (count, index) => [Number(count), Number(bytes[index])]);

/** As the JSON next to the segment has it. */
function listed(entry: StatsEntry): unknown {
  switch (entry.type) {
    case 'scalar':
      return { type: 1, value: Number(entry.value) };
    case 'gauge':
      return { type: 9, value: Number(entry.value) };
    case 'simple':
      return { type: 2, value: entry.counters.map(numbers) };
    case 'combined':
      return { type: 3, value: entry.packets.map((packets, thread) => pairs(packets, entry.bytes[thread])) };
    case 'names':
      return { type: 4, value: entry.names };
    case 'symlink': {
      const { counters = [], packets, bytes } = entry;
      return { type: 6, value: packets && bytes ? pairs(packets, bytes) : numbers(counters) };
    }
    default:
      return entry;
  }
}

/** As `vpp_get_stats dump` prints it. */
function* printed(entry: StatsEntry): Generator<string> {
  const { name } = entry;
  const rows = (threads: readonly BigUint64Array[], text: (thread: number, index: number) => string) =>
    threads.flatMap((values, thread) =>
      Array.from(values, (_, index) => `[${index} @ ${thread}]: ${text(thread, index)} ${name}`),
    );
  const split = (values?: BigUint64Array) =>
    Array.from(values ?? [], (_, at) => (values as BigUint64Array).subarray(at, at + 1));
  const simple = (counters: readonly BigUint64Array[]) => rows(counters, (t, i) => `${counters[t][i]} packets`);
  const combined = (packets: readonly BigUint64Array[], bytes: readonly BigUint64Array[]) =>
    rows(packets, (t, i) => `${packets[t][i]} packets, ${bytes[t][i]} bytes`);
  if (entry.type === 'scalar' || entry.type === 'gauge') yield `${entry.value}.00 ${name}`;
  if (entry.type === 'simple') yield* simple(entry.counters);
  if (entry.type === 'combined') yield* combined(entry.packets, entry.bytes);
  if (entry.type === 'symlink' && entry.counters) yield* simple(split(entry.counters));
  if (entry.type === 'symlink' && entry.packets) yield* combined(split(entry.packets), split(entry.bytes));
  if (entry.type === 'names') {
    for (const [index, each] of entry.names.entries()) if (each !== undefined) yield `[${index}]: ${each} ${name}`;
  }
}

describe('a segment of VPP 26.06', needs(sharedMissing), () => {
  it('every entry: as it is listed, and no other', async () => {
    const stats = frozen('26.06');
    const { entries, skipped } = await stats.dump();
    expect(skipped).toEqual([]);
    const expected = JSON.parse(readFileSync(sharedPath('stats', '26.06', 'expected.json'), 'utf8'));
    expect(Object.fromEntries(entries.map((entry) => [entry.name, listed(entry)]))).toEqual(expected);
    expect(await stats.ls()).toHaveLength(entries.length);
    await stats.close();
  });

  it('what people ask for by name: is in it', async () => {
    const stats = frozen('26.06');
    expect(await stats.system()).toMatchObject({ bootTime: 1795160658n, heartbeat: 4n, workers: 0n });
    const [, loop0] = await stats.interfaces();
    expect(loop0).toMatchObject({
      index: 1,
      name: 'loop0',
      rx: { packets: 1000n, bytes: 100_000n },
      drops: 1005n,
      threads: [{ rx: { packets: 1000n, bytes: 100_000n }, drops: 1005n }],
    });
    expect((await stats.errors()).filter(({ count }) => count > 900n)).toEqual([
      { node: 'ip4-udp-lookup', error: 'no_listener', count: 1000n, threads: [1000n] },
      { node: 'ip4-icmp-error', error: 'drop', count: 996n, threads: [996n] },
    ]);
    expect(await stats.buffers()).toEqual([{ pool: 'default-numa-0', cached: 0n, used: 0n, available: 16_808n }]);
    expect(await stats.memory()).toMatchObject([
      { heap: 'stat segment', total: 8_384_512n, used: 828_176n, releasable: 7_490_464n },
      { heap: 'main heap', total: 2_147_483_648n },
    ]);
    await stats.close();
  });
});

describe('a segment of VPP 26.06 with counters of nodes', needs(sharedMissing), () => {
  it('every line of vpp_get_stats: in its order', async () => {
    const stats = frozen('26.06-rich');
    const { entries, skipped } = await stats.dump();
    expect(skipped).toEqual([]);
    const lines = entries.flatMap((entry) => [...printed(entry)]);
    expect(lines).toEqual(shared('26.06-rich', 'vpp_get_stats-dump.txt.gz').toString().trimEnd().split('\n'));
    await stats.close();
  });

  it('nodes: by thread and summed', async () => {
    const stats = frozen('26.06-rich');
    const node = (await stats.nodes()).find(({ name }) => name === 'pg-input');
    expect(node).toMatchObject({ calls: 5n, vectors: 1500n, clocks: 138_660n });
    expect(node?.threads.reduce((sum, { clocks = 0n }) => sum + clocks, 0n)).toBe(138_660n);
    await stats.close();
  });
});
