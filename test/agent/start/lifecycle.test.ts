import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import type { OperationsClient } from '../../../src/agent/operations/client.js';
import { Operations } from '../../../src/agent/operations/operations.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import type { Plugin } from '../../../src/agent/plugin/plugin.js';
import { Board, Closing, Control, Log, Status } from '../../../src/agent/plugin/services.js';
import { token } from '../../../src/agent/token.js';
import { echoing } from '../operations/support.js';
import { deferred, directoryWith, recordingLog, stub, taker } from '../support.js';

async function agentOf(...plugins: Plugin[]) {
  const { log, text } = recordingLog();
  return { agent: await createAgent({ plugins, log, env: {} }), text };
}

describe('the life cycle', () => {
  it('up: create and init of each in order, then every afterInit; down: in reverse', async () => {
    const steps: string[] = [];
    const { agent } = await agentOf(stub('b', steps, { requires: ['x'] }), stub('a', steps, { provides: ['x'] }));
    await agent.start();
    expect(steps).toEqual(['a.create', 'a.init', 'b.create', 'b.init', 'a.afterInit', 'b.afterInit']);
    steps.length = 0;
    await agent.close();
    expect(steps).toEqual(['b.close', 'a.close']);
  });

  it('a plugin without any hook: comes and goes', async () => {
    const { agent } = await agentOf(definePlugin({ name: 'bare', version: '1', agentApi: 1, create: () => ({}) }));
    await agent.start();
    expect(agent.status.status).toMatchObject({
      overall: 'ok',
      parts: [{ name: 'bare', state: 'ok', reason: 'running' }],
    });
    await agent.close();
    expect(agent.status.status.parts[0].state).toBe('closed');
  });

  it('an init that fails: closes what was up, in reverse, and names the plugin', async () => {
    const steps: string[] = [];
    const bad = stub('c', steps, { init: () => Promise.reject(new Error('no licence')) });
    const { agent } = await agentOf(stub('a', steps), stub('b', steps), bad, stub('d', steps));
    await expect(agent.start()).rejects.toMatchObject({
      code: 'PLUGIN_FAILED',
      plugin: 'c',
      message: 'plugin c: its init failed: no licence',
    });
    expect(steps.slice(-3)).toEqual(['c.init', 'b.close', 'a.close']);
    expect(steps).not.toContain('d.create');
    await agent.close();
    expect(steps.filter((step) => step.endsWith('close'))).toEqual(['b.close', 'a.close']);
  });

  it('a create that throws: fails the start as a failed init does', async () => {
    const steps: string[] = [];
    const bad = stub('b', steps, {
      create: () => {
        throw new TypeError('undefined is not a function');
      },
    });
    const { agent } = await agentOf(stub('a', steps), bad);
    await expect(agent.start()).rejects.toMatchObject({ plugin: 'b', cause: expect.any(TypeError) });
    expect(steps.at(-1)).toBe('a.close');
  });

  it('an afterInit that fails: closes all, its own plugin too, since that was up', async () => {
    const steps: string[] = [];
    const bad = stub('a', steps, { afterInit: () => Promise.reject(new Error('port in use')) });
    const { agent } = await agentOf(bad, stub('b', steps));
    await expect(agent.start()).rejects.toThrow('plugin a: its afterInit failed: port in use');
    expect(steps.slice(-2)).toEqual(['b.close', 'a.close']);
  });

  it('a close that fails: stops no other, and all are told', async () => {
    const steps: string[] = [];
    const failing = (name: string) => stub(name, steps, { close: () => Promise.reject(new Error(`${name} is stuck`)) });
    const { agent } = await agentOf(stub('a', steps), failing('b'), stub('c', steps), failing('d'));
    await agent.start();
    const error = await agent.close().catch((thrown: AggregateError) => thrown);
    expect(steps.slice(-4)).toEqual(['d.close', 'c.close', 'b.close', 'a.close']);
    expect(error).toBeInstanceOf(AggregateError);
    expect(error?.message).toBe('plugin d: its close failed: d is stuck; plugin b: its close failed: b is stuck');
  });

  it('as soon as it closes: no part is ready any more', async () => {
    const slow = deferred();
    const { agent } = await agentOf(stub('a'), stub('b', [], { close: () => slow.promise }));
    await agent.start();
    const closing = agent.close();
    await vi.waitFor(() => expect(agent.status.status.overall).toBe('closed'));
    slow.resolve();
    expect(agent.status.status.parts[0]).toMatchObject({ state: 'closed', reason: 'closing' });
    await closing;
    expect(agent.status.status.parts[0]).toMatchObject({ state: 'closed', reason: 'closed' });
  });

  it('a close: every plugin drains first, all at the same time and while everything still runs', async () => {
    const steps: string[] = [];
    const gates = [deferred(), deferred()];
    const draining = (name: string, { promise }: { promise: Promise<void> }) =>
      definePlugin({
        ...{ name, version: '1', agentApi: 1 },
        create: () => ({
          drain: () => {
            steps.push(`${name}.drain`);
            return { done: promise, timeoutMs: 60_000 };
          },
          close: () => void steps.push(`${name}.close`),
        }),
      });
    const { agent } = await agentOf(draining('a', gates[0]), draining('b', gates[1]));
    await agent.start();
    const closing = agent.close();
    await vi.waitFor(() => expect(steps).toEqual(['a.drain', 'b.drain']));
    expect(agent.status.status.overall).toBe('ok');
    gates[1].resolve();
    gates[0].resolve();
    await closing;
    expect(steps).toEqual(['a.drain', 'b.drain', 'b.close', 'a.close']);
  });

  it('a drain that fails, or takes longer than it has said: is logged, and the plugin closed', async () => {
    const steps: string[] = [];
    const endless = { done: new Promise<void>(() => {}), timeoutMs: 1 };
    const failing = () => {
      throw new Error('no idea');
    };
    const { agent, text } = await agentOf(
      stub('a', steps, { drain: () => endless }),
      stub('b', steps, { drain: failing }),
      stub('c', steps, { drain: () => undefined }),
    );
    await agent.start();
    await agent.close();
    expect(steps.slice(-3)).toEqual(['c.close', 'b.close', 'a.close']);
    expect(text()).toContain('a warn: it has not drained within 1 ms; closing');
    expect(text()).toContain('b error: it could not drain: no idea');
  });

  it('close called twice: closes once', async () => {
    const steps: string[] = [];
    const { agent } = await agentOf(stub('a', steps));
    await agent.start();
    await Promise.all([agent.close(), agent.close()]);
    expect(steps.filter((step) => step === 'a.close')).toHaveLength(1);
  });

  it('started twice, or after close: refused', async () => {
    const { agent } = await agentOf(stub('a'));
    await agent.start();
    await expect(agent.start()).rejects.toMatchObject({ code: 'BAD_STATE' });
    await agent.close();
    await expect(agent.start()).rejects.toThrow('this one is closed');
  });

  it('started twice, or after close: no timer stays', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { agent } = await agentOf(stub('a'));
    await agent.start();
    await agent.start().catch(() => {});
    await agent.close();
    await agent.start().catch(() => {});
    expect(vi.getTimerCount()).toBe(0);
  });

  it('closed in the middle of the start: the start ends without an error, what was up is closed, the rest never created', async () => {
    const steps: string[] = [];
    const slow = deferred();
    const { agent } = await agentOf(stub('a', steps), stub('b', steps, { init: () => slow.promise }), stub('c', steps));
    const started = agent.start();
    await vi.waitFor(() => expect(steps).toContain('b.init'));
    await agent.close();
    await started;
    expect(steps).toEqual(['a.create', 'a.init', 'b.create', 'b.init', 'a.close']);
    slow.resolve();
    await vi.waitFor(() => expect(steps.at(-1)).toBe('b.close'));
  });

  it('the closing signal: is aborted before close, and when the plugin’s own start fails', async () => {
    const aborted: string[] = [];
    const watching = (name: string, init: () => void) =>
      definePlugin({
        name,
        version: '1',
        agentApi: 1,
        requires: { closing: Closing },
        create({ closing }) {
          closing.addEventListener('abort', () => aborted.push(`${name} signal`));
          return { init, close: () => void aborted.push(`${name} close`) };
        },
      });
    const { agent } = await agentOf(
      watching('a', () => {}),
      watching('b', () => {
        throw new Error('no');
      }),
    );
    await expect(agent.start()).rejects.toThrow();
    expect(aborted).toEqual(['b signal', 'a signal', 'a close']);
  });

  it('services: every plugin gets its own log and status, and what others provide', async () => {
    const Greeting = token<string>('test/greeting');
    const heard: unknown[] = [];
    const provider = definePlugin({
      name: 'provider',
      version: '1',
      agentApi: 1,
      provides: { greeting: Greeting },
      create: () => ({ provide: { greeting: 'hello' } }),
    });
    const user = definePlugin({
      name: 'user',
      version: '1',
      agentApi: 1,
      requires: { word: Greeting, log: Log, status: Status, board: Board },
      create: ({ word, log, status, board }) => ({
        init() {
          log.info(`they say ${word}`);
          status.degraded('a little hoarse');
        },
        afterInit: () =>
          void heard.push(
            word,
            board.status.parts.map((part) => part.name),
          ),
      }),
    });
    const { agent, text } = await agentOf(user, provider);
    await agent.start();
    expect(heard).toEqual(['hello', ['provider', 'user']]);
    expect(text()).toContain('user info: they say hello');
    expect(agent.status.status).toMatchObject({ overall: 'degraded', reason: 'user: a little hoarse' });
  });

  it('a promised service that create does not give: the plugin is named', async () => {
    const forgetful = definePlugin({
      name: 'forgetful',
      version: '1',
      agentApi: 1,
      provides: { thing: token<undefined>('test/thing') },
      create: () => ({ provide: { thing: undefined } }),
    });
    const { agent } = await agentOf(forgetful);
    await expect(agent.start()).rejects.toThrow(
      'plugin forgetful promises to provide "test/thing", but its create returned no provide.thing',
    );
  });

  it('timings: every step of every plugin, and a tree of them in the log', async () => {
    const { agent, text } = await agentOf(stub('a'), stub('b'));
    await agent.start();
    await agent.close();
    expect(agent.timings().map(({ plugin, step, failed }) => `${plugin}.${step} ${failed}`)).toEqual([
      'a.init false',
      'b.init false',
      'a.afterInit false',
      'b.afterInit false',
      'b.close false',
      'a.close false',
    ]);
    expect(text()).toMatch(/├─ init .* ms\n│ {2}├─ a .* ms\n│ {2}└─ b .* ms\n└─ afterInit/);
  });
});

