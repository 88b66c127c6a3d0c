import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { errorCopy, isA, isError, kindAndReason, reasonOf } from '../src/thrown.js';
import { ODDITIES } from './support/oddities.js';

const LONGEST = 5000;

describe('what was thrown', () => {
  it.each(Object.entries(ODDITIES))('%s: is described, shortly and without throwing', (_, make) => {
    for (const describeIt of [reasonOf, kindAndReason]) {
      const text = describeIt(make());
      expect(text).not.toBe('');
      expect(text.length).toBeLessThan(LONGEST);
    }
    expect(isA(make(), TypeError)).toBe(false);
    const copy = errorCopy(make());
    expect(copy === undefined).toBe(!isError(make()));
    // As a logger does.
    for (const key of ['message', 'name', 'stack', 'code', 'cause', 'constructor']) void Reflect.get(copy ?? {}, key);
    expect(JSON.stringify({ ...copy }).length).toBeLessThan(LONGEST);
  });

  it.each<[unknown, string]>([
    [new TypeError('x is no function'), 'x is no function'],
    [Object.create(null), 'threw an object, which is not an Error'],
    [{ message: 'mine', password: 'secret' }, 'threw an object that says "mine", which is not an Error'],
    [new Map(), 'threw a Map, which is not an Error'],
    [Symbol('s'), 'threw Symbol(s), which is not an Error'],
    [new Proxy({}, {}), 'threw a proxy, which is not an Error'],
    [5n, 'threw 5, which is not an Error'],
  ])('%o: %s', (thrown, reason) => expect(reasonOf(thrown)).toBe(reason));

  it('an error copied: says the same, with its kind, stack, code and causes', () => {
    const cause = Object.assign(new RangeError('too far'), { code: 'EFAR' });
    const error = Object.assign(new TypeError('no', { cause }), { syscall: 'open', fd: 3, big: { secret: 1 } });
    const copy = errorCopy(error);
    expect(copy).toBeInstanceOf(TypeError);
    expect(copy).toMatchObject({ message: 'no', name: 'TypeError', stack: error.stack, syscall: 'open', fd: 3 });
    expect(copy?.cause).toMatchObject({ message: 'too far', code: 'EFAR' });
    expect(copy).not.toHaveProperty('big');
  });
});

/** Ways to make a text of something caught that themselves throw, of a null-prototype object or of undefined. */
const UNSAFE = /String\((error|thrown|cause|failure)\)|\$\{(error|thrown|cause|failure)\}/;

it('what was caught: is described by one function everywhere', () => {
  const root = fileURLToPath(new URL('../src/', import.meta.url));
  const all = readdirSync(root, { recursive: true, encoding: 'utf8' });
  const files = all.filter((file) => file.endsWith('.ts') && file !== 'thrown.ts');
  const found = files.flatMap((file) =>
    readFileSync(root + file, 'utf8')
      .split('\n')
      .flatMap((line, i) => (UNSAFE.test(line) ? [`${file}:${i + 1}: ${line.trim()}`] : [])),
  );
  expect(files.length).toBeGreaterThan(300);
  expect(found).toEqual([]);
});
