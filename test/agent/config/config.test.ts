import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigError } from '../../../src/agent/config/config-error.js';
import { duration } from '../../../src/agent/config/duration.js';
import { takeConfigFlags } from '../../../src/agent/config/flags.js';
import { configFileOf, configVariable } from '../../../src/agent/config/locate.js';
import { Located } from '../../../src/agent/config/located.js';
import { type ReadOptions, readConfig } from '../../../src/agent/config/read.js';
import { directoryWith } from '../support.js';

const schema = z.object({
  'reply-timeout': duration().default('5s'),
  'health-check-threshold': z.number().int().min(1).default(2),
  mode: z.enum(['read', 'write']).default('read'),
  nested: z.object({ inner: z.object({ deep: z.boolean().default(false) }).optional() }).optional(),
  list: z.array(z.object({ name: z.string() })).default([]),
});

const read = (text: string, options: ReadOptions = {}) =>
  readConfig(join(directoryWith({ 'x.conf': text }), 'x.conf'), schema, options);

/** The problems of a refused file as `line:column: message`. */
const refusal = (text: string, options: ReadOptions = {}) => {
  try {
    read(text, options);
  } catch (error) {
    if (error instanceof ConfigError) {
      return error.problems.map(({ line, column, message }) => `${line}:${column}: ${message}`);
    }
    throw error;
  }
  throw new Error('it was not refused');
};

