/** Names that others can make lead elsewhere. Those of other users need root to be made. */

import { chmodSync, chownSync, lchownSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { replaceablePart } from '../../../src/cli/files/replaceable.js';
import { directoryWith } from '../../agent/support.js';
import { needsRoot } from '../../support/excused.js';

const STRANGER = 54_321;

let dir: string;
let file: string;
beforeEach(() => {
  dir = directoryWith({});
  mkdirSync(join(dir, 'a', 'b'), { recursive: true, mode: 0o755 });
  file = join(dir, 'a', 'b', 'file');
  writeFileSync(file, '');
});

describe('a path that others cannot exchange', () => {
  it('below a sticky folder, as /tmp, in folders of this user: none', () => {
    expect(replaceablePart(file)).toBeUndefined();
    expect(replaceablePart('/')).toBeUndefined();
    expect(replaceablePart('/proc/self/../..')).toBeUndefined();
  });

  it('by way of links of this user, up and down: none', () => {
    symlinkSync('../a', join(dir, 'a', 'up'));
    symlinkSync(join(dir, 'a', 'up', 'b'), join(dir, 'link'));
    expect(replaceablePart(`${dir}/link/../b/./file`)).toBeUndefined();
  });

  it('nothing there, or links in a circle: thrown', () => {
    expect(() => replaceablePart(join(dir, 'none', 'file'))).toThrow(/ENOENT/);
    symlinkSync('circle', join(dir, 'circle'));
    expect(() => replaceablePart(join(dir, 'circle'))).toThrow('too many links');
  });
});

describe('a path that others can exchange', () => {
  it('a folder above that all can write: what is in it', () => {
    chmodSync(join(dir, 'a'), 0o777);
    expect(replaceablePart(file)).toBe(join(dir, 'a', 'b'));
  });

  it('the same behind a link, and behind a link behind a link', () => {
    chmodSync(join(dir, 'a'), 0o777);
    symlinkSync(join(dir, 'a', 'b'), join(dir, 'first'));
    symlinkSync('first', join(dir, 'second'));
    mkdirSync(join(dir, 'safe'));
    symlinkSync('../../safe', join(dir, 'a', 'b', 'back'));
    expect(replaceablePart(join(dir, 'second', 'file'))).toBe(join(dir, 'a', 'b'));
    expect(replaceablePart(join(dir, 'second', 'back'))).toBe(join(dir, 'a', 'b'));
  });

  it('a folder of another user above, or one that a group of others can write', (context) => {
    needsRoot(context);
    chownSync(join(dir, 'a'), 0, STRANGER);
    chmodSync(join(dir, 'a'), 0o775);
    expect(replaceablePart(file)).toBe(join(dir, 'a', 'b'));
    chownSync(join(dir, 'a'), STRANGER, 0);
    chmodSync(join(dir, 'a'), 0o755);
    expect(replaceablePart(file)).toBe(join(dir, 'a', 'b'));
  });

  it('a link, or a folder, of another user in a sticky folder', (context) => {
    needsRoot(context);
    chmodSync(join(dir, 'a'), 0o1777);
    symlinkSync('b', join(dir, 'a', 'link'));
    expect(replaceablePart(join(dir, 'a', 'link', 'file'))).toBeUndefined();
    lchownSync(join(dir, 'a', 'link'), STRANGER, STRANGER);
    expect(replaceablePart(join(dir, 'a', 'link', 'file'))).toBe(join(dir, 'a', 'link'));
    chownSync(join(dir, 'a', 'b'), STRANGER, STRANGER);
    expect(replaceablePart(file)).toBe(join(dir, 'a', 'b'));
  });
});
