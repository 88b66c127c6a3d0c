import { describe, expect, expectTypeOf, it } from 'vitest';
import { z } from 'zod';
import { implement, type OperationContext } from '../../../src/agent/operations/implement.js';
import { isOperation, operation, schemasOf } from '../../../src/agent/operations/operation.js';

const valid = {
  name: 'interface.set-state',
  access: 'write' as const,
  summary: 'Set an interface up or down',
  input: z.object({ interface: z.string(), state: z.enum(['up', 'down']).default('up') }),
  output: z.object({ changed: z.boolean() }),
};

describe('operation', () => {
  it('a definition: is checked, complete and frozen', () => {
    const made = operation({ ...valid, arguments: ['interface'] });
    expect(made).toMatchObject({ name: 'interface.set-state', description: '', arguments: ['interface'] });
    expect(Object.isFrozen(made)).toBe(true);
    expect(isOperation(made)).toBe(true);
    expect(isOperation(valid)).toBe(false);
  });

  it('input and output: arrive typed, on both sides', () => {
    const made = operation(valid);
    implement(made, (ctx: OperationContext<{ fd: number }>, input) => {
      expectTypeOf(ctx.handle).toEqualTypeOf<{ fd: number }>();
      expectTypeOf(input).toEqualTypeOf<{ interface: string; state: 'up' | 'down' }>();
      return { changed: true };
    });
    // @ts-expect-error: not what it gives
    implement(made, () => ({ changed: 'yes' }));
    // @ts-expect-error: no key of its input
    expect(() => operation({ ...valid, arguments: ['interfaces'] })).toThrow('its input has no key "interfaces"');
  });

  it.each([
    ['one word', { name: 'interface' }, 'at name: must be lower-case words joined by dots'],
    ['capitals', { name: 'interface.setState' }, 'operation interface.setState: its definition is wrong at name'],
    ['no access', { access: undefined }, 'at access'],
    ['a summary of two lines', { summary: 'a\nb' }, 'at summary: must be one line of text'],
    ['an input that is no object', { input: z.string() }, 'at input: must be a zod object'],
    ['an output that is no schema', { output: {} }, 'at output: must be a zod schema'],
    ['a key that a command cannot have', { input: z.object({ 'a b': z.string() }) }, 'at input.a b: a key must be'],
  ])('%s: refused by name', (_, change, message) => {
    const definition: typeof valid = Object.assign({}, valid, change);
    expect(() => operation(definition)).toThrow(expect.objectContaining({ code: 'OPERATION_INVALID' }));
    expect(() => operation(definition)).toThrow(message);
  });

  it('keys that the input does not have: are refused, unless it wants them', () => {
    expect(operation(valid).input.safeParse({ interface: 'a', stat: 'up' }).success).toBe(false);
    const loose = operation({ ...valid, input: z.looseObject({}) });
    expect(loose.input.parse({ any: 1 })).toEqual({ any: 1 });
    const refined = operation({ ...valid, input: valid.input.refine(({ state }) => state !== 'down', 'never down') });
    expect(refined.input.safeParse({ interface: 'a', state: 'down' }).success).toBe(false);
  });

  it('its schemas: JSON Schema as a caller sees it, made once', () => {
    const made = operation(valid);
    expect(schemasOf(made).input).toMatchObject({
      type: 'object',
      properties: { interface: { type: 'string' }, state: { enum: ['up', 'down'], default: 'up' } },
      required: ['interface'],
      additionalProperties: false,
    });
    expect(schemasOf(made)).toBe(schemasOf(made));
  });

  it('what JSON Schema has no word for: is left open', () => {
    const made = operation({ ...valid, output: z.object({ at: z.date(), big: z.bigint() }) });
    expect(schemasOf(made).output).toMatchObject({ properties: { at: {}, big: {} } });
  });
});