describe('optional plugins', () => {
  it('a failed init: is told, counts as degraded, and the agent goes on', async () => {
    const steps: string[] = [];
    const bad = stub('extra', steps, { optional: true, init: () => Promise.reject(new Error('no printer')) });
    const { agent, text } = await agentOf(bad, stub('a', steps));
    await agent.start();
    expect(agent.status.status).toMatchObject({
      overall: 'degraded',
      reason: 'extra: plugin extra: its init failed: no printer',
      parts: [
        { name: 'extra', state: 'error', optional: true },
        { name: 'a', state: 'ok' },
      ],
    });
    expect(text()).toContain('skipped, since it is optional');
    await agent.close();
    expect(steps).not.toContain('extra.close');
  });

  it('who requires its services: cannot start, and says whose fault it is', async () => {
    const bad = stub('extra', [], { optional: true, provides: ['x'], init: () => Promise.reject(new Error('no')) });
    const { agent } = await agentOf(bad, stub('a', [], { requires: ['x'] }));
    await expect(agent.start()).rejects.toThrow('plugin a requires "test/x", whose provider failed to start');
  });

  it('a failed afterInit: it serves nothing, hears nothing, is told to end, and is closed at once', async () => {
    const steps: string[] = [];
    const halfway = definePlugin({
      name: 'halfway',
      version: '1',
      agentApi: 1,
      optional: true,
      requires: { closing: Closing, operations: Operations },
      create({ closing, operations }) {
        closing.addEventListener('abort', () => steps.push('told to end'));
        const client = operations.open({ name: 'own', access: 'read' });
        client.signal.addEventListener('abort', () => steps.push('client closed'));
        return {
          operations: [echoing()],
          afterInit: () => Promise.reject(new Error('port in use')),
          dataplane: () => void steps.push('dataplane'),
          close: () => void steps.push('close'),
        };
      },
    });
    const publisher = taker({ control: Control }, 'publisher');
    const { agent, text } = await agentOf(halfway, publisher.plugin);
    await agent.start();
    const { control } = publisher.taken();
    expect(steps).toEqual(['told to end', 'close', 'client closed']);
    expect(agent.operations.catalogue).toEqual([]);
    for (let generation = 0; generation < 150; generation++) control.dataplane({ state: 'up', generation });
    expect(text()).not.toContain('control events wait');
    expect(text()).toContain('vppmux runs: publisher started');
    await agent.close();
    expect(steps).toEqual(['told to end', 'close', 'client closed']);
  });

  it('a failed init: its clients are closed, and no events wait for it', async () => {
    let client: OperationsClient | undefined;
    const publisher = taker({ control: Control }, 'publisher');
    const bad = definePlugin({
      name: 'bad',
      version: '1',
      agentApi: 1,
      optional: true,
      requires: { operations: Operations },
      create(services) {
        client = services.operations.open({ name: 'own', access: 'read' });
        return { init: () => Promise.reject(new Error('no')) };
      },
    });
    const { agent, text } = await agentOf(bad, publisher.plugin);
    await agent.start();
    const { control } = publisher.taken();
    for (let generation = 0; generation < 150; generation++) control.dataplane({ state: 'up', generation });
    expect(client?.signal.aborted).toBe(true);
    expect(text()).not.toContain('control events wait');
    await agent.close();
  });

  it('who requires what one that was left out would provide: is left out as well when it is optional', async () => {
    const { log, text } = recordingLog();
    const needy = (name: string, needs: string, gives: string) =>
      stub(name, [], { optional: true, requires: [needs], provides: [gives] });
    const builtIns = { c: needy('c', 'y', 'z'), b: needy('b', 'x', 'y'), a: stub('a') };
    const configDir = directoryWith({
      'agent.yaml': 'plugins: [{ plugin: ./gone.js, optional: true }, c, b, a]',
    });
    const agent = await createAgent({ builtIns, configDir, log, env: {} });
    await agent.start();
    expect(text()).toContain('vppmux runs: a started');
    expect(text()).toMatch(/error: plugin b requires "test\/x".*; skipped, since it is optional/);
    expect(text()).toMatch(/error: plugin c requires "test\/y".*; skipped, since it is optional/);
    expect(agent.status.status).toMatchObject({ overall: 'degraded' });
    await agent.close();
  });

  it('errors it reports later: count as degraded', async () => {
    const moody = definePlugin({
      name: 'moody',
      version: '1',
      agentApi: 1,
      optional: true,
      requires: { status: Status },
      create: ({ status }) => ({ afterInit: () => status.error('bad day') }),
    });
    const { agent } = await agentOf(moody);
    await agent.start();
    expect(agent.status.status).toMatchObject({ overall: 'degraded', parts: [{ state: 'error', reason: 'bad day' }] });
  });
});

