/** VPP's counters under vppmux's own names, and under those of ligato and Calico: of a frozen VPP 26.06 with a worker. */

import { describe, expect, it } from 'vitest';
import { CALICO_PATTERNS, writeCalico } from '../../../../src/plugins/metrics/vpp/calico.js';
import type { Extent } from '../../../../src/plugins/metrics/vpp/columns.js';
import { writeDataplane } from '../../../../src/plugins/metrics/vpp/dataplane.js';
import { splitError } from '../../../../src/plugins/metrics/vpp/errors.js';
import { writeLigato } from '../../../../src/plugins/metrics/vpp/ligato.js';
import type { StatsEntry } from '../../../../src/stats/index.js';
import { readExposition, type Sample } from '../../../support/exposition.js';
import { needs } from '../../../support/needs.js';
import { sharedMissing } from '../../../support/shared.js';
import { frozenDump, written } from './frozen.js';

const ALL: Extent = { usedOnly: false, perWorker: true, topNodes: 10_000 };
const DEFAULTS: Extent = { usedOnly: true, perWorker: true, topNodes: 5 };

async function families(extent: Extent) {
  const { entries } = await frozenDump();
  return readExposition(await written((page) => writeDataplane(page, entries, extent, Date.UTC(2026, 10, 28))));
}

const valuesOf = (samples: readonly Sample[] = []) =>
  Object.fromEntries(samples.map(({ labels, value }) => [Object.values(labels).join(' '), value]));

describe('a frozen segment', needs(sharedMissing), () => {
  it('everything: each name once, with help, type, unit and known labels', async () => {
    const found = await families(ALL);
    expect([...found.keys()]).toMatchSnapshot();
    const known = new Set(['interface', 'worker', 'node', 'error', 'pool', 'heap', 'direction', 'path', 'protocol']);
    for (const { name, type, help, samples } of found.values()) {
      expect(help, name).not.toBe('');
      expect(name.endsWith('_total'), name).toBe(type === 'counter');
      expect(samples.flatMap(({ labels }) => Object.keys(labels)).filter((label) => !known.has(label))).toEqual([]);
    }
  });

  it('counters of interfaces: by name and worker, those that are 0 left out but for the first', async () => {
    const found = await families(DEFAULTS);
    expect(valuesOf(found.get('vpp_interface_rx_packets_total')?.samples)).toMatchSnapshot();
    expect(valuesOf(found.get('vpp_interface_rx_errors_total')?.samples)).toEqual({});
  });

  it('sums of workers: are those of all', async () => {
    const each = (await families(ALL)).get('vpp_interface_rx_bytes_total')?.samples ?? [];
    const sums = (await families({ ...ALL, perWorker: false })).get('vpp_interface_rx_bytes_total')?.samples ?? [];
    expect(sums.length).toBeGreaterThan(3);
    for (const { labels, value } of sums) {
      expect(Object.keys(labels)).toEqual(['interface']);
      const own = each.filter((sample) => sample.labels.interface === labels.interface);
      expect(own.reduce((sum, sample) => sum + sample.value, 0)).toBe(value);
    }
  });

  it('nodes: those with the most clocks, with what is computed of them', async () => {
    const found = await families(DEFAULTS);
    const clocks = found.get('vpp_node_clocks_total')?.samples ?? [];
    const all = (await families(ALL)).get('vpp_node_clocks_total')?.samples ?? [];
    expect(new Set(clocks.map(({ labels }) => labels.node)).size).toBe(5);
    expect(Math.max(...clocks.map(({ value }) => value))).toBe(Math.max(...all.map(({ value }) => value)));
    const sum = (name: string, node: string) =>
      (found.get(name)?.samples ?? []).reduce(
        (total, { labels, value }) => (labels.node === node ? total + value : total),
        0,
      );
    for (const { labels, value } of found.get('vpp_node_vectors_per_call')?.samples ?? []) {
      const { node } = labels;
      expect(value).toBe(sum('vpp_node_vectors_total', node) / sum('vpp_node_calls_total', node));
    }
  });

  it('errors: with the node of an interface that has a slash', async () => {
    const { samples = [] } = (await families(ALL)).get('vpp_errors_total') ?? {};
    expect(samples).toContainEqual(
      expect.objectContaining({ labels: { node: 'memif1/0-output', error: 'interface is down', worker: '1' } }),
    );
    const used = (await families(DEFAULTS)).get('vpp_errors_total')?.samples ?? [];
    expect(used.length).toBeGreaterThan(0);
    expect(used.every(({ value }) => value > 0)).toBe(true);
  });

  it('ratios of buffers and memory: between 0 and 1', async () => {
    const found = await families(DEFAULTS);
    for (const name of ['vpp_buffers_used_ratio', 'vpp_memory_used_ratio']) {
      const values = (found.get(name)?.samples ?? []).map(({ value }) => value);
      expect(values.length, name).toBeGreaterThan(0);
      expect(
        values.every((value) => value >= 0 && value <= 1),
        name,
      ).toBe(true);
    }
  });

  it('ligato: its names and labels', async () => {
    const { entries } = await frozenDump();
    const found = readExposition(await written((page) => writeLigato(page, entries, 'agent-1')));
    const shapes = [...found.values()].map(({ name, samples }) => [name, Object.keys(samples[0].labels).sort().join()]);
    expect(shapes).toMatchSnapshot();
    expect([...found.values()].every(({ type }) => type === 'gauge')).toBe(true);
    expect(valuesOf(found.get('vpp_interfaces_rx_packets')?.samples)).toHaveProperty('agent-1 1 loop0');
  });

  it('calico: its names and labels', async () => {
    const { entries } = await frozenDump('26.06-rich', CALICO_PATTERNS);
    const found = readExposition(await written((page) => writeCalico(page, entries)));
    const shapes = [...found.values()].map(({ name, samples }) => [name, Object.keys(samples[0].labels).join()]);
    expect(shapes.filter(([name]) => !/_tcp[46]?_/.test(name))).toMatchSnapshot();
    expect(found.get('cni_projectcalico_vpp_rx_packets')?.samples[0].labels).toEqual({
      ...{ worker: '0', namespace: '', podName: '', podInterfaceName: '', vppInterfaceName: 'local0' },
    });
  });
});

