import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { validateInPieces } from '../../../src/agent/operations/validate-in-pieces.js';

const many = <T>(length: number, item: T) => Array.from({ length }, () => item);
const goOn = () => {};

/** The result of checking the whole in one go; its issues in full, or some of them, marked as incomplete. */
async function expectSame(schema: z.ZodType, value: unknown) {
  const whole = await schema.safeParseAsync(value);
  const given = await validateInPieces(schema, value, goOn);
  expect(given.success).toBe(whole.success);
  if (whole.success) expect(given).toEqual({ success: true, data: whole.data });
  else if (!given.success) {
    const { issues } = whole.error;
    expect(given.issues).toEqual(given.complete ? issues : issues.filter((issue) => hasSame(given.issues, issue)));
    expect(given.issues).not.toHaveLength(0);
  }
}

const hasSame = (issues: readonly z.core.$ZodIssue[], issue: z.core.$ZodIssue) =>
  issues.some((other) => isDeepStrictEqual(other, issue));

const route = z.object({ prefix: z.string(), weight: z.int().default(1) });

describe('a long list', () => {
  it.each([
    ['fits', z.strictObject({ routes: z.array(route), name: z.string().optional() }), {}],
    ['is optional', z.object({ routes: z.array(route).optional() }), {}],
    ['may be null', z.object({ routes: z.array(route).nullable().default(null) }), {}],
    ['with a default, and texts about it', z.object({ routes: z.array(route).default([]).describe('Routes') }), {}],
    ['beside one that is short', z.object({ routes: z.array(route), names: z.array(z.string()) }), { names: ['a'] }],
    ['of a loose object', z.looseObject({ routes: z.array(route) }), { more: many(2000, 1) }],
    ['whose items are looked at together', z.object({ routes: z.array(route).refine((all) => all.length < 3000) }), {}],
    ['in an object that is looked at as a whole', z.object({ routes: z.array(route) }).refine(() => true), {}],
    ['with an unknown key', z.strictObject({ routes: z.array(route) }), { rotues: 1 }],
    ['too long', z.object({ routes: z.array(route).min(1).max(2000) }), {}],
    ['too long, with a message of its own', z.object({ routes: z.array(route, 'no routes').max(2000) }), {}],
    [
      'beside another one',
      z.object({ routes: z.array(route), more: z.array(z.int()) }),
      { more: [...many(2000, 1), 'x'] },
    ],
    ['where something else belongs', z.object({ routes: z.string() }), {}],
  ])('%s: as zod says', (_, schema, more) => expectSame(schema, { routes: many(2500, { prefix: 'a' }), ...more }));

  it('an item in the last piece that does not fit: its place', async () => {
    const routes: unknown[] = many(2500, { prefix: 'a' });
    routes[2300] = { prefix: 1 };
    await expectSame(z.object({ routes: z.array(route) }), { routes });
  });

  it('much is wrong: the first piece of it, and that there is more to look at', async () => {
    const given = await validateInPieces(z.object({ routes: z.array(route) }), { routes: many(5000, {}) }, goOn);
    expect(given).toMatchObject({ success: false, complete: false });
    if (given.success) return;
    expect(given.issues).toHaveLength(1000);
    expect(given.issues[0].path).toEqual(['routes', 0, 'prefix']);
  });

  it('what is wrong is found before the end of all lists: that there may be more', async () => {
    const schema = z.strictObject({ a: z.array(route), b: z.array(route) });
    const [good, bad] = [many(1500, { prefix: 'a' }), [...many(1500, { prefix: 'a' }), {}]];
    expect(await validateInPieces(schema, { a: bad, b: good }, goOn)).toMatchObject({
      success: false,
      complete: false,
    });
    expect(await validateInPieces(schema, { a: good, b: bad }, goOn)).toMatchObject({ success: false, complete: true });
    expect(await validateInPieces(schema, { a: good, b: bad, c: 1 }, goOn)).toMatchObject({
      success: false,
      complete: false,
    });
  });

  it('a check that waits: is waited for', async () => {
    const slow = z.string().refine(async (text) => setImmediate(text !== 'bad'));
    const items = [...many(1500, 'good'), 'bad'];
    const given = await validateInPieces(z.object({ items: z.array(slow) }), { items }, goOn);
    expect(given).toMatchObject({ success: false, issues: [{ path: ['items', 1500] }] });
  });

  it('others have their turn between its pieces, and may end it', async () => {
    const turn = vi.fn();
    let turns = 0;
    const immediate = () => {
      turn();
      if (++turns < 3) setImmediate().then(immediate);
    };
    setImmediate().then(immediate);
    const stop = new Error('the caller gave up');
    const goOnUntil = vi.fn(() => {
      if (turn.mock.calls.length >= 3) throw stop;
    });
    const schema = z.object({ items: z.array(z.string()) });
    await expect(validateInPieces(schema, { items: many(100_000, 'a') }, goOnUntil)).rejects.toBe(stop);
    expect(goOnUntil.mock.calls.length).toBeLessThan(10);
  });
});
