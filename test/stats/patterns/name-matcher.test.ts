import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameMatcher } from '../../../src/stats/patterns/name-matcher.js';

const NAMES = [
  '/sys/heartbeat',
  '/if/rx',
  '/if/rx-unicast',
  '/if/tx',
  '/interfaces/loop0/rx',
  '/err/ip4-input/ttl <= 1',
  'é/ü',
];
const found = (...patterns: string[]) => NAMES.filter((name) => new NameMatcher(patterns).matches(name));

describe('patterns', () => {
  it.each([
    ['^/if/', ['/if/rx', '/if/rx-unicast', '/if/tx']],
    ['rx$', ['/if/rx', '/interfaces/loop0/rx']],
    ['/(rx|tx)$', ['/if/rx', '/if/tx', '/interfaces/loop0/rx']],
    ['^/if/rx(-.*)?$', ['/if/rx', '/if/rx-unicast']],
    ['loop[0-9]+', ['/interfaces/loop0/rx']],
    ['loop[^0]', []],
    ['loop\\d/', ['/interfaces/loop0/rx']],
    ['\\W1$', ['/err/ip4-input/ttl <= 1']],
    ['^.*t.*t.*$', ['/sys/heartbeat', '/if/rx-unicast', '/err/ip4-input/ttl <= 1'].filter((each) => /t.*t/.test(each))],
    ['[]a]t', ['/sys/heartbeat']],
    ['<=', ['/err/ip4-input/ttl <= 1']],
    ['^é/.$', ['é/ü']],
    ['', NAMES],
  ])('%s: found in %j', (pattern, names) => expect(found(pattern)).toEqual(names));

  it('several: whatever one of them is in', () => expect(found('^/sys/', 'tx$')).toEqual(['/sys/heartbeat', '/if/tx']));

  it('none: all', () => expect(found()).toEqual(NAMES));

  it.each([
    ['(', 'a ( without its ), at character 2'],
    ['a)', 'a ) without its (, at character 2'],
    ['[a', 'a [ without its ], at character 3'],
    ['*', 'a * with nothing before it to repeat, at character 1'],
    ['a{2}', 'a count, {…}, which patterns do not have, at character 2'],
    ['(?=a)', 'a group that begins with (?, which patterns do not have, at character 2'],
    ['(a)\\1', '\\1, which patterns do not have, at character 5'],
    ['\\', 'a \\ with nothing after it, at character 2'],
  ])('%s: refused, with the place', (pattern, reason) => {
    expect(() => new NameMatcher(pattern)).toThrow(
      expect.objectContaining({ code: 'BAD_PATTERN', message: `pattern ${JSON.stringify(pattern)}: ${reason}` }),
    );
  });

  it('too long, too many, too long together, no string: refused', () => {
    for (const patterns of [
      'a'.repeat(501),
      new Array(201).fill('a'),
      new Array(21).fill('a'.repeat(500)),
      [7 as never],
    ])
      expect(() => new NameMatcher(patterns)).toThrow(expect.objectContaining({ code: 'BAD_PATTERN' }));
  });

  it('what holds up a machine that backtracks: a step for each character', () => {
    const matcher = new NameMatcher(['^(a+)+$', '^(a|a)*b$', '(.*)*(.*)*x']);
    expect(matcher.matches(`${'a'.repeat(100_000)}!`)).toBe(false);
  });

  const pattern = fc
    .array(fc.constantFrom('a', 'b', '.', 'a*', 'b+', 'a?', '(a|b)', '(ab)*', '[^a]', '^', '$', '(a|)', '\\w'), {
      maxLength: 6,
    })
    .map((parts) => parts.join(''));

  it('whatever it is: finds what a regular expression of JavaScript finds', () => {
    fc.assert(
      fc.property(
        pattern,
        fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '-'), maxLength: 8 })),
        (text, names) => {
          const [matcher, expression] = [new NameMatcher(text), new RegExp(text)];
          for (const name of names) expect(matcher.matches(name), `${text} in ${name}`).toBe(expression.test(name));
        },
      ),
      { numRuns: 500 },
    );
  });
});
