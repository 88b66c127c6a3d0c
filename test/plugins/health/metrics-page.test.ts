/** `/metrics`: what plugins contribute, in Prometheus's text format; one that is wrong is skipped and logged. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { MetricsPage } from '../../../src/plugins/health/metrics-page.js';
import { healthPlugin } from '../../../src/plugins/health/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { counter, definePlugin, gauge, Http, type MetricSample, Metrics, type ValueMetric } from '../../../src/sdk/index.js';
import { recordingLog, taker } from '../../agent/support.js';

const metric = (name: string, read: ValueMetric['read'], rest: Partial<ValueMetric> = {}): ValueMetric => ({
  ...gauge(name, 'of a test', read),
  ...rest,
});

const numbered = (count: number, text = ''): MetricSample[] =>
  Array.from({ length: count }, (_, i) => ({ labels: { n: String(i), text }, value: 1 }));

function page(...metrics: unknown[]) {
  const { log, text } = recordingLog();
  const list = metrics.map((value) => ({ plugin: 'one', value: value as ValueMetric }));
  return { page: new MetricsPage({ list }, log), logged: text };
}
const series = async (...metrics: unknown[]) => {
  const lines = (await page(...metrics).page.text()).split('\n');
  return lines.filter((line) => line !== '' && !line.startsWith('#'));
};

describe('the text', () => {
  it('a counter and a gauge: help, type, value', async () => {
    const routes = counter('routes_total', 'Routes\nwritten \\ed', () => 18446744073709551615n);
    expect(
      await page(
        routes,
        metric('up', () => 1.5),
      ).page.text(),
    ).toBe(
      '# HELP routes_total Routes\\nwritten \\\\ed\n# TYPE routes_total counter\nroutes_total 18446744073709551615\n' +
        '# HELP up of a test\n# TYPE up gauge\nup 1.5\n',
    );
  });

  it.each([
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [-0, '0'],
    [1e21, '1e+21'],
  ])('the value %d: %s', async (value, shown) => {
    expect(await series(metric('x', () => value))).toEqual([`x ${shown}`]);
  });

  it('samples: a line each, their labels in order and escaped', async () => {
    const samples: MetricSample[] = [
      { labels: { vrf: '0', name: 'a"b\\c\nd' }, value: 1 },
      { labels: {}, value: 2 },
    ];
    expect(await series(metric('x', () => samples))).toEqual(['x{name="a\\"b\\\\c\\nd",vrf="0"} 1', 'x 2']);
  });

  it('a value that is not known yet: no line, not a zero', async () => {
    const { page: own, logged } = page(
      metric('x', () => undefined),
      metric('y', () => []),
    );
    expect([await own.text(), logged()]).toEqual(['', '']);
  });
});

describe('a metric that is wrong', () => {
  const same = [1, 2].map((value) => ({ labels: { a: '1' }, value }));
  it.each<[string, unknown, string]>([
    [
      'throws',
      metric('x', () => {
        throw new Error('no licence');
      }),
      'no licence',
    ],
    ['has no good name', metric('x-y', () => 1), 'its name must be ^[a-zA-Z_][a-zA-Z0-9_]*$'],
    ['has no type', metric('x', () => 1, { type: 'histogram' as 'gauge' }), 'its type must be counter or gauge'],
    ['has no help', metric('x', () => 1, { help: 5 as unknown as string }), 'its help must be a string'],
    ['gives text', metric('x', () => '5' as unknown as number), 'its value must be a number or a bigint'],
    [
      'gives a promise',
      metric('x', (async () => 1) as unknown as () => number),
      'its read must not be async: it returned a promise',
    ],
    [
      'gives a promise that fails, which nobody else catches',
      metric('x', (() => Promise.reject(new Error('away'))) as unknown as () => number),
      'its read must not be async: it returned a promise',
    ],
    ['has a bad label', metric('x', () => [{ labels: { 'a-b': '' }, value: 1 }]), 'its label "a-b" must be'],
    [
      'has a reserved label',
      metric('x', () => [{ labels: { __name__: '' }, value: 1 }]),
      'its label "__name__" must be',
    ],
    [
      'has a label of a number',
      metric('x', () => [{ labels: { a: 5 as unknown as string }, value: 1 }]),
      'its label a must be a string',
    ],
    [
      'has a label of too many characters',
      metric('x', () => [{ labels: { a: 'b'.repeat(1025) }, value: 1 }]),
      'its label a has more than 1024 characters',
    ],
    [
      'has a label whose name is too long',
      metric('x', () => [{ labels: { ['a'.repeat(1025)]: '' }, value: 1 }]),
      "a label's name has more than 1024 characters",
    ],
    ['has too many samples', metric('x', () => numbered(10_001)), 'it has more than 10000 samples'],
    [
      'is too long in all',
      metric('x', () => numbered(3000, 'b'.repeat(1000))),
      'its lines have more than 2097152 characters',
    ],
    ['gives what Prometheus cannot read', metric('x', () => 10n ** 400n), 'its value is beyond the range of a double'],
    ['has one series twice', metric('x', () => same), 'it has two samples with the labels {a="1"}'],
    ['is nothing', null, 'its name must be'],
    ['is there twice', metric('good', () => 5), 'plugin one has a metric of this name'],
  ])('%s: it is skipped and logged once, the others are served', async (_, wrong, why) => {
    const { page: own, logged } = page(
      metric('good', () => 1),
      wrong,
      metric('also_good', () => 2),
    );
    const [first, second] = [await own.text(), await own.text()];
    expect(first.match(/^\w+ \d$/gm)).toEqual(['good 1', 'also_good 2']);
    expect(second).toBe(first);
    expect(logged().split('\n')).toHaveLength(1);
    expect(logged()).toContain('is not in /metrics: ');
    expect(logged()).toContain(why);
  });

  it('as many samples, and as long labels, as there may be: served', async () => {
    const { page: own, logged } = page(
      metric('x', () => numbered(10_000)),
      metric('y', () => numbered(1, 'b'.repeat(1024))),
    );
    expect((await own.text()).match(/^[xy]\{.*\} 1$/gm)).toHaveLength(10_001);
    expect(logged()).toBe('');
  });

  it('the page as a whole is too long: what does not fit is skipped, the others are served', async () => {
    const long = numbered(2000, 'b'.repeat(1000));
    const many = Array.from({ length: 17 }, (_, i) => metric(`long_${i}`, () => long));
    const { page: own, logged } = page(
      ...many,
      metric('good', () => 1),
    );
    const text = await own.text();
    expect(text.length).toBeLessThanOrEqual(32 * 1024 * 1024);
    expect(text).toContain('\ngood 1\n');
    expect(logged()).toMatch(
      /metric "long_16" is not in \/metrics: the page would have more than 33554432 characters$/m,
    );
  });

  it('fails again after it went well: logged again', async () => {
    const values: (() => number)[] = ['a', 'b', undefined, 'b'].map((text) => () => {
      if (text !== undefined) throw new Error(text);
      return 1;
    });
    const { page: own, logged } = page(metric('x', () => (values.shift() as () => number)()));
    for (let i = 0; i < 4; i++) await own.text();
    expect(logged().match(/: [ab]$/gm)).toEqual([': a', ': b', ': b']);
  });
});

describe('a page that takes long', () => {
  /** Each look at the clock is a slice later. */
  function slowClock(): void {
    let now = 0;
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => (now += 10));
    onTestFinished(() => clock.mockRestore());
  }

  it('others have their turn between metrics', async () => {
    slowClock();
    let turns = 0;
    const seen: number[] = [];
    const read = () => seen.push(turns);
    setImmediate(() => turns++);
    await page(metric('a', read), metric('b', read)).page.text();
    expect(seen[1]).toBe(1);
  });

  it('a plugin that ends meanwhile: its metrics are not read any more', async () => {
    slowClock();
    const { log } = recordingLog();
    const of = (name: string, read: ValueMetric['read']) => ({ plugin: name, value: metric(name, read) });
    const contributions = {
      list: [
        of('a', () => 1),
        of('b', () => {
          throw new Error('it has ended');
        }),
      ],
    };
    const text = new MetricsPage(contributions, log).text();
    contributions.list = contributions.list.slice(0, 1);
    expect(await text).toMatch(/a 1\n$/);
  });

  it('requests that come meanwhile: get the same page', async () => {
    let reads = 0;
    const { page: own } = page(metric('x', () => ++reads));
    expect(await Promise.all([own.text(), own.text()])).toEqual(Array(2).fill(expect.stringMatching(/x 1\n$/)));
    expect(await own.text()).toMatch(/x 2\n$/);
  });
});

