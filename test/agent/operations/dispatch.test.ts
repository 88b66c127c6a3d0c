/** The nine steps, as a caller sees them. */

import { setMaxListeners } from 'node:events';
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { z } from 'zod';
import { Fault, fault, isFault, notSupported } from '../../../src/agent/operations/fault.js';
import { implement } from '../../../src/agent/operations/implement.js';
import { operation } from '../../../src/agent/operations/operation.js';
import { deferred } from '../support.js';
import { echo, echoing, named, registryWithLog, settle } from './support.js';

afterEach(() => {
  vi.useRealTimers();
});

const throwing = (error: unknown) =>
  echoing(() => {
    throw error;
  });

describe('a call', () => {
  it('by definition: is typed, by name is not; both are checked and served', async () => {
    const { offer, client } = registryWithLog();
    offer('echo', [echoing()]);
    const caller = client();
    const result = await caller.call(echo, { text: 'hello' });
    expectTypeOf(result).toEqualTypeOf<{ text: string }>();
    expectTypeOf(await caller.call('test.echo', {})).toEqualTypeOf<unknown>();
    expect(result).toEqual({ text: 'hello' });
    expect(await caller.call('test.echo', {})).toEqual({ text: '' });
  });

  it('its context: client, signal, log and the plugin’s handle', async () => {
    const { offer, operations, lines } = registryWithLog();
    let seen: unknown;
    const run = implement(echo, (ctx, input) => {
      const { id, name, access, via } = ctx.client;
      seen = { id, name, access, via, handle: ctx.handle, aborted: ctx.signal.aborted };
      ctx.log.info('working');
      return input;
    });
    offer('echo', [run], { open: ({ name }) => `handle of ${name}` });
    await operations.open({ name: 'cli', access: 'read', via: 'cli' }).call(echo, {});
    expect(seen).toEqual({ id: 1, name: 'cli', access: 'read', via: 'cli', handle: 'handle of cli', aborted: false });
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: 'working', plugin: 'echo', operation: 'test.echo', call: 1 }),
    );
  });

  it('an unknown operation: the nearest name is given', async () => {
    const { offer, client } = registryWithLog();
    offer('echo', [echoing()]);
    await expect(client().call('test.eco', {})).rejects.toMatchObject({
      code: 'UNKNOWN_OPERATION',
      message: 'there is no operation test.eco; did you mean "test.echo"?',
      operation: 'test.eco',
    });
  });

  it('a write on a client that may only read: refused, whatever definition the caller brings', async () => {
    const { offer, client } = registryWithLog();
    const run = vi.fn((_: unknown, input: { text: string }) => input);
    offer('writer', [echoing(run, named('test.write', 'write'))]);
    const reader = client('reader', 'read');
    for (const op of ['test.write', named('test.write', 'read')] as const) {
      await expect(reader.call(op as string, {})).rejects.toMatchObject({ code: 'READ_ONLY', status: 403 });
    }
    expect(run).not.toHaveBeenCalled();
    await client().call('test.write', {});
    expect(run).toHaveBeenCalledTimes(1);
  });

  it.each([
    [{ text: 5 }, 'text', 'operation test.deep: text: Invalid input: expected string, received number'],
    [{ txt: 'a' }, undefined, 'operation test.deep: Unrecognized key: "txt"; did you mean "text"?'],
    [{ list: [{ n: 1 }, { n: 'x' }] }, 'list[1].n', 'list[1].n: Invalid input: expected number, received string'],
    [{ list: [{}] }, 'list[0].n', 'list[0].n: is missing (expected number)'],
    [{ way: {} }, 'way.to', 'way.to: is missing (must be one of up, down)'],
    [{ way: { to: 'left' } }, 'way.to', 'way.to: must be one of up, down'],
    [undefined, undefined, 'operation test.deep: the whole is missing (expected object)'],
  ])('an input that does not fit (%j): INVALID_INPUT with its path', async (input, path, message) => {
    const { offer, client } = registryWithLog();
    const deep = operation({
      name: 'test.deep',
      access: 'read',
      summary: 'Deep',
      input: z.object({
        text: z.string().optional(),
        list: z.array(z.object({ n: z.number() })).optional(),
        way: z.object({ to: z.enum(['up', 'down']) }).optional(),
      }),
      output: z.void(),
    });
    offer('deep', [implement(deep, () => undefined)]);
    const error: unknown = await client()
      .call('test.deep', input)
      .catch((thrown: unknown) => thrown);
    expect(isFault(error) && [error.code, error.path, error.status]).toEqual(['INVALID_INPUT', path, 400]);
    expect(String(error)).toContain(message);
  });

  it('a result that breaks the operation’s output: FAILED for the caller, the plugin is named in the log', async () => {
    const { offer, client, text } = registryWithLog();
    offer('liar', [echoing(() => JSON.parse('{"text": 5}'))]);
    const message = "operation test.echo failed; the agent's log says why (call 1)";
    await expect(client().call(echo, {})).rejects.toMatchObject({ code: 'FAILED', message });
    expect(text()).toContain(
      "liar error: operation test.echo failed: its result does not fit the operation's output: text: Invalid input",
    );
  });

  it('keys that the output does not have: do not reach the caller', async () => {
    const { offer, client } = registryWithLog();
    const result = { text: 'a', password: 'x' };
    offer('leaky', [echoing(() => result)]);
    expect(await client().call(echo, {})).toEqual({ text: 'a' });
  });
});