describe('a configuration file', () => {
  it('keys it sets: go before the defaults', () => {
    const { value, keys } = read('# a comment\nreply-timeout: 1s\nlist:\n  - name: a\n');
    expect(value).toMatchObject({ 'reply-timeout': 1000, 'health-check-threshold': 2, list: [{ name: 'a' }] });
    expect(keys).toEqual(['reply-timeout', 'list']);
  });

  it.each([
    ['empty', ''],
    ['comments only', '# nothing\n'],
    ['a document mark', '---\n'],
  ])('%s: all defaults', (_, text) => {
    expect(read(text).value['reply-timeout']).toBe(5000);
  });

  it('no file: all defaults', () => {
    expect(readConfig(undefined, schema).value['health-check-threshold']).toBe(2);
  });

  it('an unknown key: file, line, column and the nearest right key', () => {
    const dir = directoryWith({ 'govpp.conf': '\nhealth-check-threshold: 1\n  \nreply-timout: 1s\n' });
    const file = join(dir, 'govpp.conf');
    expect(() => readConfig(file, schema)).toThrow(
      `${file}:4:1: unknown key "reply-timout"; did you mean "reply-timeout"?`,
    );
  });

  it('an unknown key like no other: the keys there are', () => {
    expect(refusal('zzz: 1')).toEqual([
      '1:1: unknown key "zzz"; there are: reply-timeout, health-check-threshold, mode, nested, list',
    ]);
  });

  it('unknown keys further in: found there', () => {
    expect(refusal('nested:\n  inner:\n    dep: true\nlist:\n  - name: a\n  - name: b\n    nam: c\n')).toEqual([
      '3:5: unknown key "dep"; did you mean "deep"?',
      '7:5: unknown key "nam"; did you mean "name"?',
    ]);
  });

  it('bad values: the place of the value, and what was expected', () => {
    expect(refusal('reply-timeout: fast\nhealth-check-threshold: 0\nmode: wirte\nlist: none\n')).toEqual([
      '1:16: reply-timeout: "fast" is no duration; write it like 1s, 250ms or 1m30s',
      '2:25: health-check-threshold: must be at least 1',
      '3:7: mode: must be one of read, write; did you mean "write"?',
      '4:7: list: expected array, received string',
    ]);
  });

  it('a key without a value: said so', () => {
    expect(refusal('mode:\n')[0]).toContain('mode: has no value; write one, or leave the line out');
  });

  it('a missing key: at the map that lacks it', () => {
    expect(refusal('list:\n  - {}\n')).toEqual(['2:5: missing key "list[0].name"']);
  });

  it('a missing key where there is no file: which file would have it', () => {
    const needs = z.object({ key: z.string() });
    const missing = '/etc/vppmux/a.conf (not there)';
    expect(() => readConfig(undefined, needs, { missing })).toThrow(`${missing}: missing key "key"`);
    expect(() => readConfig(undefined, needs, { missing })).not.toThrow(':1:1');
  });

  it('a key that is there twice: the second one', () => {
    expect(refusal('mode: read\nmode: write\n')).toEqual(['2:1: this key is there twice']);
  });

  it.each([
    [
      'messages: *_dump\n',
      '1:11: *_dump is an alias to YAML, and there is no &_dump; a pattern is written in quotes: "*_dump"',
    ],
    [
      'a: [*_dump, reads]\n',
      '1:5: *_dump is an alias to YAML, and there is no &_dump; a pattern is written in quotes: "*_dump"',
    ],
    ['a: *\n', '1:4: what begins with * is an alias to YAML; a pattern is written in quotes: "*"'],
    ['a: **\n', '1:4: ** is an alias to YAML, and there is no &*; a pattern is written in quotes: "**"'],
    ['a: *b\nb: &b 1\n', '1:4: *b is an alias to YAML, and there is no &b; a pattern is written in quotes: "*b"'],
    ['a: &x\n  - *x\n', '2:5: *x stands for something that it is a part of'],
    ['a: &x\n  b: &y\n    c: *x\n', '3:8: *x stands for something that it is a part of'],
    ['? {a: b}\n: c\n', '1:3: a key must be a string'],
    ['a: &x 1\n*x : 2\n', '2:1: a key must be a string'],
    [`a: ${'['.repeat(100)}${']'.repeat(100)}\n`, '1:67: is nested deeper than 64'],
    [`a: ${'['.repeat(100_000)}`, '1:67: is nested deeper than 64'],
    [`${'- '.repeat(100_000)}x`, '1:129: is nested deeper than 64'],
    [`${'? '.repeat(100_000)}x`, expect.stringContaining('is nested deeper than 64')],
    ['1: a\n"1": b\n', '2:1: this key is there twice'],
  ])('%#: is a mistake with its place', (text, problem) => {
    expect(refusal(text)[0]).toEqual(problem);
    expect(refusal(text).length).toBeLessThanOrEqual(20);
  });

  it('an alias that leads somewhere: is what it stands for', () => {
    const open = z.looseObject({});
    expect(readConfig(directoryWith({ x: 'a: &x [1, 2]\nb: *x\n' }).concat('/x'), open).value).toEqual({
      a: [1, 2],
      b: [1, 2],
    });
  });

  it('aliases of aliases that stand for a million values: are a mistake, before any value is made', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `k${i + 1}: &k${i + 1} [${Array(8).fill(`*k${i}`).join(', ')}]`);
    expect(refusal(['k0: &k0 x', ...lines].join('\n'))).toEqual([
      '2:10: its aliases stand for more than 100000 values; write out what is meant',
    ]);
  });

  it('more than a hundred thousand values without any alias: are a mistake that speaks of none', () => {
    expect(refusal(`a: [${'b,'.repeat(100_001)}]`)).toEqual(['1:1: it holds more than 100000 values']);
  });

  it.each([
    ['aliases of one value', `a: &a x\nb: [${Array(1000).fill('*a').join(', ')}]\n`],
    ['anchors', `b:\n${Array.from({ length: 1001 }, (_, i) => ` - &a${i} x\n`).join('')}c: *a7\n`],
  ])('more than a thousand %s: are a mistake, since each is looked for among all', (_, text) => {
    expect(refusal(text)[0]).toMatch(/^\d+:\d+: it has more than 1000 anchors and aliases; write out what is meant$/);
  });

  it('thousands of mistakes: the first are shown, and how many more there are', () => {
    const problems = refusal(`list:\n${' - { nam: a }\n'.repeat(3000)}`);
    expect(problems).toHaveLength(101);
    expect(problems[0]).toBe('2:4: missing key "list[0].name"');
    expect(problems.at(-1)).toBe('0:0: has 5900 more mistakes');
  });

  it('a long list behind a hundred aliases: is a mistake as well', () => {
    const list = Array(20_000).fill('x').join(', ');
    expect(refusal(`a: &a [${list}]\nb: [${Array(100).fill('*a').join(', ')}]\n`)[0]).toContain(
      'more than 100000 values',
    );
  });

  it('ten thousand keys in one map: are compared with none but their equals', () => {
    const keys = Array.from({ length: 10_000 }, (_, i) => `k${i}: 1`);
    const { located } = readConfig(directoryWith({ x: keys.join('\n') }).concat('/x'), z.looseObject({}));
    const twice = new Located('x', [...keys, 'k0: 2'].join('\n'));
    expect(Object.keys(located.value)).toHaveLength(10_000);
    expect(twice.problems).toEqual([{ file: 'x', line: 10_001, column: 1, message: 'this key is there twice' }]);
  });

  it('text that is no YAML: where it goes wrong', () => {
    expect(refusal('mode: [read\n')[0]).toMatch(/^\d+:\d+: .+/);
    expect(refusal('- a\n- b\n')).toEqual(['1:1: the file must hold "key: value" lines']);
    expect(refusal('just text')).toEqual(['1:1: the file must hold "key: value" lines']);
  });

  it('a prototype in the text: is a key like any other', () => {
    expect(refusal('__proto__:\n  mode: write\n')[0]).toContain('unknown key "__proto__"');
    expect(refusal('constructor: 1\n')[0]).toContain('unknown key "constructor"');
  });

  it('values are not repeated in messages: one may be a secret', () => {
    expect(refusal('health-check-threshold: hunter2\n')[0]).not.toContain('hunter2');
  });

  it('a key that once meant something: a warning with its place, and no effect', () => {
    const obsolete = { 'shm-prefix': 'there is no shared memory any more' };
    const { value, warnings } = read('mode: write\nshm-prefix: x\n', { obsolete });
    expect(value.mode).toBe('write');
    expect(warnings).toMatchObject([{ line: 2, column: 1 }]);
    expect(warnings[0].message).toBe('"shm-prefix" has no effect: there is no shared memory any more');
  });

  it('settings from elsewhere: go before the file, and are checked alike', () => {
    expect(read('mode: read\n', { settings: { mode: 'write' } }).value.mode).toBe('write');
    expect(() => read('mode: read\n', { settings: { mode: 'x' } })).toThrow('command line: mode: must be one of');
    expect(() => read('', { settings: { mod: 'x' } })).toThrow('command line: unknown key "mod"; did you mean "mode"?');
  });

  it('a file that is not there: CONFIG_NOT_FOUND', () => {
    expect(() => readConfig('/nowhere/x.conf', schema)).toThrow(
      'cannot read configuration file /nowhere/x.conf: there is no such file',
    );
  });
});