describe('in an agent', () => {
  const contributor = (name: string, ...metrics: ValueMetric[]) =>
    definePlugin({
      ...{ name, version: '1.0.0', agentApi: 1, contributes: { own: Metrics } },
      create: () => ({ contribute: { own: metrics } }),
    });

  async function serving(...contributors: ReturnType<typeof contributor>[]) {
    const user = taker({ http: Http }, 'user');
    const agent = await createAgent({
      plugins: [httpPlugin, healthPlugin, ...contributors, user.plugin],
      log: recordingLog().log,
      env: {},
      settings: { http: { endpoint: '127.0.0.1:0' } },
    });
    onTestFinished(() => agent.close());
    await agent.start();
    return (path: string) => user.taken().http.server.inject(path);
  }

  it('the metrics of all plugins, in the order in which they start, and a link on the page', async () => {
    const get = await serving(
      contributor(
        'one',
        metric('a', () => 1),
      ),
      contributor(
        'two',
        metric('b', () => 2),
      ),
    );
    const { statusCode, headers, body } = await get('/metrics');
    expect(statusCode).toBe(200);
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(body.match(/^\w+ \d$/gm)).toEqual(['a 1', 'b 2']);
    expect((await get('/')).json().links).toContainEqual({ path: '/metrics', about: 'metrics for Prometheus' });
  });

  it.each([
    ['before', 'own and health (for the metrics that others contribute: one)'],
    ['after', 'health (for the metrics that others contribute: one) and own'],
  ])(
    'a plugin that serves /metrics itself, %s health: the start fails and names both, and why',
    async (order, both) => {
      const own = definePlugin({
        ...{ name: 'own', version: '1.0.0', agentApi: 1, requires: { http: Http } },
        create: ({ http }) => ({ init: () => void http.server.get('/metrics', async () => '') }),
      });
      const contributing = contributor(
        'one',
        metric('a', () => 1),
      );
      const agent = await createAgent({
        plugins: [httpPlugin, contributing, ...(order === 'before' ? [own, healthPlugin] : [healthPlugin, own])],
        ...{ log: recordingLog().log, env: {}, settings: { http: { endpoint: '127.0.0.1:0' } } },
      });
      onTestFinished(() => agent.close());
      await expect(agent.start()).rejects.toMatchObject({
        code: 'DUPLICATE_ROUTE',
        message: `plugins ${both} both serve GET /metrics: give one of them another path, or remove one from the list of plugins`,
      });
    },
  );

  it('no plugin contributes any: the path is free for somebody else', async () => {
    const get = await serving();
    expect((await get('/metrics')).statusCode).toBe(404);
  });
});
