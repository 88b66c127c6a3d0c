import { expect, it } from 'vitest';
import { RateLimit } from '../../../src/mux/relay/rate-limit.js';

function limited(perSecond: number) {
  let now = 1000;
  const limit = new RateLimit(perSecond, () => now);
  const taken = (times: number) => Array.from({ length: times }, () => limit.take()).filter(Boolean).length;
  const pass = (ms: number) => {
    now += ms;
  };
  return { taken, pass };
}

it('a burst: as many as those of one second', () => {
  expect(limited(10).taken(100)).toBe(10);
});

it('a steady stream: as many as the limit', () => {
  const { taken, pass } = limited(10);
  taken(10);
  let sum = 0;
  for (let i = 0; i < 100; i++) {
    pass(50);
    sum += taken(3);
  }
  expect(sum).toBe(50);
});

it('a long rest: no more than those of one second', () => {
  const { taken, pass } = limited(10);
  taken(10);
  pass(3_600_000);
  expect(taken(100)).toBe(10);
});
