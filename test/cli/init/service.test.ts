import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { commandFor } from '../../../src/cli/init/service.js';
import { directoryWith } from '../../agent/support.js';

/** Links to the program in two folders, and in a third a program of the same name. */
function installed() {
  const root = directoryWith({});
  const program = join(root, 'vppmux.js');
  writeFileSync(program, '#!/usr/bin/env node\n', { mode: 0o755 });
  const command = (folder: string) => {
    const path = join(root, folder, 'vppmux');
    mkdirSync(dirname(path), { recursive: true });
    return path;
  };
  for (const folder of ['bin', 'node_modules/.bin']) symlinkSync(program, command(folder));
  writeFileSync(command('other'), '#!/bin/sh\n', { mode: 0o755 });
  return { root, program };
}

it.each([
  [['/bin'], 'bin/vppmux'],
  [['/other', '/bin'], 'bin/vppmux'],
  // npx puts it there: what is printed is to be copied into a terminal, which does not have it.
  [['/node_modules/.bin'], undefined],
  [['/node_modules/.bin', '/bin'], 'bin/vppmux'],
  [['/other'], undefined],
])('the command of a program, with %j on the path: %s', (folders, found) => {
  const { root, program } = installed();
  const path = folders.map((folder) => `${root}${folder}`).join(delimiter);
  expect(commandFor('vppmux', program, path)).toBe(found && join(root, found));
});
