import { expect, it } from 'vitest';
import { Sequence } from '../src/sequence.js';

it('one at a time, in their order, whatever becomes of those before', async () => {
  const sequence = new Sequence();
  const seen: string[] = [];
  const run = (name: string, end: () => void) => async () => {
    seen.push(`${name} begins`);
    await Promise.resolve();
    seen.push(`${name} ends`);
    end();
  };
  const first = sequence.take(
    run('a', () => {
      throw new Error('failed');
    }),
  );
  const second = sequence.take(run('b', () => {}));
  await expect(first).rejects.toThrow('failed');
  await second;
  await sequence.idle();
  expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends']);
});

it('given up before its turn: rejects immediately, and is never run', async () => {
  const sequence = new Sequence();
  const seen: string[] = [];
  let end = () => {};
  const first = sequence.take(() => new Promise<void>((resolve) => (end = resolve)));
  const waiting = new AbortController();
  const second = sequence.take(async () => void seen.push('second'), waiting.signal);
  const third = sequence.take(async () => void seen.push('third'), new AbortController().signal);
  waiting.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  await expect(sequence.take(async () => {}, waiting.signal)).rejects.toThrow('enough');
  end();
  await Promise.all([first, third]);
  expect(seen).toEqual(['third']);
});

it('given up in its turn: settles as what is run does', async () => {
  const sequence = new Sequence();
  const running = new AbortController();
  let end = () => {};
  const first = sequence.take(
    () => new Promise<string>((resolve) => (end = () => resolve('cleared up'))),
    running.signal,
  );
  await Promise.resolve().then(() => running.abort(new Error('enough')));
  end();
  expect(await first).toBe('cleared up');
});
