/** `/metrics`: what plugins contribute, in Prometheus's text format; one that is wrong is skipped and logged. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { healthPlugin } from '../../../src/plugins/health/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { MetricsPage } from '../../../src/plugins/metrics/metrics-page.js';
import { PageText } from '../../../src/plugins/metrics/page-text.js';
import { metricsPlugin } from '../../../src/plugins/metrics/plugin.js';
import { statsPlugin } from '../../../src/plugins/stats/plugin.js';
import {
  counter,
  definePlugin,
  gauge,
  Http,
  type Metric,
  type MetricSample,
  Metrics,
  type ValueMetric,
} from '../../../src/sdk/index.js';
import { recordingLog, taker } from '../../agent/support.js';
import { FakeConnection } from '../govpp/fake-connection.js';

const metric = (name: string, read: ValueMetric['read'], rest: Partial<ValueMetric> = {}): ValueMetric => ({
  ...gauge(name, 'of a test', read),
  ...rest,
});

const numbered = (count: number, text = ''): MetricSample[] =>
  Array.from({ length: count }, (_, i) => ({ labels: { n: String(i), text }, value: 1 }));

function page(...metrics: unknown[]) {
  const { log, text } = recordingLog();
  const list = metrics.map((value) => ({ plugin: 'one', value: value as Metric }));
  return { page: textOf(new MetricsPage({ list }, log)), logged: text };
}

const textOf = (metrics: MetricsPage) => ({
  async text() {
    const page = new PageText(1_000_000);
    await metrics.write(page);
    return String(page.bytes());
  },
});
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
    [
      'has no type',
      metric('x', () => 1, { type: 'summary' as 'gauge' }),
      'its type must be counter, gauge or histogram',
    ],
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
    ['has a name of VPP’s own', metric('vpp_up', () => 1), "names that begin with vpp_ are those of vppmux's own page"],
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
    const text = textOf(new MetricsPage(contributions, log)).text();
    contributions.list = contributions.list.slice(0, 1);
    expect(await text).toMatch(/a 1\n$/);
  });
});

describe('in an agent', () => {
  const contributor = (name: string, ...metrics: Metric[]) =>
    definePlugin({
      ...{ name, version: '1.0.0', agentApi: 1, contributes: { own: Metrics } },
      create: () => ({ contribute: { own: metrics } }),
    });

  const connection = () => govppPlugin((options) => new FakeConnection(options));

  async function serving(...contributors: ReturnType<typeof contributor>[]) {
    const user = taker({ http: Http }, 'user');
    const agent = await createAgent({
      plugins: [connection(), httpPlugin, healthPlugin, statsPlugin, metricsPlugin, ...contributors, user.plugin],
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
    expect(body.match(/^[ab] \d$/gm)).toEqual(['a 1', 'b 2']);
    expect(body).toContain('vppmux_connection_state{state="ready"} 0\n');
    expect(body).toContain('vppmux_collector_up{collector="plugins"} 1\n');
    expect((await get('/')).json().links).toContainEqual({ path: '/metrics', about: 'metrics for Prometheus' });
  });

  it.each([
    ['before', 'own and metrics'],
    ['after', 'metrics and own'],
  ])('a plugin that serves /metrics itself, %s metrics: the start fails and names both', async (order, both) => {
    const own = definePlugin({
      ...{ name: 'own', version: '1.0.0', agentApi: 1, requires: { http: Http } },
      create: ({ http }) => ({ init: () => void http.server.get('/metrics', async () => '') }),
    });
    const agent = await createAgent({
      plugins: [
        connection(),
        httpPlugin,
        statsPlugin,
        ...(order === 'before' ? [own, metricsPlugin] : [metricsPlugin, own]),
      ],
      ...{ log: recordingLog().log, env: {}, settings: { http: { endpoint: '127.0.0.1:0' } } },
    });
    onTestFinished(() => agent.close());
    await expect(agent.start()).rejects.toMatchObject({
      code: 'DUPLICATE_ROUTE',
      message: `plugins ${both} both serve GET /metrics: give one of them another path, or remove one from the list of plugins`,
    });
  });

  it('without the plugin metrics: health says that nothing serves them', async () => {
    const { log, text } = recordingLog('info');
    const agent = await createAgent({
      plugins: [
        httpPlugin,
        healthPlugin,
        contributor(
          'one',
          metric('a', () => 1),
        ),
      ],
      ...{ log, env: {}, settings: { http: { endpoint: '127.0.0.1:0' } } },
    });
    onTestFinished(() => agent.close());
    await agent.start();
    expect(text()).toContain('add metrics to the plugins of agent.yaml');
  });

  it('more series than there may be: what is left out is counted and named', async () => {
    const user = taker({ http: Http }, 'user');
    const agent = await createAgent({
      plugins: [
        ...[connection(), httpPlugin, statsPlugin, metricsPlugin],
        contributor(
          'one',
          metric('many', () => numbered(2000)),
        ),
        user.plugin,
      ],
      ...{ log: recordingLog().log, env: {} },
      settings: { http: { endpoint: '127.0.0.1:0' }, metrics: { 'max-series': 1000 } },
    });
    onTestFinished(() => agent.close());
    await agent.start();
    const { body } = await user.taken().http.server.inject('/metrics');
    expect(body).not.toContain('many{');
    expect(body).toContain('\nvppmux_left_out_series{metric="many"} 2000\n');
    expect(body).toContain('\n# vppmux left out 2000 of many: see max-series and top-nodes in metrics.conf\n');
    expect(Number(/^vppmux_page_series (\d+)$/m.exec(body)?.[1])).toBeLessThanOrEqual(1000);
  });

  it('an unknown profile: 400, which says which there are', async () => {
    const get = await serving();
    const { statusCode, body } = await get('/metrics?profile=vpp');
    expect([statusCode, JSON.parse(body).error.message]).toEqual([
      400,
      'profile "vpp": there is vppmux, vpp-v2, vpp-v1, ligato, calico',
    ]);
    expect((await get('/metrics?profile=vppmux&profile=vppmux')).statusCode).toBe(400);
    expect((await get('/metrics?profile=vppmux')).statusCode).toBe(200);
  });

  it('requests that come meanwhile: get the same page', async () => {
    let reads = 0;
    const get = await serving(
      contributor(
        'one',
        metric('a', () => ++reads),
      ),
    );
    const pages = await Promise.all([get('/metrics'), get('/metrics')]);
    expect(pages.map(({ body }) => /^a (\d)$/m.exec(body)?.[1])).toEqual(['1', '1']);
    expect((await get('/metrics')).body).toContain('\na 2\n');
  });
});