describe('what an operation throws', () => {
  it('a fault: reaches the caller with its code, text and path, not its cause', async () => {
    const { offer, client, lines } = registryWithLog();
    offer('strict', [throwing(fault('ENOENT', 'no loop7', { path: 'text', cause: new Error('inside') }))]);
    const error: unknown = await client()
      .call(echo, {})
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Fault);
    expect(error).toMatchObject({ code: 'ENOENT', message: 'no loop7', path: 'text', operation: 'test.echo', call: 1 });
    expect(error).not.toHaveProperty('cause');
    expect(lines).toEqual([]);
  });

  it.each([
    ['an error of other code with a code', Object.assign(new Error("EACCES: open '/etc/shadow'"), { code: 'EACCES' })],
    ['a bug', new TypeError('x is not a function')],
    ['a text', 'text'],
    ['nothing', undefined],
    ['a fault of a code that nobody knows', Object.assign(fault('EIO', 'x'), { code: 'EVIL' })],
  ])('%s: FAILED with a text that leaks nothing; the log has it once', async (_, thrown) => {
    const { offer, client, lines } = registryWithLog();
    offer('fs', [throwing(thrown)]);
    const message = "operation test.echo failed; the agent's log says why (call 1)";
    await expect(client().call(echo, {})).rejects.toMatchObject({ code: 'FAILED', message });
    expect(lines).toEqual([expect.objectContaining({ level: 'error', plugin: 'fs', call: 1 })]);
  });

  it('an error that somebody can translate: becomes the fault he makes of it', async () => {
    const { offer, client, operations, registry } = registryWithLog();
    const refusal = Object.assign(new Error('VPP refused'), { retvalName: 'INVALID_SW_IF_INDEX' });
    offer('vpp', [throwing(refusal)]);
    const end = operations.translate(() => {
      throw new Error('broken translator');
    });
    const endOther = operations.translate((error) =>
      error === refusal ? fault('EPROTO', 'INVALID_SW_IF_INDEX (-2)') : undefined,
    );
    await expect(client().call(echo, {})).rejects.toMatchObject({
      code: 'EPROTO',
      message: 'INVALID_SW_IF_INDEX (-2)',
    });
    end();
    endOther();
    await expect(client().call(echo, {})).rejects.toMatchObject({ code: 'FAILED' });
    expect(registry.counts.calls).toBe(0);
  });

  it('a call that has ended: is told to who measures, with its code; a listener that throws is logged', async () => {
    const { offer, client, operations, text } = registryWithLog();
    const calls: unknown[] = [];
    operations.ended(() => {
      throw new Error('broken listener');
    });
    const end = operations.ended(({ ms: _, ...call }) => calls.push(call));
    offer('one', [echoing()]);
    await client().call(echo, {});
    await expect(client().call('test.nothing' as never, {})).rejects.toMatchObject({ code: 'UNKNOWN_OPERATION' });
    end();
    await client().call(echo, {});
    expect(calls).toEqual([
      { name: 'test.echo', via: 'program', dataplane: 'main', code: 'OK' },
      { name: 'test.nothing', via: 'program', dataplane: 'main', code: 'UNKNOWN_OPERATION' },
    ]);
    expect(text()).toContain('broken listener');
  });

  it('fault with an unknown code: is the plugin’s own mistake', () => {
    expect(() => fault('ENOENTT' as 'ENOENT', 'x')).toThrow(
      'fault("ENOENTT", …): no such code; did you mean "ENOENT"?',
    );
  });

  it('a fault of another copy of the package: is one', () => {
    expect(isFault({ [Symbol.for('vppmux/fault')]: true, code: 'EIO' })).toBe(true);
    expect(isFault(new Error('x'))).toBe(false);
  });
});

