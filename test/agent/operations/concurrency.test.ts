/**
 * The concurrency models: which calls of a plugin overlap, in what order they come, and what happens to those that
 * wait.
 */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { CONCURRENCY, type Concurrency } from '../../../src/agent/operations/concurrency.js';
import { implement } from '../../../src/agent/operations/implement.js';
import { MAX_WAITING } from '../../../src/agent/operations/mutex.js';
import { GRACE_MS } from '../../../src/agent/operations/provider.js';
import { LoopWatch } from '../../../src/agent/process/loop-watch.js';
import { echo, echoing, named, registryWithLog, settle, watched } from './support.js';

afterEach(() => {
  vi.useRealTimers();
});

/** A plugin of this model whose operation is watched, with two clients. */
function scene(concurrency: Concurrency) {
  const made = registryWithLog();
  const calls = watched();
  const ends: string[] = [];
  made.offer('plugin', [echoing(calls.run)], {
    concurrency,
    open: ({ name }) => `${name}'s`,
    closeHandle: (handle) => void ends.push(String(handle)),
  });
  const [a, b] = [made.client('a'), made.client('b')];
  const results: string[] = [];
  const call = (client: typeof a, text: string, signal?: AbortSignal) => {
    const done = client.call(echo, { text }, { signal }).then(
      () => results.push(`${text} done`),
      (error) => results.push(`${text} ${error.code}`),
    );
    return settle().then(() => done);
  };
  return { ...made, ...calls, ends, a, b, call, results };
}