describe('where a configuration file comes from', () => {
  const dir = () => directoryWith({ 'my-plugin.conf': '', 'other.conf': '' });

  it('the flag, else the environment, else the directory', () => {
    const there = dir();
    const [implicit, other] = [join(there, 'my-plugin.conf'), join(there, 'other.conf')];
    const env = { MY_PLUGIN_CONFIG: other };
    expect(configFileOf('my-plugin', { files: { 'my-plugin': implicit }, env, dir: there })).toBe(implicit);
    expect(configFileOf('my-plugin', { env, dir: there })).toBe(other);
    expect(configFileOf('my-plugin', { env: {}, dir: there })).toBe(implicit);
    expect(configFileOf('my-plugin', { env: { MY_PLUGIN_CONFIG: '' }, dir: there })).toBe(implicit);
  });

  it('nothing named and nothing there: defaults', () => {
    expect(configFileOf('nobody', { dir: dir() })).toBeUndefined();
    expect(configFileOf('nobody', {})).toBeUndefined();
  });

  it('NAME.conf or NAME.yaml: either will do, both are refused', () => {
    const there = directoryWith({ 'one.conf': '', 'other.yaml': '', 'two.conf': '', 'two.yaml': '' });
    expect(configFileOf('one', { dir: there })).toBe(join(there, 'one.conf'));
    expect(configFileOf('other', { dir: there })).toBe(join(there, 'other.yaml'));
    expect(() => configFileOf('two', { dir: there })).toThrow(/plugin two has two configurations, .*; keep one/);
  });

  it('a file that cannot be looked at: never taken for one that is not there', () => {
    const dir = directoryWith({});
    symlinkSync('govpp.conf', join(dir, 'govpp.conf')); // to itself
    expect(() => configFileOf('govpp', { dir })).toThrow(
      `cannot look for configuration file ${join(dir, 'govpp.conf')}: its links lead in a circle`,
    );
  });

  it('a named file that is missing: never silently ignored', () => {
    expect(() => configFileOf('a-b', { files: { 'a-b': '/no/file' } })).toThrow(
      '--a-b-config names /no/file, but there is no such file',
    );
    expect(() => configFileOf('a-b', { env: { A_B_CONFIG: '/no/file' } })).toThrow(
      'environment variable A_B_CONFIG names /no/file, but there is no such file',
    );
  });

  it('the variable of a plugin: upper case, dashes as underscores', () => {
    expect(configVariable('interface-lister')).toBe('INTERFACE_LISTER_CONFIG');
  });
});

describe('--<name>-config flags', () => {
  it('both forms: are taken out, the rest is left', () => {
    const argv = ['run', '--govpp-config', 'a.conf', '--config-dir', 'conf', '--interface-lister-config=b.conf', '-v'];
    expect(takeConfigFlags(argv)).toEqual({
      files: { govpp: 'a.conf', 'interface-lister': 'b.conf' },
      rest: ['run', '--config-dir', 'conf', '-v'],
    });
  });

  it('behind --: nothing is a flag', () => {
    const argv = ['--', '--govpp-config', 'a'];
    expect(takeConfigFlags(argv)).toEqual({ files: {}, rest: argv });
  });

  it.each([[['--govpp-config']], [['--govpp-config=']], [['--govpp-config', '--verbose']]])(
    '%s: has no path',
    (argv) => {
      expect(() => takeConfigFlags(argv)).toThrow('--govpp-config needs the path of a file');
    },
  );
});
