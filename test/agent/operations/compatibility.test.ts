/** Changes of a released operation, and whether its callers notice. */

import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changesBetween } from '../../../src/agent/operations/compatibility.js';
import { exportedOperations, lockOf } from '../../../src/agent/operations/lock.js';
import { type Access, operation } from '../../../src/agent/operations/operation.js';

interface Shape {
  readonly access?: Access;
  readonly input?: z.ZodObject;
  readonly output?: z.ZodType;
  readonly arguments?: readonly string[];
}

const base = z.object({ name: z.string(), state: z.enum(['up', 'down']), count: z.int().min(0).max(10).default(1) });
const result = z.object({ id: z.number(), label: z.string().optional() });

const define = ({ access = 'write', input = base, output = result, arguments: args = ['name'] }: Shape) =>
  operation({ name: 'test.op', access, summary: 'Test', input, output, arguments: args });

function changes(before: Shape, after: Shape) {
  return changesBetween(lockOf([define(before)]), lockOf([define(after)]));
}

const node = z.object({
  name: z.string(),
  get children() {
    return z.array(node);
  },
});
const otherNode = z.object({
  name: z.number(),
  get children() {
    return z.array(otherNode);
  },
});

describe('compatible', () => {
  it.each<[string, Shape, Shape]>([
    ['nothing but prose', {}, { input: base.extend({ name: z.string().describe('Its name') }) }],
    ['a new optional input', {}, { input: base.extend({ force: z.boolean().optional() }) }],
    ['a new input with a default', {}, { input: base.extend({ force: z.boolean().default(false) }) }],
    ['a wider enum of the input', {}, { input: base.extend({ state: z.enum(['up', 'down', 'admin']) }) }],
    ['an enum of the input that becomes text', {}, { input: base.extend({ state: z.string() }) }],
    ['a required input that becomes optional', {}, { input: base.extend({ name: z.string().optional() }) }],
    ['wider bounds of the input', {}, { input: base.extend({ count: z.int().min(-5).max(20).default(1) }) }],
    ['an input that takes null as well', {}, { input: base.extend({ name: z.string().nullable() }) }],
    [
      'an input that takes another form as well',
      {},
      { input: base.extend({ name: z.union([z.string(), z.object({ id: z.number() })]) }) },
    ],
    [
      'an integer input that may be any number',
      { input: base },
      { input: base.extend({ count: z.number().default(1) }) },
    ],
    ['an input that takes other keys as well', {}, { input: z.looseObject(base.shape) }],
    ['a new output', {}, { output: result.extend({ more: z.string() }) }],
    ['an optional output that is always there', {}, { output: result.extend({ label: z.string() }) }],
    ['a narrower output', {}, { output: result.extend({ id: z.int().min(0) }) }],
    ['a further argument', {}, { arguments: ['name', 'state'] }],
    ['a schema that contains itself, as it was', { output: node }, { output: node }],
  ])('%s', (_, before, after) => {
    expect(changes(before, after).filter(({ compatible }) => !compatible)).toEqual([]);
  });

  it('a new operation', () => {
    expect(changesBetween(lockOf([]), lockOf([define({})]))).toEqual([
      { operation: 'test.op', compatible: true, text: 'is new' },
    ]);
  });

  it('no change: none', () => {
    expect(changes({}, {})).toEqual([]);
  });
});

