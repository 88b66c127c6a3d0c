/** The file of a wish, as the agent follows it. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Controller } from '../../../src/plugins/desired-state/controller.js';
import { WishFile } from '../../../src/plugins/desired-state/wish-file.js';
import { temporaryFolder } from './support.js';

function fileWith(ready: Controller['ready']) {
  const lines: string[] = [];
  let changes = 0;
  const note = (text: string) => void lines.push(text);
  const controller = { ready, apply: () => Promise.reject(new Error('is not applied here')) };
  const file = new WishFile(controller, { info: note, warn: note, error: note }, () => changes++);
  const path = join(temporaryFolder(), 'wish.yaml');
  writeFileSync(path, 'loopbacks: { loop0: {} }\n');
  return { file, path, lines, changes: () => changes };
}

it('the wishes cannot be read: the file is not applied, with the reason', async () => {
  const { file, path, lines, changes } = fileWith(() => Promise.reject(new Error('the disk is away')));
  await file.follow(path);
  file.stop();
  expect(file.trouble).toBe(`${path} is not applied: the disk is away`);
  expect([lines, changes()]).toEqual([[file.trouble], 1]);
});

it('the agent ends meanwhile: nothing is said of the file', async () => {
  let fail = () => {};
  const { file, path, lines, changes } = fileWith(
    () => new Promise((_, reject) => (fail = () => reject(new Error('the agent is ending')))),
  );
  const following = file.follow(path);
  file.stop();
  fail();
  await following;
  expect([file.trouble, lines, changes()]).toEqual([undefined, [], 0]);
});
