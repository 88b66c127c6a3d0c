/** The steps of a call keep their order, and one call leaves nothing to the next. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Fault, fault, notSupported } from '../../../src/agent/operations/fault.js';
import { implement } from '../../../src/agent/operations/implement.js';
import { echo, echoing, named, registryWithLog, settle } from './support.js';

afterEach(() => {
  vi.useRealTimers();
});

const write = named('test.write', 'write');
const BAD = { text: 5 };
const failureOf = (call: Promise<unknown>) => call.then(() => undefined).catch((fault: Fault) => fault);

describe('what is wrong in several ways', () => {
  it('is refused for the first of them: client, access, input, implementation, the call itself', async () => {
    const { offer, operations, registry } = registryWithLog();
    const asked: string[] = [];
    offer('one', [
      implement(write, (_, input) => {
        asked.push(input.text);
        throw notSupported();
      }),
    ]);
    const reader = operations.open({ name: 'reader', access: 'read' });
    const writer = operations.open({ name: 'writer', access: 'write' });
    const codes = async (client: typeof reader, input: unknown) =>
      (await failureOf(client.call('test.write', input)))?.code;
    expect(await codes(reader, BAD)).toBe('READ_ONLY');
    expect(await codes(writer, BAD)).toBe('INVALID_INPUT');
    expect(asked).toEqual([]);
    expect(await codes(writer, { text: 'a' })).toBe('NOT_SUPPORTED');
    expect(asked).toEqual(['a']);
    await reader.close();
    expect(await codes(reader, BAD)).toBe('CLOSED');
    const retired = registry.retire('one', 0);
    expect(await codes(writer, BAD)).toMatch(/^(INVALID_INPUT|UNKNOWN_OPERATION)$/);
    await retired;
    expect(await codes(writer, BAD)).toBe('UNKNOWN_OPERATION');
    registry.stop();
    expect(await codes(writer, BAD)).toBe('CLOSED');
  });

  it('is in the debug log in any case: in with the parameters, out with code and time, under one number', async () => {
    const { offer, client, lines } = registryWithLog('debug');
    offer('writer', [echoing(undefined, write)]);
    await failureOf(client('reader', 'read').call('test.write', { text: 'a' }));
    await failureOf(client().call('test.write', BAD as never));
    await failureOf(client().call('test.nothing', {}));
    await client().call('test.write', { text: 'b' });
    const time = String.raw`(\d+ ms|[\d.]+ s)`;
    const said = (call: number, text: string, more: object = {}) =>
      expect.objectContaining({ call, msg: expect.stringMatching(new RegExp(`^operation test\\.${text}`)), ...more });
    expect(lines).toEqual([
      said(1, 'write: called by client 1 \\(reader, program\\)$', { input: { text: 'a' } }),
      said(1, `write: READ_ONLY after ${time}: `),
      said(2, 'write: called by client 2', { input: BAD }),
      said(2, `write: INVALID_INPUT after ${time}: `),
      said(3, 'nothing: called by client 3'),
      said(3, `nothing: UNKNOWN_OPERATION after ${time}: `),
      said(4, 'write: called by client 4', { input: { text: 'b' } }),
      said(4, `write: done by writer in ${time}$`, { output: { text: 'b' } }),
    ]);
  });
});

describe('a fresh state', () => {
  it('after a fault, a bug, a deadline, a caller that gave up: the next call of the client has none of it', async () => {
    vi.useFakeTimers();
    const { offer, client } = registryWithLog();
    const ends: Record<string, () => Promise<never>> = {
      fault: () => Promise.reject(fault('ENOENT', 'no loop7', { path: 'text' })),
      bug: () => Promise.reject(new TypeError('x')),
      hang: () => new Promise(() => {}),
    };
    const signals: AbortSignal[] = [];
    offer('one', [
      echoing(async (ctx, input) => {
        signals.push(ctx.signal);
        ctx.progress(signals.length);
        return (await ends[input.text]?.()) ?? input;
      }),
    ]);
    const caller = client();
    const call = (text: string, options = {}) => failureOf(caller.call(echo, { text }, { timeoutMs: 500, ...options }));
    const numbers: unknown[] = [];
    const fine = async () => expect(await caller.call(echo, { text: 'fine' })).toEqual({ text: 'fine' });
    for (const [text, code, path] of [
      ['fault', 'ENOENT', 'text'],
      ['bug', 'FAILED', undefined],
      ['hang', 'TIMEOUT', undefined],
    ]) {
      const failing = call(String(text));
      await vi.advanceTimersByTimeAsync(500);
      const failure = await failing;
      expect([failure?.code, failure?.path]).toEqual([code, path]);
      numbers.push(failure?.call);
      await fine();
    }
    const giveUp = new AbortController();
    const given = call('hang', { signal: giveUp.signal });
    await settle();
    giveUp.abort();
    expect((await given)?.code).toBe('CANCELLED');
    await fine();
    expect(numbers).toEqual([1, 3, 5]);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false, false, false, true, false, true, false]);
  });

  it('two at once: each has its own signal, deadline and progress', async () => {
    vi.useFakeTimers();
    const { offer, client } = registryWithLog();
    offer('one', [
      echoing((ctx, { text }) => {
        ctx.progress(text.length);
        return new Promise((_, reject) => ctx.signal.addEventListener('abort', () => reject(new Error(text))));
      }),
    ]);
    const caller = client();
    const told: [string, number][] = [];
    const ask = (text: string, timeoutMs: number) =>
      failureOf(caller.call(echo, { text }, { timeoutMs, onProgress: ({ done }) => void told.push([text, done]) }));
    const [short, long] = [ask('a', 100), ask('bbb', 300)];
    await vi.advanceTimersByTimeAsync(100);
    expect((await short)?.message).toMatch(/within 100 ms.* after 1$/);
    const state = await Promise.race([long, Promise.resolve('still runs')]);
    expect(state).toBe('still runs');
    await vi.advanceTimersByTimeAsync(200);
    expect((await long)?.message).toMatch(/within 300 ms.* after 3$/);
    expect(told).toEqual([
      ['a', 1],
      ['bbb', 3],
    ]);
  });
});
