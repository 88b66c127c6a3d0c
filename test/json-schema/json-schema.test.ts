import { describe, expect, it } from 'vitest';
import { allParts, branchesOf, dereference, formsOf, isKeyword, mapParts } from '../../src/json-schema/json-schema.js';

const schema = {
  title: 'top',
  properties: { a: { $ref: '#/$defs/x' }, items: { maxLength: 3 } },
  items: { anyOf: [{ maxLength: 5 }, true] },
  default: { properties: { data: { maxLength: 99 } } },
  'x-own': { items: { maxLength: 99 } },
  $defs: { x: { type: ['string', 'null'] }, 'with/slash': { maxLength: 7 } },
};

describe('the schemas inside a schema', () => {
  it('are found under names and in lists; data and keywords of somebody else are none', () => {
    const lengths = allParts(schema).flatMap(({ maxLength }) => maxLength ?? []);
    expect(lengths).toEqual([3, 5, 7]);
    expect(allParts(true)).toEqual([]);
  });

  it('are replaced where they are, and all else stays', () => {
    const changed = mapParts(schema, (part) => ({ part }));
    expect(changed).toEqual({
      ...schema,
      properties: { a: { part: schema.properties.a }, items: { part: schema.properties.items } },
      items: { part: schema.items },
      $defs: { x: { part: schema.$defs.x }, 'with/slash': { part: schema.$defs['with/slash'] } },
    });
    expect(mapParts({ anyOf: [true, {}] }, (part) => part === true)).toEqual({ anyOf: [true, false] });
  });
});

describe('a reference', () => {
  it.each([
    ['#/$defs/x', schema.$defs.x],
    ['#/$defs/with~1slash', schema.$defs['with/slash']],
    ['#', schema],
    ['#/$defs/none', undefined],
    ['#/constructor', undefined],
    ['other.json#/x', undefined],
  ])('%s: leads to %j', ($ref, target) => {
    expect(dereference(schema, { $ref })).toEqual(target);
  });

  it('to a schema that contains itself: has the forms that come to an end', () => {
    const root = { $defs: { node: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/node' }] } } };
    expect(formsOf(root, { $ref: '#/$defs/node' })).toEqual([{ type: 'null' }]);
  });
});

describe('the forms of a value', () => {
  it('are those of references, alternatives and lists of types', () => {
    const forms = formsOf(schema, { oneOf: [schema.properties.a, { type: 'integer' }] });
    expect(forms.map(({ type }) => type)).toEqual(['string', 'null', 'integer']);
  });

  it('one level deep: references are left as they are', () => {
    expect(branchesOf({ anyOf: [schema.properties.a], oneOf: [{ type: 'integer' }] })).toEqual([
      schema.properties.a,
      { type: 'integer' },
    ]);
    const plain = { type: 'string' };
    expect(branchesOf(plain)[0]).toBe(plain);
  });
});

it('a keyword: is one that JSON Schema defines', () => {
  expect(['$ref', 'properties', 'items', 'title', 'x-lines', 'lines'].map(isKeyword)).toEqual([
    ...[true, true, true, true],
    ...[false, false],
  ]);
});
