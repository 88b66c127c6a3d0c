/** The board and the alert rules: each query is one, and asks for names and labels that vppmux shows. */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeDataplane } from '../../src/plugins/metrics/vpp/dataplane.js';
import { servingAgent } from '../plugins/api-socket/serving-agent.js';
import { everyEntry } from '../plugins/metrics/every-entry.js';
import { written } from '../plugins/metrics/vpp/frozen.js';
import { readExposition } from '../support/exposition.js';

const read = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../deploy/grafana/${file}`, import.meta.url)), 'utf8');

interface Target {
  readonly expr: string;
  readonly legendFormat: string;
  readonly refId: string;
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: {
    readonly defaults: {
      readonly unit?: string;
      readonly thresholds?: { readonly steps: readonly { readonly value: number | null }[] };
    };
  };
  readonly targets?: readonly Target[];
}
interface Board {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly annotations: { readonly list: readonly { readonly expr?: string }[] };
  readonly templating: { readonly list: readonly { readonly name: string; readonly definition?: string }[] };
  readonly panels: readonly Panel[];
}
interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

const board = JSON.parse(read('vppmux.json')) as Board;
const { groups } = parse(read('alerts.yaml')) as {
  groups: readonly { readonly name: string; readonly rules: readonly Rule[] }[];
};
const rules = groups.flatMap((group) => group.rules);
const queried = board.panels.filter(({ type }) => type !== 'row');

/** Labels that Prometheus adds to whatever it scrapes; `dataplane` where an agent has several (docs/metrics.md). */
const OF_PROMETHEUS = ['instance', 'job', 'dataplane'];

/** Series → its labels: those of an agent with an API socket, and of VPP's counters of each kind. */
const shown = new Map<string, Set<string>>();

/** Fills `shown`, in the first test that asks. */
async function gather(): Promise<void> {
  if (shown.size > 0) return;
  const { http, operations } = await servingAgent();
  await operations.call('clients.list' as never, {});
  const own = await (await fetch(`${http.url}/metrics`)).text();
  const extent = { usedOnly: false, perWorker: true, topNodes: 10 };
  const vpp = await written((page) => writeDataplane(page, everyEntry, extent, Date.now()));
  for (const { samples } of [...readExposition(own).values(), ...readExposition(vpp).values()]) {
    for (const { name, labels } of samples) {
      const known = shown.get(name) ?? new Set(OF_PROMETHEUS);
      for (const label of Object.keys(labels)) known.add(label);
      shown.set(name, known);
    }
  }
}

/** Metrics and labels that a query asks for. Throws where it is no query. */
function asked(expr: string) {
  const text = expr.replaceAll('$__rate_interval', '5m').replaceAll('$instance', '.*').replaceAll('$interface', '.*');
  const metrics: string[] = [];
  const labels: string[] = [];
  parser.parse(text).iterate({
    enter({ name, from, to, type, node }) {
      if (type.isError) throw new Error(`no PromQL at character ${from} of ${text}`);
      if (name === 'Identifier' && node.parent?.name === 'VectorSelector') metrics.push(text.slice(from, to));
      if (name === 'LabelName') labels.push(text.slice(from, to));
    },
  });
  return { metrics, labels };
}

/** Labels of what the query gives: those it groups by, else those of its metrics. */
function resulting(expr: string): Set<string> {
  const { metrics } = asked(expr);
  const grouped = [...expr.matchAll(/\bby \(([^)]*)\)/g)].map(([, list]) => list.split(',').map((each) => each.trim()));
  return new Set(grouped.length > 0 ? grouped.flat() : metrics.flatMap((name) => [...(shown.get(name) ?? [])]));
}

async function expectShown(expr: string): Promise<void> {
  await gather();
  const { metrics, labels } = asked(expr);
  expect(metrics, expr).not.toEqual([]);
  expect(
    metrics.filter((name) => !shown.has(name)),
    expr,
  ).toEqual([]);
  const known = new Set(metrics.flatMap((name) => [...(shown.get(name) ?? [])]));
  expect(
    labels.filter((label) => !known.has(label)),
    expr,
  ).toEqual([]);
}

describe('the board', () => {
  it('is of the schema that Grafana 10 and 11 read, with panels that do not overlap', () => {
    expect(board).toMatchObject({ uid: 'vppmux', schemaVersion: 39 });
    expect(new Set(board.panels.map(({ id }) => id)).size).toBe(board.panels.length);
    const cells = board.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)},${y + Math.floor(i / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(board.panels.every(({ gridPos: { x, w } }) => x + w <= 24)).toBe(true);
  });

  it.each(queried.map((panel) => [panel.title, panel] as const))('%s: has a unit, a text and queries', (_, panel) => {
    expect(panel.fieldConfig?.defaults.unit).toBeTruthy();
    expect(panel.description).toBeTruthy();
    expect(panel.datasource).toEqual({ type: 'prometheus', uid: `$${'{datasource}'}` });
    const values = panel.fieldConfig?.defaults.thresholds?.steps.map(({ value }) => value) ?? [];
    expect(values[0]).toBe(null);
    expect(values.slice(1)).toEqual([...values.slice(1)].sort((a, b) => Number(a) - Number(b)));
    expect(panel.targets?.map(({ refId }) => refId)).toEqual([...'ABCDEF'].slice(0, panel.targets?.length));
  });

  const targets = queried.flatMap(({ title, targets: own = [] }) =>
    own.map((target) => [title, target.expr, target] as const),
  );

  it.each(targets)('%s: %s asks for what there is', async (_, expr, { legendFormat }) => {
    await expectShown(expr);
    const legend = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label);
    const labels = resulting(expr);
    expect(legend.filter((label) => !labels.has(label))).toEqual([]);
  });

  it('its variables and annotations: ask for what there is', async () => {
    for (const { expr } of board.annotations.list) if (expr !== undefined) await expectShown(expr);
    for (const { definition } of board.templating.list) {
      const [, selector, label] = /^label_values\((.*), (\w+)\)$/.exec(definition ?? '') ?? [];
      if (definition === undefined) continue;
      await expectShown(selector);
      expect(shown.get(asked(selector).metrics[0])).toContain(label);
    }
  });
});

describe('the alert rules', () => {
  it('have names of their own, severities and texts', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    for (const { labels, annotations } of rules) {
      expect(['critical', 'warning', 'info']).toContain(labels.severity);
      expect(annotations.summary).toBeTruthy();
    }
  });

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s: asks for what there is', async (_, rule) => {
    await expectShown(rule.expr);
    expect(rule.for ?? '1m').toMatch(/^\d+m$/);
    const used = Object.values(rule.annotations).flatMap((text) => [...text.matchAll(/\$labels\.(\w+)/g)]);
    const labels = resulting(rule.expr);
    expect(used.map(([, label]) => label).filter((label) => !labels.has(label))).toEqual([]);
  });
});

it('several dataplanes: are told apart by what groups by agent', () => {
  const all = [...queried.flatMap(({ targets = [] }) => targets), ...rules].map(({ expr }) => expr);
  const groups = all.flatMap((expr) => [...expr.matchAll(/\bby \((instance,[^)]*)\)/g)].map(([, list]) => list));
  expect(groups.length).toBeGreaterThan(20);
  expect(groups.filter((list) => !list.includes('dataplane'))).toEqual([]);
});

describe('a query that is wrong', () => {
  it.each(['sum by (a (x)', 'rate(x[5m)', ''])('%j: is refused', async (expr) => {
    await expect(expectShown(expr)).rejects.toThrow();
  });

  it.each(['vpp_nothing', 'vpp_up{nothing="1"}', 'sum by (nothing) (vpp_up)'])('%s: is found out', async (expr) => {
    await expect(expectShown(expr)).rejects.toThrow();
  });
});