describe('incompatible', () => {
  it.each<[string, Shape, Shape, string]>([
    ['access', {}, { access: 'read' }, 'access was write, is read'],
    ['arguments in another order', {}, { arguments: ['state', 'name'] }, 'arguments were name; are state, name'],
    ['an argument that is gone', {}, { arguments: [] }, 'arguments were name; are none'],
    ['an input that is gone', {}, { input: base.omit({ count: true }) }, 'input count: is gone'],
    ['a new required input', {}, { input: base.extend({ force: z.boolean() }) }, 'input force: is required now'],
    [
      'an optional input that is required',
      { input: base.partial() },
      { input: base.partial().required({ name: true }) },
      'input name: is required now',
    ],
    [
      'another type of an input',
      {},
      { input: base.extend({ name: z.number() }) },
      'input name: type was string, is number',
    ],
    [
      'a narrower enum of an input',
      {},
      { input: base.extend({ state: z.enum(['up']) }) },
      'input state: down is not accepted any more',
    ],
    [
      'text that becomes an enum',
      {},
      { input: base.extend({ name: z.enum(['a']) }) },
      'input name: values was any, is a',
    ],
    [
      'narrower bounds of an input',
      {},
      { input: base.extend({ count: z.int().min(0).max(5).default(1) }) },
      'input count: maximum was 10, is 5',
    ],
    [
      'a new bound of an input',
      {},
      { input: base.extend({ name: z.string().max(8) }) },
      'input name: maxLength was not there, is 8',
    ],
    [
      'a new pattern of an input',
      {},
      { input: base.extend({ name: z.string().regex(/^a/) }) },
      'input name: pattern was not there, is ^a',
    ],
    [
      'another default',
      {},
      { input: base.extend({ count: z.int().min(0).max(10).default(2) }) },
      'input count: default was 1, is 2',
    ],
    [
      'null that is not accepted any more',
      { input: base.extend({ name: z.string().nullable() }) },
      {},
      'input name: null is not accepted any more',
    ],
    [
      'other keys that are not accepted any more',
      { input: z.looseObject(base.shape) },
      {},
      'input: other keys are not accepted any more',
    ],
    ['an output that is gone', {}, { output: result.omit({ id: true }) }, 'output id: is gone'],
    ['an optional output that is gone', {}, { output: result.omit({ label: true }) }, 'output label: is gone'],
    ['an output that may be missing', {}, { output: result.partial() }, 'output id: is not always there any more'],
    [
      'another type of an output',
      {},
      { output: result.extend({ id: z.string() }) },
      'output id: type was number, is string',
    ],
    [
      'an output that may be null',
      {},
      { output: result.extend({ id: z.number().nullable() }) },
      'output id: may be null now',
    ],
    [
      'a wider enum of an output',
      { output: z.object({ s: z.enum(['a']) }) },
      { output: z.object({ s: z.enum(['a', 'b']) }) },
      'output s: may be b now',
    ],
    [
      'items of a list',
      { output: z.array(result) },
      { output: z.array(z.string()) },
      'output []: type was object, is string',
    ],
    [
      'values of a record',
      { output: z.record(z.string(), z.number()) },
      { output: z.record(z.string(), z.string()) },
      'output {}: type was number, is string',
    ],
    [
      'an item of a tuple',
      { output: z.tuple([z.string()]) },
      { output: z.tuple([z.number()]) },
      'output [0]: type was string, is number',
    ],
    ['deep inside itself', { output: node }, { output: otherNode }, 'name: type was string, is number'],
  ])('%s', (_, before, after, text) => {
    const found = changes(before, after).filter(({ compatible }) => !compatible);
    expect(found.map((change) => change.text)).toContainEqual(expect.stringContaining(text));
  });

  it('an operation that is gone', () => {
    expect(changesBetween(lockOf([define({})]), lockOf([]))).toEqual([
      { operation: 'test.op', compatible: false, text: 'is gone' },
    ]);
  });
});

describe('a lock', () => {
  it('does not depend on the order in which things were written', () => {
    const { count, name, state } = base.shape;
    const other = define({ input: z.object({ state, count, name }) });
    expect(JSON.stringify(lockOf([other]))).toBe(JSON.stringify(lockOf([define({})])));
  });

  it('keys named like keywords: are names', () => {
    const made = define({ input: z.object({ description: z.string(), title: z.string() }), arguments: [] });
    expect(Object.keys(lockOf([made]).operations['test.op'].input.properties as object)).toEqual([
      'description',
      'title',
    ]);
  });

  it('operations of a module: what it exports as such', () => {
    const made = define({});
    expect(exportedOperations({ made, other: 5, default: null })).toEqual([made]);
  });
});
