import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { unifiedDiff } from '../../../src/cli/fleet/unified-diff.js';
import { needsTools } from '../../support/needs.js';

it.each<[string, string, string[]]>([
  ['', '', []],
  ['a\n', 'a\n', []],
  ['', 'a\nb\n', ['@@ -0,0 +1,2 @@', '+a', '+b']],
  ['a\n', '', ['@@ -1 +0,0 @@', '-a']],
  ['a\nb\nc\n', 'a\nx\nc\n', ['@@ -1,3 +1,3 @@', ' a', '-b', '+x', ' c']],
])('%j and %j: %j', (before, after, lines) => expect(unifiedDiff(before, after)).toEqual(lines));

it('texts that differ in far parts: have a hunk each, with three lines around it', () => {
  const lines = Array.from({ length: 30 }, (_, at) => `line ${at}`);
  const changed = lines.map((line, at) => (at === 5 || at === 25 ? 'x' : line));
  const heads = unifiedDiff(lines.join('\n'), changed.join('\n')).filter((line) => line.startsWith('@@'));
  expect(heads).toEqual(['@@ -3,7 +3,7 @@', '@@ -23,7 +23,7 @@']);
});

it('any two texts: patch makes the second of the first', needsTools('patch'), () => {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-diff-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 20 })
    .map((all) => `${all.join('\n')}\n`);
  fc.assert(
    fc.property(text, text, (before, after) => {
      const file = join(folder, 'file');
      writeFileSync(file, before);
      const input = `--- file\n+++ file\n${unifiedDiff(before, after).join('\n')}\n`;
      const { status, stdout } = spawnSync('patch', ['-s', '-o', '-', file], { input, encoding: 'utf8' });
      expect([before === after || status === 0, before === after ? after : stdout]).toEqual([true, after]);
    }),
    { numRuns: 60 },
  );
});
