import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { UsageError } from '../../../src/cli/errors.js';
import { argumentFields, jsonFields } from '../../../src/cli/fields/typed-fields.js';
import type { Field } from '../../../src/mux/schema/model.js';
import * as sample from '../../mux/json/sample-fields.js';

const { field } = sample;
const bytes = (...values: number[]) => Uint8Array.from(values);
const typed = (wanted: Field, value: unknown) => argumentFields([wanted], { [wanted.name]: value })[wanted.name];

describe('values of arguments', () => {
  it('bytes as @FILE: the content of the file, from arguments only', () => {
    const dir = mkdtempSync(join(tmpdir(), 'vppmux-bytes-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const file = join(dir, 'key');
    writeFileSync(file, bytes(0, 1, 255));
    const key = field('key', 'u8', { kind: 'trailing' });
    expect(argumentFields([key], { key: `@${file}` })).toEqual({ key: bytes(0, 1, 255) });
    expect(argumentFields([sample.text('key')], { key: `@${file}` })).toEqual({ key: `@${file}` });
    expect(() => jsonFields([key], { key: `@${file}` })).toThrow(/@FILE is read in field=@FILE only/);
    const holder = field('holder', sample.struct('holder', [key]));
    expect(argumentFields([holder], { holder: { key: `@${file}` } })).toEqual({ holder: { key: bytes(0, 1, 255) } });
    expect(() => argumentFields([holder], { holder: `{"key":"@${file}"}` })).toThrow(/not in JSON/);
    expect(() => argumentFields([key], { key: `@${file}-none` })).toThrow(
      /key-none cannot be read: there is no such file/,
    );
    expect(() => argumentFields([key], { key: `@${dir}` })).toThrow(/cannot be read: it is a directory/);
    truncateSync(file, 2 ** 20 + 1);
    expect(() => argumentFields([key], { key: `@${file}` })).toThrow(UsageError);
    expect(argumentFields([key], { key: '@/dev/null' })).toEqual({ key: bytes() });
  });

  it.each<[string, Field, string, unknown]>([
    ['bytes', field('f', 'u8', { kind: 'trailing' }), '[1,2]', [1, 2]],
    ['numbers', field('f', 'u32', { kind: 'fixed', length: 2 }), '[1,2]', [1, 2]],
  ])('a list as JSON: %s', (_, wanted, given, expected) => {
    expect(typed(wanted, given)).toEqual(expected);
  });

  it('a struct as JSON: the same', () => {
    expect(typed(field('route', sample.route), '{"table_id":1,"paths":[{"weight":"2"}]}')).toEqual({
      table_id: 1,
      paths: [{ weight: 2 }],
    });
  });

  it('a struct as broken JSON: refused, with the text', () => {
    expect(() => typed(field('route', sample.route), '{"table_id":')).toThrow(UsageError);
    expect(() => typed(field('route', sample.route), '{"table_id":')).toThrow(/'\{"table_id":' is not JSON/);
  });

  it('a path where a number is expected: is what the shell made of ~0', () => {
    expect(() => typed(field('index', sample.interfaceIndex), '/root')).toThrow(
      /index is a number, not the path \/root: a shell makes one of ~0; quote it, as 'index=~0'/,
    );
    expect(typed(sample.text('f'), '/root')).toBe('/root');
    expect(jsonFields([field('f', 'u32')], { f: '/root' })).toEqual({ f: '/root' });
  });
});
