import { describe, expect, it } from 'vitest';
import { byPrefix, routePathText } from '../../../src/cli/op/route-output.js';
import { readRouteLine } from '../../../src/vpp/route-line.js';

const rows = (...prefixes: unknown[]) => prefixes.map((prefix) => ({ prefix }));

describe('routes by prefix', () => {
  it('IPv4 first, by number and not by letter, the shorter one first', () => {
    const given = rows('fe80::/10', '::/0', '240.0.0.0/4', '10.2.0.0/16', '0.0.0.0/32', '9.0.0.0/8', '0.0.0.0/0');
    const sorted = rows('0.0.0.0/0', '0.0.0.0/32', '9.0.0.0/8', '10.2.0.0/16', '240.0.0.0/4', '::/0', 'fe80::/10');
    expect(byPrefix(given)).toEqual(sorted);
  });

  it.each([[undefined], ['10.0.0.0'], ['loop0/3'], ['1.2.3/8'], [7]])(
    'one whose prefix is %j: all stay as they came',
    (odd) => {
      const given = rows('10.0.0.0/8', odd, '9.0.0.0/8');
      expect(byPrefix(given)).toBe(given);
    },
  );
});

describe("path of an operation's route", () => {
  const usual = { weight: 1, preference: 0 };

  it.each([
    [{ type: 'via', nextHop: '192.0.2.2', interface: 'loop0', ...usual }, 'via 192.0.2.2 loop0'],
    [{ type: 'via', interface: 'loop0', weight: 2, preference: 3 }, 'via loop0 weight 2 preference 3'],
    [{ type: 'via', nextHop: '192.0.2.2', table: 0, ...usual }, 'via 192.0.2.2'],
    [{ type: 'via', nextHop: '192.0.2.2', table: 7, ...usual }, 'via 192.0.2.2 next-hop-table 7'],
    [{ type: 'drop', ...usual }, 'drop'],
  ])('%j: a line that route add takes', (path, text) => {
    expect(routePathText(path)).toBe(text);
    expect(readRouteLine(`10.0.0.0/8 ${text}`)).toMatchObject({ paths: [path] });
  });

  it('what a line has no words for: shown all the same', () => {
    expect(routePathText({ type: 'via', table: 0, ...usual })).toBe('via next-hop-table 0');
    expect(routePathText({ type: 'via', interface: 'loop0', labels: [16, 17], ...usual })).toBe(
      'via loop0 labels 16,17',
    );
  });

  it('any other object, or one that has more: no path', () => {
    expect(routePathText({ type: 'via' })).toBeUndefined();
    expect(routePathText({ type: 'via', ...usual, colour: 'red' })).toBeUndefined();
  });
});