describe('several plugins with one operation', () => {
  it('the first serves, the next when it cannot; when none can the caller is told who was asked', async () => {
    const { offer, client, operations } = registryWithLog();
    const able = { first: false, second: true };
    const run = (name: 'first' | 'second') =>
      echoing(() => {
        if (!able[name]) throw notSupported();
        return { text: name };
      });
    offer('first', [run('first')]);
    offer('second', [run('second')]);
    expect(operations.catalogue.map(({ plugins }) => plugins)).toEqual([['first', 'second']]);
    expect(await client().call(echo, {})).toEqual({ text: 'second' });
    able.first = true;
    expect(await client().call(echo, {})).toEqual({ text: 'first' });
    able.first = able.second = false;
    await expect(client().call(echo, {})).rejects.toMatchObject({
      code: 'NOT_SUPPORTED',
      message: 'operation test.echo is not supported here (asked: first, second)',
    });
  });

  it('one that fails in another way: the next is not asked', async () => {
    const { offer, client } = registryWithLog();
    const next = vi.fn();
    offer('first', [throwing(fault('EBUSY', 'in use'))]);
    offer('second', [echoing(next)]);
    await expect(client().call(echo, {})).rejects.toMatchObject({ code: 'EBUSY' });
    expect(next).not.toHaveBeenCalled();
  });

  it('what a called operation does not support: is not taken for its caller’s word', async () => {
    const { offer, client, text } = registryWithLog();
    const inner = named('test.inner');
    offer('outer', [echoing((ctx) => ctx.call(inner, {}))]);
    offer('other', [echoing(() => ({ text: 'other' }))]);
    offer('inner', [
      implement(inner, () => {
        throw notSupported();
      }),
    ]);
    await expect(client().call(echo, {})).rejects.toMatchObject({ code: 'FAILED', operation: 'test.echo' });
    expect(text()).toContain('outer error: operation test.echo failed: operation test.inner is not supported here');
  });
});

describe('ctx.call', () => {
  it('runs as the same client: one that may only read stays so', async () => {
    const { offer, client, registry } = registryWithLog();
    const write = named('test.write', 'write');
    const seen: number[] = [];
    offer('reader', [
      echoing((ctx, input) => {
        seen.push(ctx.client.id);
        return ctx.call(write, input);
      }),
    ]);
    offer('writer', [
      implement(write, (ctx, input) => {
        seen.push(ctx.client.id);
        return input;
      }),
    ]);
    await expect(client('r', 'read').call(echo, {})).rejects.toMatchObject({
      code: 'READ_ONLY',
      operation: 'test.write',
    });
    expect(await client('w').call(echo, { text: 'x' })).toEqual({ text: 'x' });
    expect(seen).toEqual([1, 2, 2]);
    expect(registry.counts.calls).toBe(0);
  });

  it('without end: CIRCULAR_CALL, which names the way', async () => {
    const { offer, client } = registryWithLog();
    const inner = named('test.inner');
    offer('loop', [echoing((ctx) => ctx.call(inner, {})), implement(inner, (ctx) => ctx.call(echo, {}))]);
    await expect(client().call(echo, {})).rejects.toMatchObject({
      code: 'CIRCULAR_CALL',
      message: 'operations call each other without end: test.echo → test.inner → test.echo → test.inner → …',
    });
  });

  it('a fault of the called one: reaches the caller as it is, and is told once', async () => {
    const { offer, client, lines } = registryWithLog();
    const inner = named('test.inner');
    offer('outer', [echoing((ctx) => ctx.call(inner, {}))]);
    offer('inner', [
      implement(inner, () => {
        throw new Error('broken');
      }),
    ]);
    await expect(client().call(echo, {})).rejects.toMatchObject({ code: 'FAILED', operation: 'test.inner', call: 2 });
    expect(lines).toHaveLength(1);
  });

  it('a bad input to the called one: is the calling plugin’s failure', async () => {
    const { offer, client } = registryWithLog();
    offer('outer', [echoing((ctx) => ctx.call('test.inner', { text: 5 }) as Promise<{ text: string }>)]);
    offer('inner', [echoing(undefined, named('test.inner'))]);
    await expect(client().call(echo, {})).rejects.toMatchObject({ code: 'FAILED', operation: 'test.echo' });
  });

  it('after its operation has ended: CLOSED', async () => {
    const { offer, client } = registryWithLog();
    const inner = named('test.inner');
    let later: () => Promise<unknown> = async () => {};
    offer('outer', [
      echoing((ctx, input) => {
        later = () => ctx.call(inner, {});
        return input;
      }),
      echoing(undefined, inner),
    ]);
    await client().call(echo, {});
    await expect(later()).rejects.toMatchObject({ code: 'CLOSED' });
  });
});

