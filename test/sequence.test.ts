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