describe('time budgets', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const never = () => new Promise<void>(() => {});

  it('an init that never returns: is named and fails the start; what was up is closed', async () => {
    const steps: string[] = [];
    const { agent } = await agentOf(stub('a', steps), stub('sleepy', steps, { init: never }));
    const failed = expect(agent.start()).rejects.toMatchObject({
      code: 'PLUGIN_TIMEOUT',
      plugin: 'sleepy',
      message: 'plugin sleepy: its init has not finished within 15 s (start-timeout in agent.yaml)',
    });
    await vi.advanceTimersByTimeAsync(15_000);
    await failed;
    expect(steps.at(-1)).toBe('a.close');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('an init that comes up after it was given up: is closed then', async () => {
    const steps: string[] = [];
    const slow = deferred();
    const { agent } = await agentOf(stub('slow', steps, { init: () => slow.promise }));
    const failed = expect(agent.start()).rejects.toThrow('slow');
    await vi.advanceTimersByTimeAsync(15_000);
    await failed;
    slow.resolve();
    await vi.advanceTimersByTimeAsync(0);
    expect(steps).toEqual(['slow.create', 'slow.init', 'slow.close']);
  });

  it('a close that never returns: is named, the others close within their share, all in 1.5 s', async () => {
    const steps: string[] = [];
    const { agent, text } = await agentOf(stub('a', steps), stub('b', steps), stub('stuck', steps, { close: never }));
    await agent.start();
    const closed = agent.close().catch((error: AggregateError) => error);
    await vi.advanceTimersByTimeAsync(500);
    expect(steps.slice(-3)).toEqual(['stuck.close', 'b.close', 'a.close']);
    expect(text()).toContain('stuck warn: it is slow to close (500 ms so far); going on with the others');
    await vi.advanceTimersByTimeAsync(1000);
    expect((await closed)?.message).toBe(
      'plugin stuck: its close failed: it did not finish within 1.5 s (stop-timeout in agent.yaml)',
    );
    expect(agent.status.status.overall).toBe('error');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a close slower than its share, but within the whole budget: is no error', async () => {
    const steps: string[] = [];
    const slow = () => new Promise<void>((resolve) => void setTimeout(resolve, 1200));
    const { agent } = await agentOf(stub('a', steps), stub('slow', steps, { close: slow }));
    await agent.start();
    const closed = agent.close();
    await vi.advanceTimersByTimeAsync(1200);
    await closed;
    expect(agent.status.status.parts.map((part) => part.state)).toEqual(['closed', 'closed']);
  });

  it('every plugin stuck: every one is asked and named, and it still takes 1.5 s', async () => {
    const steps: string[] = [];
    const plugins = ['a', 'b', 'c', 'd'].map((name) => stub(name, steps, { close: never }));
    const { agent } = await agentOf(...plugins);
    await agent.start();
    const closed = agent.close().catch((error: AggregateError) => error);
    await vi.advanceTimersByTimeAsync(1510);
    expect((await closed)?.errors).toHaveLength(4);
    expect(steps.slice(-4)).toEqual(['d.close', 'c.close', 'b.close', 'a.close']);
  });
});
