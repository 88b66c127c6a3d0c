import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { ConfigState } from '../../../src/agent/config/config-state.js';
import { ControlQueue } from '../../../src/agent/control/control-queue.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import type { PluginHooks } from '../../../src/agent/plugin/plugin.js';
import { Control } from '../../../src/agent/plugin/services.js';
import { LoopWatch } from '../../../src/agent/process/loop-watch.js';
import { StatusBoard } from '../../../src/agent/status/status-board.js';
import { deferred, recordingLog, taker } from '../support.js';

const up = (generation: number) => ({ state: 'up' as const, generation });
const backup = { role: 'backup' as const, generation: 2, socket: '/run/b.sock', reason: 'the primary is gone' };

/** A plugin with these hooks. */
const hooked = (name: string, hooks: PluginHooks) =>
  definePlugin({ name, version: '1', agentApi: 1, create: () => hooks });

/** A running agent of plugins by name, and what publishes to all of them. */
async function running(plugins: Record<string, PluginHooks>, early: (control: Control) => void = () => {}) {
  const publisher = taker({ control: Control }, 'publisher', ({ control }) => {
    early(control);
    return {};
  });
  const { log, text } = recordingLog('info');
  const all = Object.entries(plugins).map(([name, hooks]) => hooked(name, hooks));
  const agent = await createAgent({ plugins: [publisher.plugin, ...all], log, env: {} });
  await agent.start();
  const part = (name: string) => agent.status.status.parts.find((each) => each.name === name);
  return { agent, control: publisher.taken().control, text, part, settled: () => vi.advanceTimersByTimeAsync(0) };
}

describe('control events', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('order: as published, one at a time', async () => {
    const steps: string[] = [];
    const waits = [deferred(), deferred(), deferred()];
    const { control, settled } = await running({
      a: {
        async dataplane({ generation }) {
          steps.push(`begin ${generation}`);
          await waits[generation].promise;
          steps.push(`end ${generation}`);
        },
        redundancy: ({ role }) => void steps.push(role),
      },
    });
    control.dataplane(up(0));
    control.dataplane(up(1));
    control.redundancy(backup);
    control.dataplane(up(2));
    await settled();
    expect(steps).toEqual(['begin 0']);
    for (const { resolve } of waits) resolve();
    await settled();
    expect(steps).toEqual(['begin 0', 'end 0', 'begin 1', 'end 1', 'backup', 'begin 2', 'end 2']);
  });

  it('a slow plugin: makes no other one wait, nor the publisher', async () => {
    const seen: number[] = [];
    const { control, settled } = await running({
      slow: { dataplane: () => new Promise(() => {}) },
      quick: { dataplane: ({ generation }) => void seen.push(generation) },
    });
    control.dataplane(up(1));
    control.dataplane(up(2));
    expect(seen).toEqual([]);
    await settled();
    expect(seen).toEqual([1, 2]);
  });

  it('what is published during the start: comes after the plugin’s own afterInit', async () => {
    const steps: string[] = [];
    const { settled } = await running(
      {
        a: {
          init: () => void steps.push('init'),
          afterInit: () => void steps.push('afterInit'),
          dataplane: ({ state }) => void steps.push(state),
        },
      },
      (control) => control.dataplane(up(1)),
    );
    await settled();
    expect(steps).toEqual(['init', 'afterInit', 'up']);
  });

  it('close: waits a moment for the hook that runs, and nothing comes after it', async () => {
    const steps: string[] = [];
    const slow = deferred();
    const { agent, control, settled } = await running({
      a: {
        async dataplane({ generation }) {
          steps.push(`begin ${generation}`);
          await slow.promise;
          steps.push(`end ${generation}`);
        },
        close: () => void steps.push('close'),
      },
    });
    control.dataplane(up(1));
    control.dataplane(up(2));
    await settled();
    const closed = agent.close();
    control.dataplane(up(3));
    await settled();
    slow.resolve();
    await closed;
    expect(() => control.dataplane(up(4))).toThrow('plugin publisher has ended');
    await settled();
    expect(steps).toEqual(['begin 1', 'end 1', 'close']);
  });

  it('close: a hook that never returns does not keep the plugin from being closed', async () => {
    const close = vi.fn();
    const { agent, control, settled } = await running({ a: { dataplane: () => new Promise(() => {}), close } });
    control.dataplane(up(1));
    await settled();
    const closed = agent.close();
    await vi.advanceTimersByTimeAsync(100);
    await closed;
    expect(close).toHaveBeenCalledOnce();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no licence');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no licence'))],
  ])('a hook that %s: is told in one line and degrades its plugin, until it goes well again', async (_, fail) => {
    let bad = true;
    const seen: number[] = [];
    const { control, settled, part, text } = await running({
      bad: { dataplane: () => (bad ? fail() : undefined) },
      good: { dataplane: ({ generation }) => void seen.push(generation) },
    });
    control.dataplane(up(1));
    await settled();
    expect(
      text()
        .split('\n')
        .filter((line) => line.includes('no licence')),
    ).toEqual(['bad error: plugin bad: its dataplane failed: no licence']);
    expect(part('bad')).toMatchObject({ state: 'degraded', reason: 'its dataplane failed: no licence' });
    expect(part('good')).toMatchObject({ state: 'ok' });
    bad = false;
    control.dataplane(up(2));
    await settled();
    expect(part('bad')).toMatchObject({ state: 'ok' });
    expect(seen).toEqual([1, 2]);
  });

  it('a hook that takes longer than its budget: is told; its own further events wait for it, in order', async () => {
    const steps: number[] = [];
    const slow = deferred();
    const { control, part, text, settled } = await running({
      slow: {
        async dataplane({ generation }) {
          if (generation === 1) await slow.promise;
          steps.push(generation);
        },
      },
    });
    control.dataplane(up(1));
    control.dataplane(up(2));
    await vi.advanceTimersByTimeAsync(5000);
    const reason = 'its dataplane has not returned within 5 s (control-timeout in agent.yaml)';
    expect(text()).toContain(`slow error: plugin slow: ${reason}; its further control events wait for it`);
    expect(part('slow')).toMatchObject({ state: 'degraded', reason });
    expect(steps).toEqual([]);
    slow.resolve();
    await settled();
    expect(steps).toEqual([1, 2]);
    expect(part('slow')).toMatchObject({ state: 'ok' });
    expect(text()).toContain('slow info: its dataplane has returned after all');
  });

  it('more than 100 that wait: the oldest are dropped, and that is told once', async () => {
    const seen: number[] = [];
    const first = deferred();
    const { control, text, settled } = await running({
      a: {
        async dataplane({ generation }) {
          if (generation === 0) await first.promise;
          seen.push(generation);
        },
      },
    });
    control.dataplane(up(0));
    await settled();
    for (let i = 1; i <= 150; i++) control.dataplane(up(i));
    first.resolve();
    await settled();
    expect(seen).toEqual([0, ...Array.from({ length: 100 }, (_, i) => i + 51)]);
    expect(text().match(/more than 100 control events wait for it; the oldest are dropped/g)).toHaveLength(1);
  });
});

