import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { HiddenBytes, readSecret, secret } from '../../src/wish/secret.js';
import { scratch } from '../support/vpp.js';

function ownFile(): string {
  const { path, remove } = scratch();
  onTestFinished(remove);
  return path('key');
}

describe('a secret', () => {
  it('is the text of a file or an environment variable, without the line end', () => {
    const file = ownFile();
    writeFileSync(file, 'hush hush\n');
    expect(readSecret({ file })).toBe('hush hush');
    process.env.VPPMUX_TEST_SECRET = ' hush ';
    expect(readSecret({ env: 'VPPMUX_TEST_SECRET' })).toBe('hush');
  });

  it('that is not there, empty or binary: an error that does not repeat it', () => {
    const file = ownFile();
    expect(() => readSecret({ file })).toThrow(`the secret in ${file} cannot be read: there is no such file`);
    expect(() => readSecret({ env: 'VPPMUX_NO_SUCH' })).toThrow(
      'the environment variable VPPMUX_NO_SUCH has no secret',
    );
    writeFileSync(file, 'hush\nhush\n');
    expect(() => readSecret({ file })).toThrow(`the secret in ${file} is not one line of printable characters`);
  });

  it('in what never ends, or never begins: is not read, since a plan may name any path', () => {
    const pipe = ownFile();
    execFileSync('mkfifo', [pipe]);
    expect(() => readSecret({ file: pipe })).toThrow('cannot be read: it is a named pipe, not a file');
    expect(() => readSecret({ file: '/dev/zero' })).toThrow('cannot be read: it is a device, not a file');
  });

  it('that VPP told: can be compared, and is not shown', () => {
    const hidden = { key: new HiddenBytes(Buffer.from('hush')) };
    expect([hidden.key.equals(Buffer.from('hush')), hidden.key.equals(Buffer.from('hus'))]).toEqual([true, false]);
    expect([JSON.stringify(hidden), inspect(hidden), stringify(hidden)].join(' ')).not.toMatch(/hush|104/);
  });

  it.each([
    ['hush', 'must say where it is: { file: PATH } or { env: NAME }'],
    [{}, 'needs a file or an env, and not both'],
    [{ file: '/a', env: 'A' }, 'needs a file or an env, and not both'],
    [{ file: 'a' }, 'must be an absolute path'],
  ])('written as %j: refused', (value, message) => {
    const { error } = secret.safeParse(value);
    expect(error?.issues.map((issue) => issue.message)).toEqual([message]);
  });
});
