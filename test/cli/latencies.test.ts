import { describe, expect, it } from 'vitest';
import { Latencies } from '../../src/cli/latencies.js';

describe('latencies', () => {
  it('none: counts only', () => {
    expect(new Latencies().summary()).toEqual({ sent: 0, answered: 0, lost: 0 });
  });

  it('a hundred: nearest rank', () => {
    const latencies = new Latencies();
    for (let ms = 100; ms >= 1; ms -= 1) latencies.answered(ms);
    latencies.lost();
    expect(latencies.summary()).toEqual({ sent: 101, answered: 100, lost: 1, min: 1, median: 50, p99: 99, max: 100 });
  });

  it('one: all the same', () => {
    const latencies = new Latencies();
    latencies.answered(0.5);
    expect(latencies.summary()).toMatchObject({ min: 0.5, median: 0.5, p99: 0.5, max: 0.5 });
  });
});
