import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';

/** A clone whose npm installs a compiler that fails, and then runs `prepare` as npm does. */
function cloneThatDoesNotCompile() {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-prepare-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(fileURLToPath(new URL('../../scripts', import.meta.url)), join(folder, 'scripts'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "type": "module", "engines": { "node": ">=20.0.0" } }');
  writeFileSync(join(folder, 'package-lock.json'), '{}');
  mkdirSync(join(folder, 'bin'));
  writeFileSync(
    join(folder, 'bin', 'npm'),
    `#!/bin/sh\nmkdir -p node_modules/typescript/bin && echo 'process.exit(2)' > node_modules/typescript/bin/tsc && node scripts/prepare.mjs\n`,
  );
  chmodSync(join(folder, 'bin', 'npm'), 0o755);
  const env = { ...process.env, PATH: `${join(folder, 'bin')}${delimiter}${process.env.PATH}` };
  return { folder, env };
}

it('npm start where only the compiler fails: says that, and does not blame the network', () => {
  const { folder, env } = cloneThatDoesNotCompile();
  const { status, stderr } = spawnSync(process.execPath, ['scripts/start.mjs'], { cwd: folder, env, encoding: 'utf8' });
  expect(stderr).toMatch(/dependencies installed[\s\S]*the build failed: the compiler names the files above\n$/);
  expect(stderr).not.toMatch(/npm ci failed|registry/);
  expect(status).toBe(1);
});
