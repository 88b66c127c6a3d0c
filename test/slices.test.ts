import { expect, it } from 'vitest';
import { inOneGo, Slices, type Steps } from '../src/slices.js';

it('a loop in slices: others have their turn', async () => {
  const slices = new Slices();
  let turns = 0;
  setImmediate(() => turns++);
  while (turns === 0) if (slices.isOver) await slices.next();
  expect(turns).toBe(1);
});

it('steps: give their result, in slices and in one go', async () => {
  function* steps(): Steps<number> {
    for (let i = 0; i < 1000; i++) yield;
    return 7;
  }
  expect(await new Slices().take(steps())).toBe(7);
  expect(inOneGo(steps())).toBe(7);
});

it('steps that are aborted: reject with the reason', async () => {
  function* steps(): Steps<number> {
    for (;;) yield;
  }
  const controller = new AbortController();
  setImmediate(() => controller.abort(new Error('enough')));
  await expect(new Slices().take(steps(), controller.signal)).rejects.toThrow('enough');
});
