import { chmodSync, chownSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSecretFile } from '../../../src/agent/config/secret-file.js';
import { needsRoot } from '../../support/excused.js';
import { directoryWith } from '../support.js';

function secret(mode: number) {
  const file = join(directoryWith({ secret: 'content' }), 'secret');
  chmodSync(file, mode);
  const warnings: string[] = [];
  return { file, warnings, read: () => readSecretFile(file, (text) => warnings.push(text)).toString() };
}

describe('a file that holds a secret', () => {
  it.each([0o400, 0o600, 0o440, 0o640])('mode %o: is read', (mode) => {
    const { read, warnings } = secret(mode);
    expect(read()).toBe('content');
    expect(warnings).toEqual([]);
  });

  it.each([
    [0o644, 'every user of this machine can read it (mode 0644)'],
    [0o604, 'every user of this machine can read it (mode 0604)'],
    [0o444, 'every user of this machine can read it (mode 0444)'],
    [0o602, 'every user of this machine can change it (mode 0602)'],
    [0o666, 'every user of this machine can change it (mode 0666)'],
    [0o660, 'members of its group can change it (mode 0660)'],
  ])('mode %o: is refused, with the command that mends it', (mode, why) => {
    const { file, read } = secret(mode);
    expect(read).toThrow(expect.objectContaining({ code: 'TOO_OPEN', message: `${why}; chmod 640 ${file}` }));
  });

  it('as Kubernetes mounts it, behind two links, with mode 0440: is read; what counts is the file, not the link', () => {
    const dir = directoryWith({ '..2026_11_28/token': 'content' });
    chmodSync(join(dir, '..2026_11_28/token'), 0o440);
    symlinkSync('..2026_11_28', join(dir, '..data'));
    symlinkSync('..data/token', join(dir, 'token'));
    const read = () => readSecretFile(join(dir, 'token'), () => {}).toString();
    expect(read()).toBe('content');
    chmodSync(join(dir, '..2026_11_28/token'), 0o444);
    expect(read).toThrow('every user of this machine can read it');
  });

  it('is none: is refused as any other is', () => {
    const dir = directoryWith({});
    mkdirSync(join(dir, 'folder'));
    expect(() => readSecretFile(join(dir, 'folder'), () => {})).toThrow('it is a directory');
    expect(() => readSecretFile(join(dir, 'gone'), () => {})).toThrow('there is no such file');
  });

  it('another user owns it: is read, and warned of', (context) => {
    needsRoot(context);
    const { file, read, warnings } = secret(0o640);
    chownSync(file, 12_345, 0);
    expect(read()).toBe('content');
    expect(warnings).toEqual([`${file} belongs to user 12345, who can read and change it; chown root ${file}`]);
  });

  it('the owner is from outside of this user namespace: is read without a warning', (context) => {
    needsRoot(context);
    const { file, read, warnings } = secret(0o440);
    chownSync(file, 65_534, 65_534);
    expect(read()).toBe('content');
    expect(warnings).toEqual([]);
  });
});