describe('concurrency', () => {
  it.each<[Concurrency, string[], string[]]>([
    ['parallel', ['a1', 'a2', 'b1', 'b2'], ['a1+a2', 'a1+b1', 'a2+b1', 'a1+b2', 'a2+b2', 'b1+b2']],
    ['serialize-requests', ['a1', 'b1'], ['a1+b1', 'b1+a2', 'a2+b2']],
    ['serialize-all-requests', ['a1'], []],
    ['serialize-connections', ['a1'], []],
  ])('%s: which calls of two clients overlap', async (model, atOnce, overlaps) => {
    const { a, b, call, running, finish, overlaps: seen, results, registry } = scene(model);
    for (const [client, text] of [
      [a, 'a1'],
      [a, 'a2'],
      [b, 'b1'],
      [b, 'b2'],
    ] as const)
      void call(client, text);
    await settle();
    expect(running()).toEqual(atOnce);
    for (let i = 0; i < 4; i++) {
      await finish(running()[0]);
      // The next client's turn comes when the one before it has left.
      if (model === 'serialize-connections' && results.length === 2) void a.close();
      await settle();
    }
    expect(seen).toEqual(overlaps);
    expect(results).toHaveLength(4);
    await Promise.all([a.close(), b.close()]);
    expect(registry.counts).toEqual({ operations: 1, clients: 0, calls: 0, handles: 0, waiting: 0 });
  });

  it('serialize-connections: the next client comes in when the handle of the one before is closed, not before', async () => {
    const { registry, log } = registryWithLog();
    const steps: string[] = [];
    let closed = () => {};
    registry.register({
      plugin: 'plugin',
      concurrency: 'serialize-connections',
      implementations: [echoing()],
      hooks: {
        open: ({ name }) => void steps.push(`open ${name}`),
        closeHandle: (_, { name }) => {
          steps.push(`closing ${name}`);
          return new Promise<void>((resolve) => {
            closed = resolve;
          });
        },
      },
      log,
      loop: new LoopWatch(() => {}),
    });
    const operations = registry.viewOf('test');
    const a = operations.open({ name: 'a', access: 'read' });
    const b = operations.open({ name: 'b', access: 'read' });
    await a.call(echo, {});
    const second = b.call(echo, { text: 'b' });
    await settle();
    const leaving = a.close();
    await settle();
    expect(steps).toEqual(['open a', 'closing a']);
    closed();
    await leaving;
    expect(await second).toEqual({ text: 'b' });
    expect(steps).toEqual(['open a', 'closing a', 'open b']);
  });

  it('serialize-connections: a client whose open fails has no handle, and keeps nobody waiting', async () => {
    const { offer, client } = registryWithLog();
    const open = ({ name }: { name: string }) => {
      if (name === 'a') throw new Error('no line');
      return name;
    };
    offer('plugin', [echoing()], { concurrency: 'serialize-connections', open });
    const [a, b] = [client('a'), client('b')];
    await expect(a.call(echo, {})).rejects.toMatchObject({ code: 'FAILED' });
    expect(await b.call(echo, { text: 'b' }, { timeoutMs: 1000 })).toEqual({ text: 'b' });
    await b.close();
    await expect(a.call(echo, {})).rejects.toMatchObject({ code: 'FAILED' });
  });

  it('serialize-connections: a client that leaves at any moment of its turn’s coming does not keep it', async () => {
    for (let moments = 0; moments < 60; moments++) {
      const { offer, client, registry } = registryWithLog();
      offer('plugin', [echoing()], { concurrency: 'serialize-connections' });
      const [a, b, c] = [client('a'), client('b'), client('c')];
      await a.call(echo, {});
      const waiting = Promise.allSettled([b.call(echo, {}), c.call(echo, { text: 'c' })]);
      await settle();
      const leaving = [a.close()];
      for (let i = 0; i < moments; i++) await Promise.resolve();
      leaving.push(b.close());
      expect((await waiting)[1]).toEqual({ status: 'fulfilled', value: { text: 'c' } });
      await Promise.all([...leaving, c.close()]);
      expect(registry.counts).toMatchObject({ clients: 0, handles: 0, waiting: 0 });
    }
  });

  it('serialize-all-requests: a handle is not closed while an operation of another client runs', async () => {
    const { a, b, call, finish, ends } = scene('serialize-all-requests');
    void call(a, 'a1');
    await settle();
    await finish('a1');
    void call(b, 'b1');
    await settle();
    const leaving = a.close();
    await settle();
    expect(ends).toEqual([]);
    await finish('b1');
    await leaving;
    expect(ends).toEqual(["a's"]);
  });

  it('clients take turns: one with many calls waiting delays another by a single one', async () => {
    const { a, b, call, order, running, finish } = scene('serialize-all-requests');
    for (let i = 1; i <= 4; i++) void call(a, `a${i}`);
    for (let i = 1; i <= 2; i++) void call(b, `b${i}`);
    await settle();
    while (running().length > 0) await finish(running()[0]);
    expect(order).toEqual(['a1', 'a2', 'b1', 'a3', 'b2', 'a4']);
  });

  it('a call that is cancelled while it waits: leaves the line at once, and is never begun', async () => {
    const { a, call, order, finish, results, registry } = scene('serialize-all-requests');
    const stop = new AbortController();
    void call(a, '1');
    void call(a, '2', stop.signal);
    void call(a, '3');
    await settle();
    expect(registry.counts.waiting).toBe(2);
    stop.abort();
    await settle();
    expect(results).toEqual(['2 CANCELLED']);
    expect(registry.counts.waiting).toBe(1);
    await finish('1');
    await finish('3');
    expect(order).toEqual(['1', '3']);
    expect(results).toEqual(['2 CANCELLED', '1 done', '3 done']);
  });

  it('a call that is cancelled just as its turn comes: passes it on', async () => {
    const { a, call, order, finish, results } = scene('serialize-all-requests');
    const stop = new AbortController();
    void call(a, '1');
    void call(a, '2', stop.signal);
    void call(a, '3');
    await settle();
    const first = finish('1');
    stop.abort();
    await first;
    await settle();
    await finish('3');
    expect(order.filter((text) => text !== '2')).toEqual(['1', '3']);
    expect(results).toContain('3 done');
  });

  it('a call that fails: lets the next one run', async () => {
    const { offer, client } = registryWithLog();
    let runs = 0;
    offer(
      'plugin',
      [
        echoing((_, input) => {
          runs++;
          if (runs === 1) throw new Error('broken');
          return input;
        }),
      ],
      { concurrency: 'serialize-all-requests' },
    );
    const caller = client();
    const results = await Promise.allSettled([caller.call(echo, {}), caller.call(echo, { text: 'b' })]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });

  it('too many of one client wait: BUSY, and the others are let in', async () => {
    const { a, b, call, results, finish, registry } = scene('serialize-all-requests');
    for (let i = 0; i <= MAX_WAITING; i++) void call(a, `a${i}`);
    await settle();
    expect(registry.counts.waiting).toBe(MAX_WAITING);
    void call(a, 'one more');
    void call(b, 'b1');
    await settle();
    expect(results).toEqual(['one more BUSY']);
    const closing = a.close();
    await finish('a0');
    await finish('b1');
    await closing;
    await b.close();
    expect(registry.counts).toMatchObject({ calls: 0, waiting: 0, handles: 0 });
  });

  it('an implementation that does not stop: keeps its turn for a while, then others begin next to it and the log says so', async () => {
    vi.useFakeTimers();
    const { a, running, text, registry } = scene('serialize-all-requests');
    const hung = expect(a.call(echo, { text: 'hung' }, { timeoutMs: 100 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    const next = a.call(echo, { text: 'next' });
    const refused = expect(next).rejects.toMatchObject({ code: 'CLOSED' });
    await vi.advanceTimersByTimeAsync(100);
    await hung;
    await vi.advanceTimersByTimeAsync(GRACE_MS - 1);
    expect(running()).toEqual(['hung']);
    await vi.advanceTimersByTimeAsync(1);
    expect(running()).toEqual(['hung', 'next']);
    expect(text()).toContain(
      'plugin error: test.echo has not stopped 5 s after it was aborted; others begin next to it',
    );
    const closing = a.close();
    await vi.advanceTimersByTimeAsync(3 * GRACE_MS);
    await Promise.all([refused, closing]);
    expect(registry.counts).toMatchObject({ calls: 0, waiting: 0, handles: 0 });
  });

  it.each(CONCURRENCY.filter((model) => model !== 'parallel'))(
    '%s: an operation that calls its own plugin gets an error, and does not wait for itself',
    async (concurrency) => {
      const { offer, client, registry } = registryWithLog();
      const inner = named('test.inner');
      offer('plugin', [echoing((ctx) => ctx.call(inner, {})), implement(inner, (_, input) => input)], { concurrency });
      await expect(client().call(echo, {})).rejects.toMatchObject({
        code: 'CIRCULAR_CALL',
        message: 'test.inner would wait for ever: it waits for its turn after test.echo, which waits for it',
      });
      expect(registry.counts).toMatchObject({ calls: 0, waiting: 0 });
    },
  );

  it('two plugins that wait for each other: the one that closes the circle gets an error, the other goes on', async () => {
    const { offer, client } = registryWithLog();
    const names = ['left.outer', 'left.inner', 'right.outer', 'right.inner'] as const;
    const [leftOuter, leftInner, rightOuter, rightInner] = names.map((name) => named(name));
    const both = watched();
    const concurrency = 'serialize-all-requests';
    const meet = async () => {
      await both.run(undefined as never, { text: String(both.order.length) });
    };
    const outer = (of: typeof echo, next: typeof echo) =>
      implement(of, async (ctx, input) => {
        await meet();
        return ctx.call(next, input);
      });
    offer('left', [outer(leftOuter, rightInner), echoing(undefined, leftInner)], { concurrency });
    offer('right', [outer(rightOuter, leftInner), echoing(undefined, rightInner)], { concurrency });
    const results = Promise.allSettled([client().call(leftOuter, {}), client().call(rightOuter, {})]);
    await settle();
    await both.finish('0');
    await both.finish('1');
    const [left, right] = await results;
    expect(left.status).toBe('fulfilled');
    expect(right).toMatchObject({ status: 'rejected', reason: { code: 'CIRCULAR_CALL' } });
  });

  it('a client that closes while its calls wait: they get CLOSED, and the others’ turns come', async () => {
    const { a, b, call, finish, results, order } = scene('serialize-all-requests');
    void call(b, 'b1');
    void call(a, 'a1');
    void call(b, 'b2');
    await settle();
    await a.close();
    expect(results).toEqual(['a1 CLOSED']);
    await finish('b1');
    await finish('b2');
    expect(order).toEqual(['b1', 'b2']);
  });
});
