/** Handles: one for each client, made before its first operation, ended exactly once. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { CONCURRENCY } from '../../../src/agent/operations/concurrency.js';
import { fault } from '../../../src/agent/operations/fault.js';
import { GRACE_MS } from '../../../src/agent/operations/provider.js';
import { deferred } from '../support.js';
import { echo, echoing, named, registryWithLog, settle } from './support.js';

afterEach(() => {
  vi.useRealTimers();
});

/** A plugin that counts its handles. */
function counting() {
  const opened: number[] = [];
  const closed: number[] = [];
  return {
    opened,
    closed,
    hooks: {
      open: ({ id }: { id: number }) => {
        opened.push(id);
        return id;
      },
      closeHandle: (handle: unknown) => void closed.push(Number(handle)),
    },
  };
}

const NOTHING = { clients: 0, calls: 0, handles: 0, waiting: 0 };

describe('a handle', () => {
  it('is made before the first operation, serves all of them, and ends with the client', async () => {
    const { offer, client, registry } = registryWithLog();
    const { opened, closed, hooks } = counting();
    const seen: unknown[] = [];
    const run = echoing((ctx, input) => {
      seen.push(ctx.handle);
      return input;
    });
    offer('plugin', [run, echoing(undefined, named('test.other'))], hooks);
    const idle = client('idle');
    const caller = client('caller');
    await Promise.all([caller.call(echo, {}), caller.call(echo, {})]);
    await caller.call('test.other', {});
    expect([opened, seen, closed]).toEqual([[2], [2, 2], []]);
    await Promise.all([caller.close(), caller.close(), idle.close()]);
    expect([opened, closed]).toEqual([[2], [2]]);
    await expect(caller.call(echo, {})).rejects.toMatchObject({ code: 'CLOSED' });
    expect(registry.counts).toMatchObject(NOTHING);
  });

  it.each([
    ['parallel', 10_000],
    ...CONCURRENCY.filter((model) => model !== 'parallel').map((model) => [model, 1000] as const),
  ] as const)(
    '%s: %i clients leave no handle and empty tables',
    async (concurrency, clients) => {
      const { offer, client, registry } = registryWithLog();
      const { opened, closed, hooks } = counting();
      offer('plugin', [echoing(), echoing(undefined, named('test.other'))], { ...hooks, concurrency });
      const one = async (i: number) => {
        const caller = client(`c${i}`);
        const stop = new AbortController();
        const calls = [
          caller.call(echo, {}),
          caller.call(echo, {}, { signal: stop.signal }),
          caller.call('test.other', {}),
        ];
        // Some wait for all, some give up, some vanish with their calls under way.
        if (i % 3 === 0) stop.abort();
        if (i % 3 !== 1) await Promise.allSettled(calls);
        await Promise.all([caller.close(), Promise.allSettled(calls)]);
      };
      for (let i = 0; i < clients; i += 500) await Promise.all(Array.from({ length: 500 }, (_, j) => one(i + j)));
      expect(opened.length).toBeGreaterThan(clients / 2);
      expect(closed.toSorted((a, b) => a - b)).toEqual(opened.toSorted((a, b) => a - b));
      expect(new Set(closed).size).toBe(closed.length);
      expect(registry.counts).toMatchObject(NOTHING);
    },
    120_000,
  );

  it('a client that vanishes while its operation runs: the handle ends after the operation', async () => {
    const { offer, client } = registryWithLog();
    const steps: string[] = [];
    const gate = deferred<{ text: string }>();
    const run = echoing(async (ctx) => {
      ctx.signal.addEventListener('abort', () => steps.push('told to stop'));
      const result = await gate.promise;
      steps.push('stopped');
      return result;
    });
    offer('plugin', [run], { closeHandle: () => void steps.push('closed') });
    const caller = client();
    const result = expect(caller.call(echo, {})).rejects.toMatchObject({ code: 'CLOSED' });
    await settle();
    const closing = caller.close();
    await result;
    await settle();
    expect(steps).toEqual(['told to stop']);
    gate.resolve({ text: '' });
    await closing;
    expect(steps).toEqual(['told to stop', 'stopped', 'closed']);
  });

  it('open that throws: the call fails with it, nothing is closed, the next call tries again', async () => {
    const { offer, client } = registryWithLog();
    const { closed, hooks } = counting();
    let tries = 0;
    const open = () => {
      tries++;
      if (tries === 1) throw fault('ENOTCONN', 'VPP is away');
      return 7;
    };
    offer('plugin', [echoing()], { ...hooks, open });
    const caller = client();
    await expect(caller.call(echo, {})).rejects.toMatchObject({ code: 'ENOTCONN', message: 'VPP is away' });
    expect(await caller.call(echo, { text: 'b' })).toEqual({ text: 'b' });
    await caller.close();
    expect([tries, closed]).toEqual([2, [7]]);
  });

  it('open that throws for a client that then leaves: closeHandle is not called', async () => {
    const { offer, client, registry } = registryWithLog();
    const closeHandle = vi.fn();
    offer('plugin', [echoing()], { open: () => Promise.reject(new Error('no')), closeHandle });
    const caller = client();
    await expect(caller.call(echo, {})).rejects.toMatchObject({ code: 'FAILED' });
    await caller.close();
    expect(closeHandle).not.toHaveBeenCalled();
    expect(registry.counts).toMatchObject(NOTHING);
  });

  it('open that never returns: TIMEOUT for the call; the client’s end does not wait for ever, and the log says so', async () => {
    vi.useFakeTimers();
    const { offer, client, registry, text } = registryWithLog();
    const { closed, hooks } = counting();
    const gate = deferred<number>();
    offer('plugin', [echoing()], { ...hooks, open: () => gate.promise });
    const caller = client('ann');
    const late = expect(caller.call(echo, {}, { timeoutMs: 50 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    await vi.advanceTimersByTimeAsync(50);
    await late;
    const closing = caller.close();
    await vi.advanceTimersByTimeAsync(2 * GRACE_MS);
    await closing;
    expect(text()).toContain(
      'plugin error: its open, which test.echo waits for, has not stopped 5 s after it was aborted',
    );
    expect(registry.counts).toMatchObject(NOTHING);
    // It comes after all: then it is closed, once.
    gate.resolve(7);
    await settle();
    expect(closed).toEqual([7]);
  });

  it('closeHandle that throws, or never returns: is named in the log, and the client ends all the same', async () => {
    vi.useFakeTimers();
    const { offer, client, registry, text } = registryWithLog();
    offer('thrower', [echoing()], {
      closeHandle: () => {
        throw new Error('stuck drawer');
      },
    });
    offer('hung', [echoing(undefined, named('test.other'))], { closeHandle: () => new Promise(() => {}) });
    const caller = client('ann');
    await caller.call(echo, {});
    await caller.call('test.other', {});
    const closing = caller.close();
    await vi.advanceTimersByTimeAsync(GRACE_MS);
    await closing;
    expect(text()).toContain('thrower error: its closeHandle failed for client 1 (ann): stuck drawer');
    expect(text()).toContain('hung error: the handle of client 1 (ann) is not closed after 5 s');
    expect(registry.counts).toMatchObject(NOTHING);
  });

  it('a client: knows when it is closed, and its plugins do', async () => {
    const { offer, client } = registryWithLog();
    let signal: AbortSignal | undefined;
    offer('plugin', [echoing()], {
      open: (info) => {
        signal = info.signal;
        expect(info).not.toHaveProperty('close');
      },
    });
    const caller = client();
    await caller.call(echo, {});
    expect([caller.signal.aborted, signal?.aborted]).toEqual([false, false]);
    await caller.close();
    expect([caller.signal.aborted, signal?.aborted]).toEqual([true, true]);
  });
});
