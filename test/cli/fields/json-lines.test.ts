import { describe, expect, it } from 'vitest';
import { parseJsonObjects } from '../../../src/cli/fields/json-lines.js';

describe('JSON on stdin', () => {
  it.each([
    ['', []],
    [' \n', []],
    ['{"a":1}', [{ a: 1 }]],
    ['{\n  "a": 1\n}\n', [{ a: 1 }]],
    ['{"a":1}\n\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
  ])('%j: %j', (text, objects) => {
    expect(parseJsonObjects(text)).toEqual(objects);
  });

  it.each([
    ['{"a":1', /^stdin is not JSON: /],
    ['{"a":1}\n{"a":', /^stdin, line 2: it is not JSON: .*: \{"a":$/],
    ['{"a":}\n{"a":2}', /^stdin, line 1: it is not JSON: .*: \{"a":\}$/],
    ['a\n{"a":2}', /^stdin, line 1: it is not JSON: .*: a$/],
    ['{\n "a": 1\n}\n{\n "a": 2\n}', /^stdin is not JSON: .*several objects want a line each \(jq -c\)$/],
    [`{"a":1}\n{"a":"${'x'.repeat(500)}\u001b`, /xxx… \(\d+ more characters\)$/],
    ['{\n  "a": 1,\n}', /^stdin is not JSON: .*position 12/],
    ['[{"a":1}]', /^stdin is no object: an object is wanted/],
    ['{"a":1}\n7', /^stdin, line 2: it is no object: an object is wanted.*: 7$/],
  ])('%j: refused', (text, message) => {
    expect(() => parseJsonObjects(text)).toThrow(message);
  });
});
