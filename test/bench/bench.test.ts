import { describe, expect, it } from 'vitest';
import { changes } from './against.js';
import { isMissed } from './bars.js';
import { combine, type Figure, median, quantile, type Unit } from './figures.js';
import { parseOptions } from './options.js';
import { line } from './report.js';

const figure = (value: number, unit: Unit, ratio?: number, name = 'x'): Figure => ({
  name,
  unit,
  value,
  low: value,
  high: value,
  ratio,
});

describe('figures', () => {
  it('combine: the median run counts, and the median of the ratios, not the ratio of medians', () => {
    const runs = [
      [{ name: 'x', unit: '/s', value: 10, yardstick: 10 } as const],
      [{ name: 'x', unit: '/s', value: 30, yardstick: 100 } as const],
      [{ name: 'x', unit: '/s', value: 20, yardstick: 40 } as const],
    ];
    expect(combine(runs)).toEqual([{ name: 'x', unit: '/s', value: 20, low: 10, high: 30, yardstick: 40, ratio: 0.5 }]);
  });

  it('combine: without a yardstick there is no ratio', () => {
    expect(combine([[{ name: 'x', unit: 'ms', value: 5 }]])[0]).not.toHaveProperty('ratio');
  });

  it('quantile: the nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);
    expect([quantile(hundred, 0.99), quantile(hundred, 1), quantile([7], 0.99), median([3, 1, 2])]).toEqual([
      99, 100, 7, 2,
    ]);
  });
});

describe('changes', () => {
  const fell = (before: Figure, now: Figure) => changes([before], [now])[0].fell;

  it('a rate: falls when it is more than a tenth lower', () => {
    expect([fell(figure(100, '/s'), figure(91, '/s')), fell(figure(100, '/s'), figure(89, '/s'))]).toEqual([
      false,
      true,
    ]);
  });

  it('a time: falls when it is longer, not when it is shorter', () => {
    expect([fell(figure(100, 'ms'), figure(115, 'ms')), fell(figure(100, 'ms'), figure(50, 'ms'))]).toEqual([
      true,
      false,
    ]);
  });

  it('beside a yardstick: its ratio is judged, whatever the machine did', () => {
    const [change] = changes([figure(100, '/s', 0.6)], [figure(50, '/s', 0.6)]);
    expect(change).toMatchObject({ absolute: 0.5, beside: 1, fell: false });
    expect(fell(figure(100, '/s', 0.6), figure(200, '/s', 0.5))).toBe(true);
  });

  it('a figure that only one run has: is left out', () => {
    expect(changes([figure(1, 'ms', undefined, 'gone')], [figure(1, 'ms', undefined, 'new')])).toEqual([]);
  });
});

describe('bars', () => {
  it('a ratio below its bar: is missed, and the line says so', () => {
    const low = figure(1e6, '/s', 0.59, 'pings, window 1,024');
    expect([isMissed(low, true), isMissed({ ...low, ratio: 0.6 }, true)]).toEqual([true, false]);
    expect(line(low, true)).toContain('MISSED');
  });

  it('a rate that the mock bounds: is not judged', () => {
    const routes = figure(100_000, '/s', undefined, 'routes added, window 4,096');
    expect([isMissed(routes, true), isMissed(routes, false)]).toEqual([true, false]);
  });
});

describe('options', () => {
  it('--json: to standard output, or to the file behind it', () => {
    expect(parseOptions(['--json']).json).toBe('-');
    expect(parseOptions(['--json', 'a.json', '--runs', '5'])).toMatchObject({ json: 'a.json', runs: 5 });
    expect(parseOptions([]).json).toBeUndefined();
  });

  it('--quick: one run unless more are asked for', () => {
    expect([parseOptions(['--quick']).runs, parseOptions(['--quick', '--runs', '2']).runs]).toEqual([1, 2]);
  });

  it('a stray word, no number of runs, no such file: refused', () => {
    expect(() => parseOptions(['pings'])).toThrow('pings belongs to no option');
    expect(() => parseOptions(['--runs', '0'])).toThrow('--runs takes a number');
    expect(() => parseOptions(['--against', 'no-such.json'])).toThrow('no-such.json');
  });
});