describe('the queue of one plugin', () => {
  /** A plugin whose first dataplane event keeps all others waiting until it is released. */
  function busy() {
    const { log, text } = recordingLog('info');
    const status = new StatusBoard().add({ name: 'a', version: '1', optional: false });
    const queue = new ControlQueue(
      { name: 'a', log, status, loop: new LoopWatch(() => {}), state: new ConfigState(() => {}) },
      { size: 0 },
      5000,
    );
    const seen: unknown[] = [];
    const first = deferred();
    queue.begin({
      dataplane: ({ generation }) => (generation === 0 ? first.promise : undefined),
      configuration: ({ after }) => void seen.push(after),
      saveState: () => 1,
    });
    queue.dataplane(up(0));
    return { queue, seen, first, text };
  }

  it('more than 100 events: the newest configuration is not among those that are dropped', async () => {
    const { queue, seen, first, text } = busy();
    queue.configuration({ size: 1 }, 'a.conf');
    queue.configuration({ size: 2 }, 'a.conf');
    for (let i = 1; i <= 150; i++) queue.dataplane(up(i));
    first.resolve();
    await vi.waitFor(() => expect(seen).toEqual([{ size: 2 }]));
    expect(text()).toContain('more than 100 control events wait for it');
    await queue.end();
  });

  it('a state that is asked for when it ends: who asked does not wait any longer', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const { queue } = busy();
    const asked = queue.saveState();
    const ended = queue.end();
    await vi.advanceTimersByTimeAsync(100);
    await ended;
    await asked;
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('redundancy', () => {
  it('the state that a plugin hands over: comes back to it, and to no other', async () => {
    const seen: unknown[] = [];
    const redundancy = (name: string) => (event: object) => void seen.push([name, event]);
    const { control } = await running({
      a: { saveState: () => ({ routes: 3 }), redundancy: redundancy('a') },
      b: { redundancy: redundancy('b') },
    });
    control.redundancy(backup);
    await vi.waitFor(() => expect(seen).toHaveLength(2));
    expect(seen).toContainEqual(['a', { ...backup, state: { routes: 3 } }]);
    expect(seen).toContainEqual(['b', { ...backup, state: undefined }]);
  });

  it('a planned change: the state of before it counts, taken once', async () => {
    let routes = 1;
    const states: unknown[] = [];
    const saveState = vi.fn(() => routes);
    const { control } = await running({ a: { saveState, redundancy: ({ state }) => void states.push(state) } });
    await control.saveState();
    routes = 2;
    control.redundancy(backup);
    control.redundancy({ ...backup, generation: 3 });
    await vi.waitFor(() => expect(states).toEqual([1, 2]));
    expect(saveState).toHaveBeenCalledTimes(2);
  });

  it('a state that cannot be had: the last one comes back, and the failure is told', async () => {
    const states: unknown[] = [];
    let bad = false;
    const { control, text, part } = await running({
      a: {
        async saveState() {
          if (bad) throw new Error('disk full');
          return 'old';
        },
        redundancy: ({ state }) => void states.push(state),
      },
    });
    control.redundancy(backup);
    await vi.waitFor(() => expect(states).toHaveLength(1));
    bad = true;
    control.redundancy(backup);
    await vi.waitFor(() => expect(states).toEqual(['old', 'old']));
    expect(text()).toContain('a error: plugin a: its saveState failed: disk full');
    expect(part('a')).toMatchObject({ state: 'degraded' });
    await control.saveState();
  });
});
