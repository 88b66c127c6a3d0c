import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { yamlText } from '../src/yaml-text.js';

describe('a value as YAML', () => {
  it('a line for each field, lists and structs below their name', () => {
    const value = { name: 'loop0', speed: '10', mtu: [9000, 0], key: '0x01', nh: { ip4: '192.0.2.1' } };
    expect(yamlText([value]).split('\n')).toEqual([
      '- name: loop0',
      '  speed: "10"',
      '  mtu:',
      '    - 9000',
      '    - 0',
      '  key: "0x01"',
      '  nh:',
      '    ip4: 192.0.2.1',
    ]);
  });

  it.each([
    'off',
    'yes',
    '0x10',
    '1_000',
    '10:20:30:40:50:10',
    '~',
    '',
    '2026-06-24',
    'a: b',
    '- x',
    '#',
    ' x ',
    '=',
    '<<',
  ])('%j: text for YAML 1.1 and for 1.2', (text) => {
    for (const version of ['1.1', '1.2'] as const) expect(parse(yamlText([text]), { version })).toEqual([text]);
  });

  it('numbers with an exponent: with a point, without which YAML 1.1 has text', () => {
    expect(yamlText([1e-7, -2e-9, 1e21, 1.5e-7, 0.5, 12])).toBe(
      ['- 1.0e-7', '- -2.0e-9', '- 1.0e+21', '- 1.5e-7', '- 0.5', '- 12'].join('\n'),
    );
    for (const version of ['1.1', '1.2'] as const)
      expect(parse(yamlText([1e-7, 1e21]), { version })).toEqual([1e-7, 1e21]);
  });

  it('=: between quotes, as a value and as a name', () => {
    expect(yamlText({ a: '=', '=': 1 })).toBe('a: "="\n"=": 1');
  });

  it('a text of several lines, and a very long one: as they are', () => {
    for (const text of ['one\n  two\n', `${'word '.repeat(100)}end`, 'a\r\nb', 'a\n b \n \n\n', '  a\nb  '])
      expect(parse(`${yamlText({ reply: text })}\n`)).toEqual({ reply: text });
  });

  it.each<[string, unknown]>([
    ['structs and lists in each other', { a_list: [{ b: [[1, 'x'], []], c: { d: -0.5 } }, {}, null], e: true }],
    ['names that mean something', { y: 1, no: 'n', 'a b': [1], '': 0, '- x': { '1': 2 }, 'a\nb': 3 }],
    ['texts of several lines within lists', [{ deep: { reply: ' one\n\n  two \n' } }, 'a\nb\n\n', ['\n']]],
    ['one text', 'off'],
    ['an empty list', []],
  ])('%s: what a parser gives back', (_, value) => {
    for (const version of ['1.1', '1.2'] as const) expect(parse(`${yamlText(value)}\n`, { version })).toEqual(value);
  });

  it('the same list twice: written twice', () => {
    const list = [1];
    expect(yamlText({ a: list, b: list })).toBe('a:\n  - 1\nb:\n  - 1');
  });

  it('names and addresses of interfaces: without quotes, as people write them', () => {
    const value = { 'GigabitEthernet3/0/0.100': ['192.0.2.1/24', '2001:db8::/64', 'fe80::1/128', '::1/128', '::'] };
    const text = yamlText(value);
    expect(text.split('\n').slice(0, 4)).toEqual([
      'GigabitEthernet3/0/0.100:',
      '  - 192.0.2.1/24',
      '  - 2001:db8::/64',
      '  - fe80::1/128',
    ]);
    for (const version of ['1.1', '1.2'] as const) expect(parse(text, { version })).toEqual(value);
  });

  it('a member that is undefined: is none, as in JSON', () => {
    expect(yamlText({ a: undefined, b: { c: undefined, d: 1 }, e: { f: undefined } })).toBe('b:\n  d: 1\ne: {}');
  });

  it('numbers as keys: where that is asked for', () => {
    const value = { 100: { inner: { 7: [] } }, '007': 1 };
    expect(yamlText(value)).toBe('"100":\n  inner:\n    "7": []\n"007": 1');
    expect(yamlText(value, { numberedKeys: true })).toBe('100:\n  inner:\n    7: []\n"007": 1');
  });

  it('what acts on a terminal: between double quotes, where its escape keeps the value', () => {
    expect(yamlText({ tag: 'a\u202eb' })).toBe('tag: "a\u202eb"');
    expect(yamlText({ tag: 'a\u001bb' })).toBe('tag: "a\\eb"');
  });
});