describe('what is missing', () => {
  it('is not there, and no zero', async () => {
    const entries: StatsEntry[] = [{ name: '/sys/heartbeat', type: 'scalar', value: 7n }];
    const text = await written((page) => writeDataplane(page, entries, ALL, 0));
    expect(text).toBe(
      '# HELP vpp_heartbeat_total Updates of the counters by VPP\n# TYPE vpp_heartbeat_total counter\nvpp_heartbeat_total 7\n',
    );
  });

  it('names that would break a line: escaped', async () => {
    const entries: StatsEntry[] = [
      { name: '/if/names', type: 'names', names: ['a"b\\c\nd', undefined] },
      { name: '/if/drops', type: 'simple', counters: [BigUint64Array.of(1n, 2n)] },
    ];
    const found = readExposition(await written((page) => writeDataplane(page, entries, ALL, 0)));
    expect(found.get('vpp_interface_drops_total')?.samples).toEqual([
      { name: 'vpp_interface_drops_total', labels: { interface: 'a"b\\c\nd', worker: '0' }, value: 1 },
    ]);
  });

  it('a histogram of VPP: cumulative, for each worker', async () => {
    const entries: StatsEntry[] = [
      { name: '/q/wait', type: 'histogram', threads: [{ minimum: 1, bins: BigUint64Array.of(1n, 2n) }] },
    ];
    const found = readExposition(await written((page) => writeDataplane(page, entries, ALL, 0)));
    const samples = found.get('vpp_q_wait')?.samples ?? [];
    expect(samples.map(({ labels, value }) => [labels.le, value])).toEqual([
      ...[
        ['2', 1],
        ['4', 3],
        ['+Inf', 3],
      ],
      ...[
        [undefined, 10],
        [undefined, 3],
      ],
    ]);
  });
});

it.each([
  ['ip4-input/ip4 ttl <= 1', 'ip4-input', 'ip4 ttl <= 1'],
  ['memif1/0-output/interface is down', 'memif1/0-output', 'interface is down'],
  ['memif1/0-output/a/b', 'memif1/0-output', 'a/b'],
  ['node/error with a/slash', 'node', 'error with a/slash'],
])('the error %s: is split behind its node', (path, node, error) => {
  expect(splitError(path, new Set(['memif1/0']))).toEqual({ node, error });
});
