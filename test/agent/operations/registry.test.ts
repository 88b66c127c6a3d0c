/** The operations of an agent: registered with a plugin, removed with it. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { implement } from '../../../src/agent/operations/implement.js';
import { operation } from '../../../src/agent/operations/operation.js';
import { echo, echoing, named, registryWithLog, settle, watched } from './support.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('the catalogue', () => {
  it('lists operations by name, with who has them and what they take', async () => {
    const { offer, operations, registry } = registryWithLog();
    offer('one', [echoing(), echoing(undefined, named('alpha.first'))]);
    offer('none', []);
    offer('two', [echoing()]);
    const list = operations.catalogue;
    expect(list.map(({ operation: { name }, plugins }) => [name, plugins])).toEqual([
      ['alpha.first', ['one']],
      ['test.echo', ['one', 'two']],
    ]);
    expect(list[1].schemas.input).toMatchObject({ properties: { text: { type: 'string' } } });
    expect(operations.catalogue).toBe(list);
    await registry.retire('one', 100);
    expect(operations.catalogue.map(({ plugins }) => plugins)).toEqual([['two']]);
  });

  it('one name with two shapes: a conflict that names both plugins and says what differs', () => {
    const { offer, operations } = registryWithLog();
    offer('one', [echoing()]);
    const { name, access, summary, input } = echo;
    const other = operation({ name, access, summary, input, output: z.object({ text: z.string(), at: z.number() }) });
    const own = echoing(undefined, named('test.own'));
    expect(() => offer('two', [own, implement(other, () => ({ text: '', at: 1 }))])).toThrow(
      expect.objectContaining({
        code: 'OPERATION_CONFLICT',
        plugin: 'two',
        message:
          'plugins one and two define operation test.echo differently (output); let both import one definition,' +
          ' or give one of them another name',
      }),
    );
    expect(operations.catalogue).toHaveLength(1);
  });

  it('the same shape, written twice in other words and another order: is no conflict', () => {
    const { offer, operations } = registryWithLog();
    const define = (input: z.ZodObject, summary: string) =>
      operation({ name: 'test.same', access: 'read', summary, input, output: z.void() });
    const [a, b] = [z.string().describe('A text'), z.int()];
    offer('one', [implement(define(z.object({ a, b }), 'First'), () => {})]);
    offer('two', [implement(define(z.object({ b, a: z.string() }), 'Second'), () => {})]);
    expect(operations.catalogue[0].plugins).toEqual(['one', 'two']);
  });

  it.each([
    ['a list', 'x', 'plugin odd: its operations are no list'],
    [
      'made by implement',
      [{ operation: echo }],
      'plugin odd: its operations have at [0] something that is not made by',
    ],
    ['of an operation', [implement({ ...echo }, (_, input) => input), 5], 'have at [1] something'],
    ['once', [echoing(), echoing()], 'plugin odd: its operations have test.echo more than once'],
  ])('operations that are not %s: refused by name', (_, list, message) => {
    const { offer } = registryWithLog();
    expect(() => offer('odd', list as never)).toThrow(message);
  });
});

describe('the end of a plugin', () => {
  it('calls under way may end, with what they call; new ones are refused', async () => {
    const { offer, client, registry } = registryWithLog();
    const calls = watched();
    const inner = named('test.inner');
    const outer = echoing(async (ctx, input) => {
      await calls.run(ctx, input);
      return ctx.call(inner, input);
    });
    offer('plugin', [outer, echoing(undefined, inner)]);
    const caller = client();
    const under = caller.call(echo, { text: 'under way' });
    await settle();
    const gone = registry.retire('plugin', 10_000);
    await expect(caller.call(echo, {})).rejects.toMatchObject({ code: 'CLOSED' });
    await calls.finish('under way');
    expect(await under).toEqual({ text: 'under way' });
    await gone;
    await expect(caller.call(echo, {})).rejects.toMatchObject({ code: 'UNKNOWN_OPERATION' });
    expect(registry.counts).toMatchObject({ operations: 0, handles: 0 });
  });

  it('what does not end within half of the time: is cancelled, waiting or running; handles are closed within the rest', async () => {
    vi.useFakeTimers();
    const { offer, client, registry } = registryWithLog();
    const closed: unknown[] = [];
    const signals: AbortSignal[] = [];
    const run = echoing((ctx) => {
      signals.push(ctx.signal);
      return new Promise(() => {});
    });
    offer('hung', [run], {
      concurrency: 'serialize-requests',
      open: ({ id }) => id,
      closeHandle: (handle) => void closed.push(handle),
    });
    const [a, b] = [client(), client()];
    const results = Promise.allSettled([a.call(echo, {}), a.call(echo, {}), b.call(echo, {})]);
    await vi.advanceTimersByTimeAsync(0);
    const gone = registry.retire('hung', 1000);
    await vi.advanceTimersByTimeAsync(499);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(1);
    expect((await results).map((result) => result.status === 'rejected' && result.reason.code)).toEqual(
      Array(3).fill('CLOSED'),
    );
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
    await vi.advanceTimersByTimeAsync(500);
    await gone;
    expect(closed).toEqual([1, 2]);
    expect(registry.counts).toMatchObject({ handles: 0, calls: 0, waiting: 0 });
    expect(vi.getTimerCount()).toBe(0); // nothing keeps the process
  });

  it('what another plugin’s call needs of it too late: is refused, and makes no new handle', async () => {
    vi.useFakeTimers();
    const { offer, client, registry } = registryWithLog();
    const calls = watched();
    const inner = named('test.inner');
    const opened: string[] = [];
    const outer = echoing(async (ctx, input) => {
      await calls.run(ctx, input);
      return ctx.call(inner, input);
    });
    offer('outer', [outer]);
    offer('inner', [echoing(undefined, inner)], {
      open: ({ name }) => void opened.push(name),
      closeHandle: () => new Promise(() => {}),
    });
    const other = client('other');
    await other.call(inner, {});
    const result = client('late').call(echo, { text: 'x' });
    await settle();
    const refused = expect(result).rejects.toMatchObject({ code: 'CLOSED', operation: 'test.inner' });
    const gone = registry.retire('inner', 1000);
    await settle();
    await calls.finish('x');
    await refused;
    await vi.advanceTimersByTimeAsync(1000);
    await gone;
    expect(opened).toEqual(['other']);
  });

  it('the clients that it had opened: end with it, those of others do not', async () => {
    const { offer, registry } = registryWithLog();
    const closed: string[] = [];
    offer('plugin', [echoing()], { closeHandle: (_, { name }) => void closed.push(name) });
    const clients = ['gateway', 'other'].map((owner) =>
      registry.viewOf(owner).open({ name: `of ${owner}`, access: 'read' }),
    );
    for (const client of clients) await client.call(echo, {});
    await registry.dismiss('gateway', new Error('it has ended'), 1000);
    expect(closed).toEqual(['of gateway']);
    expect(clients.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  });
});

describe('the end of the agent', () => {
  it('new calls and clients are refused, calls under way may call others', async () => {
    const { offer, client, registry } = registryWithLog();
    const calls = watched();
    const inner = named('test.inner');
    const outer = echoing(async (ctx, input) => {
      await calls.run(ctx, input);
      return ctx.call(inner, input);
    });
    offer('outer', [outer]);
    offer('inner', [echoing(undefined, inner)]);
    const caller = client();
    const under = caller.call(echo, { text: 'under way' });
    await settle();
    registry.stop();
    await expect(caller.call(echo, {})).rejects.toMatchObject({ code: 'CLOSED' });
    expect(() => client()).toThrow('the agent is closing');
    await calls.finish('under way');
    expect(await under).toEqual({ text: 'under way' });
  });
});
