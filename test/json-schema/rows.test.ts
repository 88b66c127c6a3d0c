import { describe, expect, it } from 'vitest';
import { schemaRows, typeText } from '../../src/json-schema/rows.js';

describe('the type of a key', () => {
  it.each([
    [{ type: 'string' }, 'string'],
    [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'integer from 0'],
    [{ type: 'number', maximum: 5 }, 'number up to 5'],
    [{ enum: ['a', 1] }, 'a | 1'],
    [{ const: 'x' }, 'x'],
    [{ anyOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }, 'string, or list of string'],
    [{ type: ['string', 'null'] }, 'string, or null'],
    [{ type: 'object', additionalProperties: { type: 'boolean' } }, 'names → true | false'],
    [{ type: 'array' }, 'list'],
    [{ title: 'duration', type: ['string', 'number'] }, 'duration'],
    [{}, 'anything'],
  ])('%j: %s', (schema, text) => {
    expect(typeText(schema)).toBe(text);
  });
});

describe('the rows of a schema', () => {
  it('have the keys in objects and in lists of objects, with what is required and what is the default', () => {
    const schema = {
      required: ['rules'],
      properties: {
        every: { type: 'string', default: '10s', description: 'How often' },
        rules: { type: 'array', items: { type: 'object', properties: { action: { enum: ['allow', 'deny'] } } } },
        to: { type: 'object', default: {}, properties: { port: { type: 'integer', default: 80 } } },
      },
    };
    expect(schemaRows(schema).map((row) => Object.values(row))).toEqual([
      ['every', 'string', '10s', 'How often'],
      ['rules', 'list of keys', 'required', ''],
      ['rules[].action', 'allow | deny', '', ''],
      ['to', 'keys', '', ''],
      ['to.port', 'integer', '80', ''],
    ]);
  });

  it('are none for a schema without keys, or with values that are no schemas', () => {
    expect(schemaRows({ type: 'string' })).toEqual([]);
    expect(schemaRows({ properties: ['a'] })).toEqual([]);
  });
});