describe('an input of which very much is wrong', () => {
  const list = operation({
    ...{ name: 'test.many', access: 'read', summary: 'Test' },
    input: z.object({ items: z.array(z.string()).default([]) }),
    output: z.object({}),
  });

  it('a list of 300,000 that do not fit: INVALID_INPUT with the first of them', async () => {
    const { offer, client } = registryWithLog();
    offer('lister', [implement(list, async () => ({}))]);
    const items = Array.from({ length: 300_000 }, () => 7);
    await expect(client().call('test.many', { items })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      path: 'items[0]',
      message: expect.stringMatching(
        /items\[0\]: Invalid input: expected string, received number; .*; and at least 997 more$/,
      ),
    });
  });

  it('a list that is checked as a whole, of which too much is wrong to be told: INVALID_INPUT', async () => {
    const input = z.object({ items: z.array(z.string()).refine(() => true) });
    const { offer, client } = registryWithLog();
    offer('lister', [implement(operation({ ...list, input, arguments: [] }), async () => ({}))]);
    const items = Array.from({ length: 300_000 }, () => 7);
    await expect(client().call('test.many', { items })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: 'operation test.many: the input has too many problems to list',
    });
  });

  it('a thousand unknown keys: the message stays short', async () => {
    const { offer, client } = registryWithLog();
    offer('lister', [implement(list, async () => ({}))]);
    const input = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`key${i}`, 1]));
    const error = await client()
      .call('test.many', input)
      .catch((thrown: Error) => thrown);
    expect((error as Error).message).toMatch(/"key0", "key1"/);
    expect((error as Error).message.length).toBeLessThan(700);
  });
});

