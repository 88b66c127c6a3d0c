import { expect, it } from 'vitest';
import { Slices } from '../src/slices.js';

it('a loop in slices: others have their turn', async () => {
  const slices = new Slices();
  let turns = 0;
  setImmediate(() => turns++);
  while (turns === 0) if (slices.isOver) await slices.next();
  expect(turns).toBe(1);
});
