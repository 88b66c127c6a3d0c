import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { loggable } from '../../../src/agent/operations/loggable.js';

const secret = z.string().meta({ secret: true });
const S = 'hunter2';

describe('values in the log', () => {
  it.each<[string, z.ZodType, unknown, unknown]>([
    ['a key', z.object({ user: z.string(), pass: secret }), { user: 'a', pass: S }, { user: 'a', pass: '(secret)' }],
    ['an optional key', z.object({ pass: secret.optional() }), { pass: S }, { pass: '(secret)' }],
    ['one that is not there', z.object({ pass: secret.optional() }), {}, {}],
    ['one with a default', z.object({ pass: secret.default('x') }), { pass: S }, { pass: '(secret)' }],
    [
      'marked outside',
      z.object({ pass: z.string().nullable().optional().meta({ secret: true }) }),
      { pass: S },
      { pass: '(secret)' },
    ],
    ['of the wrong type', z.object({ pass: secret }), { pass: [S] }, { pass: '(secret)' }],
    [
      'a whole object',
      z.object({ login: z.object({ a: z.string() }).meta({ secret: true }) }),
      { login: { a: S } },
      { login: '(secret)' },
    ],
    ['in a list', z.object({ keys: z.array(secret) }), { keys: [S, S] }, { keys: ['(secret)', '(secret)'] }],
    ['in a record', z.record(z.string(), secret), { a: S }, { a: '(secret)' }],
    ['in a tuple', z.tuple([z.string(), secret]), ['a', S], ['a', '(secret)']],
    [
      'in a form of a union',
      z.union([z.object({ id: z.number() }), z.object({ pass: secret })]),
      { pass: S },
      { pass: '(secret)' },
    ],
    [
      'in a union that nothing fits',
      z.union([z.object({ pass: secret }), z.number()]),
      { pass: 5, x: S },
      '(not shown)',
    ],
    [
      'behind a transform',
      z.object({ pass: secret.transform((text) => text.length) }),
      { pass: S },
      { pass: '(secret)' },
    ],
    [
      'in a lazy schema',
      z.object({ inner: z.lazy(() => z.object({ pass: secret })) }),
      { inner: { pass: S } },
      { inner: { pass: '(secret)' } },
    ],
    [
      'in an intersection',
      z.intersection(z.object({ pass: secret }), z.object({ a: z.string() })),
      { pass: S },
      '(not shown)',
    ],
    ['under a misspelt key', z.object({ pass: secret }), { pasword: S }, { pasword: '(not shown)' }],
    [
      'behind a preprocessor',
      z.object({ pass: z.preprocess(String, secret), login: z.preprocess((text) => text, z.object({ pass: secret })) }),
      { pass: S, login: { pass: S } },
      { pass: '(secret)', login: { pass: '(secret)' } },
    ],
    ['behind a pipe', z.object({ pass: z.string().trim().pipe(secret) }), { pass: S }, { pass: '(secret)' }],
    [
      'alone where an object belongs',
      z.object({ login: z.object({ pass: secret }) }),
      { login: S },
      { login: '(not shown)' },
    ],
    ['alone where a list belongs', z.object({ keys: z.array(secret) }), { keys: S }, { keys: '(not shown)' }],
    ['alone where a record belongs', z.record(z.string(), secret), S, '(not shown)'],
    [
      'where an object belongs',
      z.object({ login: z.object({ pass: secret }) }),
      { login: [S] },
      { login: { 0: '(not shown)' } },
    ],
  ])('a secret %s: is masked', (_, schema, value, result) => {
    expect(loggable(schema, value)).toEqual(result);
    expect(JSON.stringify(loggable(schema, value))).not.toContain(S);
  });

  it('what is no secret: is shown as it is', () => {
    const schema = z.object({ n: z.number(), list: z.array(z.string()), any: z.unknown(), free: z.looseObject({}) });
    const value = { n: 1, list: ['a'], any: { x: [1] }, free: { y: 2 } };
    expect(loggable(schema, value)).toEqual(value);
    expect(loggable(schema, null)).toBe(null);
  });

  it('a long list: is cut, and says how much is missing', () => {
    const list = Array.from({ length: 100_000 }, (_, i) => i);
    expect(loggable(z.array(z.number()), list)).toEqual([...list.slice(0, 20), '… 99980 more']);
  });
});
