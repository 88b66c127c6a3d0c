import { describe, expect, expectTypeOf, it, onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { startOrder } from '../../../src/agent/order/start-order.js';
import { type Collection, type Contribution, collection } from '../../../src/agent/plugin/collection.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import type { Plugin, PluginHooks } from '../../../src/agent/plugin/plugin.js';
import { token } from '../../../src/agent/token.js';
import { recordingLog, stub, taker } from '../support.js';

interface Metric {
  readonly name: string;
  value(): number;
}
const Metrics = collection<Metric>('test/metrics');
const Pages = collection<string>('test/pages');
const metric = (name: string): Metric => ({ name, value: () => 1 });

/** Contributes metrics of these names. */
function contributor(name: string, names: readonly string[], hooks: PluginHooks = {}, optional = false): Plugin {
  return definePlugin({
    ...{ name, version: '1', agentApi: 1, optional, contributes: { own: Metrics } },
    create: () => ({ contribute: { own: names.map(metric) }, ...hooks }),
  });
}

/** Collects metrics, and notes their names at each step. */
function collector(seen: Record<string, string[]> = {}) {
  return taker({ metrics: Metrics }, 'collector', ({ metrics }) => {
    const look = (step: string) => () => {
      seen[step] = metrics.list.map(({ plugin, value }) => `${value.name} of ${plugin}`);
    };
    look('create')();
    return { init: look('init'), afterInit: look('afterInit'), close: look('close') };
  });
}

async function agentOf(...plugins: Plugin[]) {
  const { log, text } = recordingLog();
  const agent = await createAgent({ plugins, log, env: {} });
  onTestFinished(() => agent.close().catch(() => {}));
  return { agent, text };
}

describe('a collection', () => {
  it('is typed, for those who contribute and for those who collect', () => {
    definePlugin({
      ...{ name: 'both', version: '1', agentApi: 1, requires: { metrics: Metrics }, contributes: { pages: Pages } },
      create({ metrics }) {
        expectTypeOf(metrics.list).toEqualTypeOf<readonly Contribution<Metric>[]>();
        return { contribute: { pages: ['start'] } };
      },
    });
    definePlugin({
      ...{ name: 'wrong', version: '1', agentApi: 1, contributes: { pages: Pages } },
      // @ts-expect-error: a page is a string
      create: () => ({ contribute: { pages: [42] } }),
    });
    definePlugin({
      ...{ name: 'forgetful', version: '1', agentApi: 1, contributes: { pages: Pages } },
      // @ts-expect-error: nothing contributed
      create: () => ({}),
    });
    definePlugin({
      ...{ name: 'silent', version: '1', agentApi: 1 },
      // @ts-expect-error: nothing declared
      create: () => ({ contribute: { pages: ['start'] } }),
    });
    const Service = token<{ run(): void }>('test/service');
    expectTypeOf<typeof Service>().not.toExtend<Collection<unknown>>();
    expect(() =>
      definePlugin({
        ...{ name: 'mistaken', version: '1', agentApi: 1 },
        contributes: { service: Service as never },
        create: () => ({}) as never,
      }),
    ).toThrow('at contributes.service: must be a collection, made by collection()');
    expect(() =>
      definePlugin({
        ...{ name: 'provider', version: '1', agentApi: 1, provides: { metrics: Metrics } },
        create: () => ({ provide: { metrics: { list: [] } } }),
      }),
    ).toThrow('at provides.metrics: is a collection: add to it with "contributes"');
  });

  it('whoever requires it starts after all who contribute, has all of them from create on, in their order, and ends first', async () => {
    const seen: Record<string, string[]> = {};
    const { agent } = await agentOf(collector(seen).plugin, contributor('b', ['b1', 'b2']), contributor('a', ['a1']));
    await agent.start();
    expect(agent.plugins.map(({ name }) => name)).toEqual(['b', 'a', 'collector']);
    const all = ['b1 of b', 'b2 of b', 'a1 of a'];
    await agent.close();
    expect(seen).toEqual({ create: all, init: all, afterInit: all, close: all });
  });

  it('nobody contributes: it is empty, and nothing is missing', async () => {
    const { plugin, taken } = collector();
    const { agent } = await agentOf(plugin);
    await agent.start();
    expect(taken().metrics.list).toEqual([]);
  });

  it('one that contributes to what it collects: finds its own there once it has started', async () => {
    const seen: number[] = [];
    const both = definePlugin({
      ...{ name: 'both', version: '1', agentApi: 1, requires: { metrics: Metrics }, contributes: { own: Metrics } },
      create: ({ metrics }) => ({
        contribute: { own: [metric('own')] },
        init: () => void seen.push(metrics.list.length),
        afterInit: () => void seen.push(metrics.list.length),
      }),
    });
    const { agent } = await agentOf(both, contributor('a', ['a1']));
    await agent.start();
    expect(seen).toEqual([1, 2]);
  });

  it('two who collect: each has all of them', async () => {
    const one = taker({ metrics: Metrics }, 'one');
    const two = taker({ metrics: Metrics }, 'two');
    const { agent } = await agentOf(one.plugin, two.plugin, contributor('a', ['a1']));
    await agent.start();
    expect(one.taken().metrics.list).toEqual(two.taken().metrics.list);
    expect(one.taken().metrics.list).toHaveLength(1);
  });
});

describe('a contributor that fails', () => {
  const fails = () => Promise.reject(new Error('no licence'));

  it.each<[string, PluginHooks, string[]]>([
    ['in its init', { init: fails }, ['a1 of a']],
    ['in its afterInit', { afterInit: fails }, ['a1 of a']],
  ])('%s, and is optional: its contributions are gone before the others serve', async (_, hooks, left) => {
    const seen: Record<string, string[]> = {};
    const { agent, text } = await agentOf(
      collector(seen).plugin,
      contributor('bad', ['x'], hooks, true),
      contributor('a', ['a1']),
    );
    await agent.start();
    expect(seen.afterInit).toEqual(left);
    expect(text()).toContain('vppmux runs: a, collector started');
  });

  it('another one that it requires has failed: its contributions are gone as well', async () => {
    const Helper = token<object>('test/helper');
    const helper = definePlugin({
      ...{ name: 'helper', version: '1', agentApi: 1, optional: true, provides: { helper: Helper } },
      create: () => ({ provide: { helper: {} }, afterInit: fails }),
    });
    const needy = definePlugin({
      ...{ name: 'needy', version: '1', agentApi: 1, optional: true, requires: { helper: Helper } },
      contributes: { own: Metrics },
      create: () => ({ contribute: { own: [metric('x')] } }),
    });
    const seen: Record<string, string[]> = {};
    const { agent } = await agentOf(collector(seen).plugin, helper, needy);
    await agent.start();
    expect(seen).toMatchObject({ create: ['x of needy'], afterInit: [] });
  });
});

describe('what is wrong with contributions', () => {
  it.each<[string, object, string]>([
    [
      'nothing is given',
      {},
      'it promises to contribute to "test/metrics", but its create returned no contribute.own, where a list belongs',
    ],
    ['no list', { contribute: { own: 'x' } }, 'its create returned contribute.own: a string, where a list belongs'],
    [
      'another key',
      { contribute: { own: [], onw: [] } },
      'returned contribute.onw, which its "contributes" does not have; did you mean "own"?',
    ],
  ])('%s: is refused, and the plugin named', async (_, created, message) => {
    const bad = definePlugin({
      ...{ name: 'bad', version: '1', agentApi: 1, contributes: { own: Metrics } },
      create: () => created as { contribute: { own: Metric[] } },
    });
    const { agent } = await agentOf(bad);
    await expect(agent.start()).rejects.toMatchObject({
      code: 'PLUGIN_INVALID',
      plugin: 'bad',
      message: expect.stringContaining(message),
    });
  });

  it('a circle: is told', () => {
    const Service = token<object>('test/service');
    const one = definePlugin({
      ...{ name: 'one', version: '1', agentApi: 1, requires: { metrics: Metrics }, provides: { service: Service } },
      create: () => ({ provide: { service: {} } }),
    });
    const two = definePlugin({
      ...{ name: 'two', version: '1', agentApi: 1, requires: { service: Service }, contributes: { own: Metrics } },
      create: () => ({ contribute: { own: [] } }),
    });
    expect(() => startOrder([one, two])).toThrow(
      expect.objectContaining({
        code: 'CIRCULAR_NEED',
        message:
          'plugins require each other in a circle: one requires "all of test/metrics" of two, two requires "test/service" of one',
      }),
    );
  });

  it('nobody requires the collection: is told to those who debug, and to everybody where the name is almost right', async () => {
    const misspelt = definePlugin({
      ...{ name: 'misspelt', version: '1', agentApi: 1, contributes: { own: collection<Metric>('test/metrcis') } },
      create: () => ({ contribute: { own: [] } }),
    });
    const early = definePlugin({
      ...{ name: 'early', version: '1', agentApi: 1, contributes: { own: collection<Metric>('acme/kinds') } },
      create: () => ({ contribute: { own: [] } }),
    });
    const { text } = await agentOf(collector().plugin, misspelt, early);
    expect(text()).toContain(
      'misspelt warn: it contributes to "test/metrcis", which no plugin in the list requires; did you mean "test/metrics"?',
    );
    expect(text()).toMatch(/early debug: it contributes to "acme\/kinds", which no plugin in the list requires$/m);
  });

  it('a plugin of a package without collections: runs as before', async () => {
    const { contributes: _, ...older } = stub('older');
    const { agent } = await agentOf(older as Plugin, collector().plugin);
    await agent.start();
    expect(agent.plugins).toHaveLength(2);
  });
});
