import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeFolders } from '../src/make-folders.js';

it('makes the folder with all that lead to it, and says whether it did', () => {
  const root = mkdtempSync(join(tmpdir(), 'vppmux-folders-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, 'a', 'b');
  expect(makeFolders(folder, 0o700)).toBe(true);
  expect(statSync(join(root, 'a')).mode & 0o777).toBe(0o700);
  expect(makeFolders(folder)).toBe(false);
});

it('where nothing can be made: throws, and does not try for ever', () => {
  expect(() => makeFolders('/proc/nowhere/vppmux')).toThrow(/ENOENT/);
});
