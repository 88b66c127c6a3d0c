/** A build while other processes run what is built, or build, too. */

import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const script = (name: string) => new URL(`../../scripts/${name}`, import.meta.url).href;
const { replaceTree } = (await import(script('replace-tree.mjs'))) as {
  replaceTree: (fresh: string, target: string) => void;
};

function treeOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

describe('a new build in place of the old one', () => {
  it('files: what changed and what is new is there, what is gone is removed, dot files stay', () => {
    const target = treeOf({ 'a.js': 'old', 'src/gone.js': 'gone', '.built': '', 'src/same.js': 'same' });
    replaceTree(treeOf({ 'a.js': 'new', 'src/same.js': 'same', 'src/deep/b.js': 'b' }), target);
    const files = readdirSync(target, { recursive: true, encoding: 'utf8' }).sort();
    expect(files).toEqual(['.built', 'a.js', 'src', 'src/deep', 'src/deep/b.js', 'src/same.js']);
    expect(readFileSync(join(target, 'a.js'), 'utf8')).toBe('new');
  });

  it('a file that is the same: is left alone; one that changed: is exchanged, never written into', () => {
    const target = treeOf({ 'same.js': 'same', 'a.js': 'old' });
    const inode = (name: string) => statSync(join(target, name)).ino;
    const before = ['same.js', 'a.js'].map(inode);
    replaceTree(treeOf({ 'same.js': 'same', 'a.js': 'new' }), target);
    expect(inode('same.js')).toBe(before[0]);
    expect(inode('a.js')).not.toBe(before[1]);
  });

  it('no build before: all of it is there', () => {
    const target = join(treeOf({}), 'dist');
    replaceTree(treeOf({ 'a/b.js': 'b' }), target);
    expect(readFileSync(join(target, 'a', 'b.js'), 'utf8')).toBe('b');
  });
});

describe('the lock of a build', () => {
  /** Appends `+` when it has the lock, and `-` when it lets go of it. */
  const PROGRAM = `
    import { appendFileSync } from 'node:fs';
    const { withBuildLock } = await import(process.argv[1]);
    const [, , tree] = process.argv;
    withBuildLock(tree, () => {
      appendFileSync(tree + '/log', '+');
      for (let i = 0; i < 200; i++) appendFileSync(tree + '/log', '.');
      appendFileSync(tree + '/log', '-');
    });`;
  const args = (tree: string) => ['--input-type=module', '-e', PROGRAM, script('build-lock.mjs'), tree];
  const build = (tree: string) =>
    new Promise((resolve) => spawn(process.execPath, args(tree), { stdio: 'inherit' }).on('close', resolve));

  it('four at once: one after the other, and nothing is left behind', async () => {
    const tree = treeOf({});
    expect(await Promise.all(Array.from({ length: 4 }, () => build(tree)))).toEqual([0, 0, 0, 0]);
    expect(readFileSync(join(tree, 'log'), 'utf8').replaceAll('.', '')).toBe('+-+-+-+-');
    expect(readdirSync(tree)).toEqual(['log']);
  });

  it('of a process that was killed: is taken away', async () => {
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const tree = treeOf({ '.build-lock': `${dead}` });
    expect(await build(tree)).toBe(0);
    expect(existsSync(join(tree, '.build-lock'))).toBe(false);
  });
});