describe('time, and giving up', () => {
  it('an implementation that never returns: TIMEOUT at the deadline, and its signal is aborted', async () => {
    vi.useFakeTimers();
    const { offer, client, registry } = registryWithLog();
    let signal: AbortSignal | undefined;
    offer('hung', [
      echoing((ctx) => {
        signal = ctx.signal;
        return new Promise(() => {});
      }),
    ]);
    const result = client().call(echo, {}, { timeoutMs: 500 });
    const refused = expect(result).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: 'operation test.echo has not ended within 500 ms: it runs in plugin hung, and was aborted',
    });
    await vi.advanceTimersByTimeAsync(500);
    await refused;
    expect(signal?.aborted).toBe(true);
    expect(registry.counts.calls).toBe(0);
  });

  it('an operation that told how far it is: TIMEOUT says so', async () => {
    vi.useFakeTimers();
    const { offer, client } = registryWithLog();
    offer('slow', [
      echoing((ctx) => {
        ctx.progress(100, 4000);
        ctx.progress(200, 4000);
        return new Promise(() => {});
      }),
    ]);
    const refused = expect(client().call(echo, {}, { timeoutMs: 500 })).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringMatching(/was aborted after 200 of 4000$/),
    });
    await vi.advanceTimersByTimeAsync(500);
    await refused;
  });

  it('without a word: a call has 60 s; with Infinity as long as it takes', async () => {
    vi.useFakeTimers();
    const { offer, client } = registryWithLog();
    const gate = deferred<{ text: string }>();
    offer('slow', [echoing(() => gate.promise)]);
    const caller = client();
    const bounded = expect(caller.call(echo, {})).rejects.toMatchObject({ code: 'TIMEOUT' });
    const endless = caller.call(echo, {}, { timeoutMs: Number.POSITIVE_INFINITY });
    await vi.advanceTimersByTimeAsync(60_000);
    await bounded;
    await vi.advanceTimersByTimeAsync(3_600_000);
    gate.resolve({ text: 'done' });
    expect(await endless).toEqual({ text: 'done' });
  });

  it.each([Number.NaN, 0, -1])(
    'a deadline of %d ms: is refused, rather than taken for none or for the shortest',
    async (timeoutMs) => {
      const { offer, client } = registryWithLog();
      offer('plugin', [echoing()]);
      await expect(client().call(echo, {}, { timeoutMs })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: 'operation test.echo: timeoutMs must be a number of milliseconds above 0, or Infinity',
      });
    },
  );

  it('a signal that is none: FAILED, and nothing of the call stays', async () => {
    const { offer, client, registry } = registryWithLog();
    offer('plugin', [echoing()]);
    const odd = { signal: 'stop' as unknown as AbortSignal };
    await expect(client().call(echo, {}, odd)).rejects.toMatchObject({ code: 'FAILED' });
    expect(registry.counts).toMatchObject({ calls: 0 });
  });

  it('the caller’s signal: CANCELLED at once, aborted before it is not even begun', async () => {
    const { offer, client } = registryWithLog();
    const run = vi.fn((): Promise<{ text: string }> => new Promise(() => {}));
    offer('hung', [echoing(run)]);
    const stop = new AbortController();
    const result = client().call(echo, {}, { signal: stop.signal });
    await settle();
    stop.abort();
    await expect(result).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect(client().call(echo, {}, { signal: stop.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('what was given up: stops what it had called, too', async () => {
    const { offer, client } = registryWithLog();
    const inner = named('test.inner');
    let signal: AbortSignal | undefined;
    offer('outer', [echoing((ctx) => ctx.call(inner, {}))]);
    offer('inner', [
      implement(inner, (ctx) => {
        signal = ctx.signal;
        return new Promise(() => {});
      }),
    ]);
    const stop = new AbortController();
    const result = client().call(echo, {}, { signal: stop.signal });
    await settle();
    expect(signal?.aborted).toBe(false);
    stop.abort();
    await expect(result).rejects.toMatchObject({ code: 'CANCELLED', operation: 'test.echo' });
    expect(signal?.aborted).toBe(true);
  });

  it('one signal on many calls: no warning of a leak, no listener left', async () => {
    const { offer, client } = registryWithLog();
    offer('echo', [echoing()]);
    const warned = vi.fn();
    process.on('warning', warned);
    const stop = new AbortController();
    setMaxListeners(0, stop.signal);
    const removed = vi.spyOn(stop.signal, 'removeEventListener');
    const caller = client();
    await Promise.all(Array.from({ length: 50 }, () => caller.call(echo, {}, { signal: stop.signal })));
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', warned);
    expect(removed).toHaveBeenCalledTimes(50);
    expect(warned).not.toHaveBeenCalled();
  });

  it('progress: reaches the caller while it runs, and no later', async () => {
    const { offer, client } = registryWithLog();
    let tell: (done: number) => void = () => {};
    offer('bulk', [
      echoing((ctx, input) => {
        tell = ctx.progress;
        ctx.progress(1, 3);
        ctx.progress(2);
        return input;
      }),
    ]);
    const onProgress = vi.fn();
    await client().call(echo, {}, { onProgress });
    tell(3);
    expect(onProgress.mock.calls).toEqual([[{ done: 1, total: 3 }], [{ done: 2 }]]);
  });

  it('a listener for progress that throws: is the caller’s own failure, which the operation does not feel', async () => {
    const { offer, client, text } = registryWithLog();
    offer('bulk', [
      echoing((ctx, input) => {
        ctx.progress(1);
        return input;
      }),
    ]);
    const onProgress = () => {
      throw new Error('oops');
    };
    expect(await client().call(echo, { text: 'a' }, { onProgress })).toEqual({ text: 'a' });
    expect(text()).toContain('onProgress');
  });
});

describe('the debug log', () => {
  it('in and out: with parameters, result and time; secrets are masked', async () => {
    const { offer, client, lines } = registryWithLog('debug');
    const login = operation({
      name: 'test.login',
      access: 'read',
      summary: 'Log in',
      input: z.object({ user: z.string(), pass: z.string().meta({ secret: true }) }),
      output: z.object({ key: z.string().meta({ secret: true }), days: z.number() }),
    });
    offer('login', [implement(login, () => ({ key: 'k3y', days: 3 }))]);
    await client().call(login, { user: 'ann', pass: 'hunter2' });
    expect(lines).toMatchObject([
      {
        msg: 'operation test.login: called by client 1 (tester, program)',
        plugin: 'login',
        input: { user: 'ann', pass: '(secret)' },
      },
      { msg: expect.stringMatching(/^operation test.login: done by login in /), output: { key: '(secret)', days: 3 } },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/hunter2|k3y/);
  });

  it('a failed call: its code, and how long it took', async () => {
    const { offer, client, lines } = registryWithLog('debug');
    offer('strict', [throwing(fault('EBUSY', 'in use'))]);
    await client()
      .call(echo, {})
      .catch(() => {});
    expect(lines.at(-1)?.msg).toMatch(/^operation test.echo: EBUSY after .*s: in use$/);
  });
});
