import { describe, expect, it } from 'vitest';
import { durationOption, parseTimeout } from '../../src/cli/option-values.js';

describe('durations', () => {
  it.each([
    ['500ms', 500],
    ['5s', 5000],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['250us', 0.25],
    ['0', 0],
  ])('%s: %d ms', (text, ms) => {
    expect(durationOption(text)).toBe(ms);
  });

  it.each(['5', '', 's', '-5s', '5 parsecs', '1e3s'])("'%s': refused, saying how to write it", (text) => {
    expect(() => durationOption(text)).toThrow(/is not a duration: write it with its unit/);
  });

  it('more than a timer takes: refused, with the most there is', () => {
    expect(durationOption('596h')).toBeLessThanOrEqual(0x7fffffff);
    expect(() => durationOption('596.1h')).toThrow(/at most 596h/);
  });

  it('a timeout of nothing: refused', () => {
    expect(() => parseTimeout('0s')).toThrow(/longer than 0/);
  });
});
