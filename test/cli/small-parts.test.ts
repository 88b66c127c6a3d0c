import { describe, expect, it } from 'vitest';
import { parseDuration, parseTimeout } from '../../src/cli/duration.js';
import { parseJsonObjects } from '../../src/cli/fields/json-lines.js';
import { Latencies } from '../../src/cli/latencies.js';
import { withoutEchoes } from '../../src/cli/signal-echo.js';
import { shortEnumNames } from '../../src/mux/schema/enum-names.js';
import * as sample from '../mux/json/sample-fields.js';

describe('times', () => {
  it.each([
    ['500ms', 500],
    ['5s', 5000],
    ['1.5s', 1500],
    ['2m', 120_000],
    ['1h', 3_600_000],
    ['250us', 0.25],
    ['0', 0],
  ])('%s: %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each(['5', '', 's', '-5s', '5 parsecs', '1e3s'])("'%s': refused, saying how to write it", (text) => {
    expect(() => parseDuration(text)).toThrow(/is not a time: write it with its unit/);
  });

  it('more than a timer takes: refused, with the most there is', () => {
    expect(parseDuration('596h')).toBeLessThanOrEqual(0x7fffffff);
    expect(() => parseDuration('596.1h')).toThrow(/at most 596h/);
  });

  it('a timeout of nothing: refused', () => {
    expect(() => parseTimeout('0s')).toThrow(/longer than 0/);
  });
});

describe('latencies', () => {
  it('none: counts only', () => {
    expect(new Latencies().summary()).toEqual({ sent: 0, answered: 0, lost: 0 });
  });

  it('a hundred: nearest rank', () => {
    const latencies = new Latencies();
    for (let ms = 100; ms >= 1; ms -= 1) latencies.answered(ms);
    latencies.lost();
    expect(latencies.summary()).toEqual({ sent: 101, answered: 100, lost: 1, min: 1, median: 50, p99: 99, max: 100 });
  });

  it('one: all the same', () => {
    const latencies = new Latencies();
    latencies.answered(0.5);
    expect(latencies.summary()).toMatchObject({ min: 0.5, median: 0.5, p99: 0.5, max: 0.5 });
  });
});

describe('signals', () => {
  it('npm sends SIGINT on: heard once for each key press', () => {
    let now = 0;
    const heard: string[] = [];
    const listener = withoutEchoes(
      (signal: string) => heard.push(`${signal} ${now}`),
      () => now,
    );
    for (now of [1000, 1000.4, 1600, 1601, 2000]) listener('SIGINT');
    expect(heard).toEqual(['SIGINT 1000', 'SIGINT 1600', 'SIGINT 2000']);
  });
});

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

describe('short names of enums', () => {
  it.each([
    [
      ['IF_STATUS_API_FLAG_ADMIN_UP', 'IF_STATUS_API_FLAG_LINK_UP'],
      ['ADMIN_UP', 'LINK_UP'],
    ],
    [
      ['SUB_IF_API_FLAG_NO_TAGS', 'SUB_IF_API_FLAG_ONE_TAG'],
      ['NO_TAGS', 'ONE_TAG'],
    ],
    [
      ['FOO_1', 'FOO_2'],
      ['FOO_1', 'FOO_2'],
    ],
    [
      ['A_API_2_X', 'A_API_2_Y'],
      ['X', 'Y'],
    ],
    [
      ['A_API_2X', 'A_API_2Y'],
      ['API_2X', 'API_2Y'],
    ],
    [
      ['A_10G', 'A_AUTO', 'A_MAX'],
      ['A_10G', 'AUTO', 'MAX'],
    ],
    [['ONLY_ONE'], ['ONLY_ONE']],
    [
      ['A_B', 'A_B_C'],
      ['B', 'B_C'],
    ],
  ])('%j: %j', (names, short) => {
    const type = sample.enumeration('e', Object.fromEntries(names.map((name, value) => [name, value])));
    expect([...shortEnumNames(type).keys()]).toEqual(short);
  });
});
