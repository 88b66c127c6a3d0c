/** Tokens: where they come from, and that comparing them tells nothing. */

import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { httpConfig } from '../../../src/plugins/http/config.js';
import { findToken, Secret } from '../../../src/plugins/http/secret.js';
import { directoryWith } from '../../agent/support.js';

const TOKEN = '0123456789abcdef0123456789abcdef';

describe('a token', () => {
  it('compared with anything of any length: hashes of one length, never an error', () => {
    const secret = new Secret(TOKEN);
    expect(secret.equals(TOKEN)).toBe(true);
    for (const other of ['', 'x', TOKEN.slice(1), `${TOKEN}0`, TOKEN.toUpperCase(), TOKEN.repeat(1000), '\u{1f600}']) {
      expect(secret.equals(other)).toBe(false);
    }
  });

  it('kept: not as text', () => {
    const secret = new Secret(TOKEN);
    expect(JSON.stringify(secret)).toBe('{}');
    expect(Object.keys(secret)).toEqual([]);
  });

  it.each(['', TOKEN, 'file:/etc/x', 'credential:write-token', 'env:NAME', 'abcDEF012-._~+/=='.padStart(20, 'x')])(
    '%j: is taken',
    (text) => {
      expect(httpConfig.parse({ 'read-token': text })['read-token']).toBe(text);
    },
  );

  it.each(['short', 'with a space in it all', 'colon:in-the-middle-of-it', `${TOKEN}\n`])(
    '%j: is refused, and not repeated',
    (text) => {
      const [issue] = httpConfig.safeParse({ 'write-token': text }).error?.issues ?? [];
      expect(issue.message).toMatch(/^must be file:PATH, credential:NAME, env:NAME, or a token of at least 16/);
      expect(issue.message).not.toContain(text);
    },
  );

  it('in a file: without its line break', () => {
    const file = join(directoryWith({ 'read.token': `${TOKEN}\n` }), 'read.token');
    expect(findToken('read-token', `file:${file}`, () => {})).toBe(TOKEN);
  });

  it('in a file that others can read: the start ends and says what to do', () => {
    const file = join(directoryWith({ 'read.token': TOKEN }), 'read.token');
    chmodSync(file, 0o644);
    expect(() => findToken('read-token', `file:${file}`, () => {})).toThrow(
      `read-token: cannot read ${file}: every user of this machine can read it (mode 0644); chmod 640 ${file}`,
    );
  });

  it('a credential of systemd: is in CREDENTIALS_DIRECTORY', () => {
    const dir = directoryWith({ 'write-token': `${TOKEN}\n` });
    vi.stubEnv('CREDENTIALS_DIRECTORY', dir);
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(findToken('write-token', 'credential:write-token', () => {})).toBe(TOKEN);
    const gone = () => findToken('read-token', 'credential:read-token', () => {});
    expect(gone).toThrow(`read-token: cannot read ${dir}/read-token: there is no such file`);
  });

  it.each(['../../etc/passwd', '..', '/etc/passwd', 'a b'])('credential:%s: leads nowhere else', (name) => {
    vi.stubEnv('CREDENTIALS_DIRECTORY', '/run/credentials/vppmux.service');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(() => findToken('read-token', `credential:${name}`, () => {})).toThrow('takes a name, not a path');
  });

  it('in the environment', () => {
    process.env.VPPMUX_TEST_TOKEN = TOKEN;
    onTestFinished(() => void delete process.env.VPPMUX_TEST_TOKEN);
    expect(findToken('read-token', 'env:VPPMUX_TEST_TOKEN', () => {})).toBe(TOKEN);
  });

  it.each([
    [
      'file:/nonexistent/token',
      'read-token: cannot read /nonexistent/token: there is no such file (a relative path begins in',
    ],
    ['env:VPPMUX_NOT_SET', 'read-token: the environment variable VPPMUX_NOT_SET is empty or not set'],
    [
      'credential:read-token',
      'CREDENTIALS_DIRECTORY is not set, as systemd sets it for a unit with LoadCredential=read-token:/etc/vppmux/secrets/read-token',
    ],
  ])('%s: the start ends and says why', (source, message) => {
    expect(() => findToken('read-token', source, () => {})).toThrow(message);
  });

  it('a file with something else in it: refused, and not repeated', () => {
    const dir = directoryWith({ 'a.token': 'no token at all\n', 'empty.token': '\n' });
    const find = (name: string) => () => findToken('read-token', `file:${join(dir, name)}`, () => {});
    expect(find('a.token')).toThrow(/there is no token in the file .*a\.token; it must be a token of at least 16/);
    expect(find('a.token')).not.toThrow(/no token at all/);
    expect(find('empty.token')).toThrow(/empty\.token is empty/);
  });
});
