/** The insides of zod that the agent relies on: an upgrade that changes one is found here. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  checksOf,
  expectation,
  inputSide,
  isMarkedSecret,
  isOwnLimit,
  isOwnOption,
  ofAnything,
  otherKeys,
  tupleItem,
  withoutLead,
  wrapped,
} from '../src/zod-insides.js';

const text = z.string();
const issueOf = (schema: z.ZodType, value: unknown) => {
  const [issue] = schema.safeParse(value).error?.issues ?? [];
  return issue as z.core.$ZodIssue;
};

describe('schemas', () => {
  it.each([
    ['optional', text.optional()],
    ['nullable', text.nullable()],
    ['default', text.default('')],
    ['prefault', text.prefault('')],
    ['readonly', text.readonly()],
    ['catch', text.catch('')],
    ['nonoptional', z.nonoptional(text)],
  ])('wrapped by .%s(): found inside', (_, schema) => {
    expect(wrapped(schema)).toBe(text);
  });

  it.each([text, z.object({}), text.transform(Number), z.array(text), undefined, 'x'])(
    'wrapped by nothing: %#',
    (schema) => {
      expect(wrapped(schema)).toBeUndefined();
    },
  );

  it('the input of a pipe: its first schema, or what a preprocessor hands on', () => {
    expect(inputSide(text.pipe(z.any()))).toBe(text);
    expect(inputSide(text.transform(Number))).toBe(text);
    expect(inputSide(z.preprocess(String, text) as unknown as z.ZodPipe)).toBe(text);
  });

  it('other keys of an object: dropped, refused, or of a schema', () => {
    expect(otherKeys(z.object({}))).toBe('dropped');
    expect(otherKeys(z.strictObject({}))).toBe('refused');
    expect(otherKeys(z.object({}).catchall(text))).toBe(text);
    expect(otherKeys(z.looseObject({}))).toBeInstanceOf(z.ZodUnknown);
  });

  it('items of a tuple: each its own, then the rest', () => {
    const tuple = z.tuple([text], z.number());
    expect([0, 1, 9].map((index) => tupleItem(tuple, index)?._zod.def.type)).toEqual(['string', 'number', 'number']);
    expect(tupleItem(z.tuple([text]), 1)).toBeNull();
  });

  it('checks: by their names', () => {
    expect(checksOf(text)).toEqual([]);
    expect(checksOf(z.array(text).min(1).max(2).length(2))).toEqual(['min_length', 'max_length', 'length_equals']);
    expect(checksOf(z.array(text).refine(() => true))).toEqual(['custom']);
  });

  it('an array of anything: keeps the checks', () => {
    const array = ofAnything(z.array(text).min(2, 'two at least'));
    expect(array.safeParse([1, {}]).success).toBe(true);
    expect(issueOf(array, [1]).message).toBe('two at least');
  });

  it('a secret: marked in its metadata', () => {
    expect(isMarkedSecret(z.string().meta({ secret: true }))).toBe(true);
    expect(isMarkedSecret(text)).toBe(false);
  });
});

describe('messages', () => {
  it("limits and options: zod's own words are told from an author's", () => {
    expect(isOwnLimit(issueOf(z.string().min(2), 'a'))).toBe(true);
    expect(isOwnLimit(issueOf(z.number().max(2), 3))).toBe(true);
    expect(isOwnLimit(issueOf(z.string().min(2, 'longer!'), 'a'))).toBe(false);
    expect(isOwnOption(issueOf(z.enum(['a', 'b']), 'c'))).toBe(true);
    expect(isOwnOption(issueOf(z.enum(['a', 'b'], 'other!'), 'c'))).toBe(false);
  });

  it('leads: cut off', () => {
    const { message } = issueOf(text, undefined);
    expect(withoutLead(message)).toBe('expected string, received undefined');
    expect(expectation(message)).toBe('expected string');
    const never = z.custom(() => false);
    expect(expectation(issueOf(never, undefined).message)).toBe('');
  });
});

it('nothing else in src: looks inside zod', () => {
  const src = fileURLToPath(new URL('../src/', import.meta.url));
  const inside = /\b_zod\b|\b_def\b|\bz\.globalRegistry\b/;
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const users = files.filter((name) => {
    const code = readFileSync(src + name, 'utf8');
    return inside.test(code) || (/from 'zod'/.test(code) && /\.def\b|\{ def \}/.test(code));
  });
  expect(users).toEqual(['zod-insides.ts']);
});
