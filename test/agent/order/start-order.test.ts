import { describe, expect, it } from 'vitest';
import { AgentError, StartRefused } from '../../../src/agent/errors.js';
import { startOrder } from '../../../src/agent/order/start-order.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import { Log } from '../../../src/agent/plugin/services.js';
import { stub } from '../support.js';

const names = (plugins: readonly { name: string }[]) => plugins.map((plugin) => plugin.name);

describe('start order', () => {
  it('independent plugins: as declared', () => {
    expect(names(startOrder([stub('c'), stub('a'), stub('b')]))).toEqual(['c', 'a', 'b']);
  });

  it('a provider declared last: comes before who requires it, the others stay where they were', () => {
    const plugins = [
      stub('lister', [], { requires: ['mux'] }),
      stub('free'),
      stub('health', [], { requires: ['http'] }),
      stub('http', [], { provides: ['http'] }),
      stub('govpp', [], { provides: ['mux'] }),
    ];
    expect(names(startOrder(plugins))).toEqual(['free', 'http', 'health', 'govpp', 'lister']);
  });

  it('a chain declared backwards: comes out forwards', () => {
    const plugins = [
      stub('c', [], { requires: ['b'] }),
      stub('b', [], { requires: ['a'], provides: ['b'] }),
      stub('a', [], { provides: ['a'] }),
    ];
    expect(names(startOrder(plugins))).toEqual(['a', 'b', 'c']);
  });

  it('the agent’s own services: need no provider', () => {
    const plugin = definePlugin({
      name: 'p',
      version: '1',
      agentApi: 1,
      requires: { log: Log },
      create: () => ({}),
    });
    expect(startOrder([plugin])).toEqual([plugin]);
  });
});

describe('what makes an order impossible', () => {
  const refusal = (...plugins: ReturnType<typeof stub>[]) => {
    try {
      startOrder(plugins);
    } catch (error) {
      if (error instanceof AgentError) return error;
    }
    throw new Error('it was not refused');
  };

  it('a missing provider: who needs what, and what there is', () => {
    const error = refusal(stub('http', [], { provides: ['http'] }), stub('lister', [], { requires: ['mux'] }));
    expect(error).toMatchObject({ code: 'MISSING_PROVIDER', plugin: 'lister' });
    expect(error.message).toContain('plugin lister requires "test/mux", which no plugin in the list provides');
    expect(error.message).toContain('"test/http"');
    expect(error.message).toContain('add the plugin that does to "plugins"');
  });

  it('a missing provider that could run: is named', () => {
    const needs = stub('lister', [], { requires: ['mux'] });
    expect(() => startOrder([needs], [stub('govpp', [], { provides: ['mux'] })])).toThrow('add govpp to "plugins"');
  });

  it('a circle: the whole of it is named, and nothing beside it', () => {
    const error = refusal(
      stub('outside', [], { requires: ['a'] }),
      stub('a', [], { requires: ['b'], provides: ['a'] }),
      stub('b', [], { requires: ['c'], provides: ['b'] }),
      stub('c', [], { requires: ['a'], provides: ['c'] }),
    );
    expect(error.code).toBe('CIRCULAR_NEED');
    expect(error.message).toBe(
      'plugins require each other in a circle: a requires "test/b" of b, b requires "test/c" of c, c requires "test/a" of a',
    );
  });

  it('a plugin that requires what it provides: a circle of one', () => {
    const error = refusal(stub('selfish', [], { requires: ['x'], provides: ['x'] }));
    expect(error.message).toContain('selfish requires "test/x" of selfish');
  });

  it('another agent API: both versions are named', () => {
    const error = refusal(stub('future', [], { agentApi: 2 }));
    expect(error.code).toBe('API_MISMATCH');
    expect(error.message).toBe(
      'plugin future 1.0.0 was built for agent API 2, but this agent has agent API 1: it needs a newer vppmux',
    );
  });

  it('the same plugin twice: named once', () => {
    const error = refusal(stub('a'), stub('a'), stub('a'));
    expect(error.code).toBe('DUPLICATE_PLUGIN');
    expect(error.message).toBe('plugin a is listed more than once');
  });

  it('two providers of one service: both are named', () => {
    const error = refusal(stub('govpp', [], { provides: ['mux'] }), stub('mine', [], { provides: ['mux'] }));
    expect(error.code).toBe('DUPLICATE_PROVIDER');
    expect(error.message).toBe('plugin mine provides "test/mux", which plugin govpp already provides');
  });

  it('a plugin that provides a service of the agent itself: refused', () => {
    const plugin = definePlugin({
      name: 'p',
      version: '1',
      agentApi: 1,
      provides: { log: Log },
      create: () => {
        throw new Error('never created');
      },
    });
    expect(refusal(plugin).message).toContain('which the agent itself already provides');
  });

  it('several things wrong: all are told at once', () => {
    const error = refusal(stub('a', [], { requires: ['x'] }), stub('b', [], { requires: ['y'], agentApi: 7 }));
    expect(error).toBeInstanceOf(StartRefused);
    expect(error.message.split('\n')).toHaveLength(3);
  });
});
