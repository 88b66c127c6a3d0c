/** `vppmux init` from a clone whose conf/ its user has edited. */

import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { directoryWith } from '../../agent/support.js';
import { run } from '../../package/packed-file.js';
import { builtTree, root } from '../../support/built.js';

it('writes the defaults, whatever was tried in the clone', { timeout: 60_000 }, async () => {
  builtTree();
  const base = directoryWith({});
  const clone = join(base, 'clone');
  mkdirSync(clone);
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(files).not.toContain('conf');
  for (const path of ['package.json', 'bin', 'dist/src', 'templates', 'conf']) {
    cpSync(join(root, path), join(clone, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(clone, 'node_modules'));
  writeFileSync(join(clone, 'conf', 'http.conf'), 'loopback-access: write\nwrite-token: a-secret-of-the-clone\n');
  writeFileSync(join(clone, 'conf', 'trace.conf'), 'enabled: true\n');
  writeFileSync(join(clone, 'conf', 'agent.yaml'), 'plugins: [./mine.js]\n');
  writeFileSync(join(clone, 'conf', 'govpp.conf'), 'unsafe: [broken');
  writeFileSync(join(clone, 'conf', 'mine.conf'), 'every: 1s\n');

  const init = (program: string, folder: string) =>
    run(process.execPath, [join(program, 'bin', 'vppmux.js'), 'init', join(base, folder), '--no-tokens'], base);
  expect(await init(clone, 'edited')).toMatchObject({ code: 0 });
  expect(await init(root, 'pristine')).toMatchObject({ code: 0 });
  const unit = '--exclude=vppmux.service';
  expect(await run('diff', ['-r', unit, 'edited', 'pristine'], base)).toEqual({ code: 0, stdout: '', stderr: '' });
});
