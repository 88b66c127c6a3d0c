/** Waits of the tests of the page: see `seen`, which does not mind that a live page shows something in two places. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/built.js';

it('wait for what is seen, in however many places', () => {
  const folder = join(root, 'test/web');
  const strict = readdirSync(folder)
    .filter((name) => name.endsWith('.test.ts') && name !== 'waits.test.ts')
    .filter((name) => readFileSync(join(folder, name), 'utf8').includes('.waitFor()'));
  expect(strict).toEqual([]);
});
