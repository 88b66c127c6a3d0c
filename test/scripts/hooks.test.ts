import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/built.js';

it('modules that tests import: have no hooks at their top, which only the first of the files that share a process would get', () => {
  const tests = join(root, 'test');
  const modules = readdirSync(tests, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts'),
  );
  expect(modules).toContain('support/world.ts');
  const hook = /^(before|after)(Each|All)\(/m;
  expect(modules.filter((path) => hook.test(readFileSync(join(tests, path), 'utf8')))).toEqual([]);
});
