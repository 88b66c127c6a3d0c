/** The packed file in an empty folder, as a stranger has it: it installs, compiles and runs with nothing of the clone. */

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtTree, root } from '../support/built.js';
import { testMock } from '../support/mock.js';
import { emptyFolder, installInto, packInto, run } from './packed-file.js';
import { snippet } from './snippets.js';

const CONSUMERS = join(root, 'test', 'package', 'consumer');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

const packing = emptyFolder();
const { folder, remove } = emptyFolder();
const installed = join(folder, 'node_modules', 'vppmux');
const program = join(installed, 'bin', 'vppmux.js');
let outcome: Awaited<ReturnType<typeof installInto>>;

/** Whole programs of README and docs by the names that they get. */
const PROGRAMS = {
  'client.ts': () => snippet('README.md', 'ts', "connect({ name: 'my-tool' })"),
  'loop-watch.ts': () => snippet('README.md', 'ts', "name: 'loop-watch'"),
  'write-audit.ts': () => snippet('docs/plugins.md', 'ts', "name: 'write-audit'"),
  'acme.ts': () => snippet('docs/operations.md', 'ts', "name: 'acme.set-state'"),
  'events.ts': () =>
    `import { connect } from 'vppmux';\nconst ch = (await connect()).channel();\n${snippet('docs/client.md', 'ts', "'gap' in item")}`,
};

beforeAll(async () => {
  builtTree();
  outcome = await installInto(folder, await packInto(packing.folder));
  mkdirSync(join(folder, 'programs'));
  for (const [name, text] of Object.entries(PROGRAMS)) writeFileSync(join(folder, 'programs', name), text());
  for (const name of readdirSync(CONSUMERS)) {
    writeFileSync(join(folder, `programs/of-the-test-${name}`), readFileSync(join(CONSUMERS, name)));
  }
}, 900_000);

afterAll(() => {
  packing.remove();
  remove();
});

const node = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  run(process.execPath, args, folder, { VPP_API_DIR: undefined, XDG_CACHE_HOME: join(folder, 'cache'), ...env });

/** A test of what is installed; skipped, with the reason, where the registry that `npm ci` uses cannot be reached. */
function installedTest(name: string, body: () => Promise<void> | void) {
  it(name, { timeout: 300_000 }, async ({ task, skip }) => {
    if (outcome.unreachable) {
      Object.assign(task.meta, { excuse: outcome.unreachable });
      skip(outcome.unreachable);
    }
    await body();
  });
}

async function compiles(module: string, moduleResolution: string, ...more: readonly string[]) {
  const how = ['--module', module, '--moduleResolution', moduleResolution, '--target', 'es2022', '--strict', ...more];
  const files = readdirSync(join(folder, 'programs')).filter((name) => name.endsWith('.ts'));
  const ended = await node([tsc, ...how, '--skipLibCheck', 'false', ...files.map((name) => `programs/${name}`)]);
  expect(ended).toEqual({ code: 0, stdout: '', stderr: '' });
}

describe('the packed file in an empty folder', { shuffle: false }, () => {
  installedTest('npm install --engine-strict --ignore-scripts: succeeds without a warning', () => {
    // A package deep below may be deprecated any day, which stops nobody.
    const warnings = outcome.stderr
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('npm warn deprecated'));
    expect({ code: outcome.code, warnings }).toEqual({ code: 0, warnings: [] });
  });

  installedTest('its package.json: has no scripts, says what it is, and can be imported', async () => {
    const own = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(own.scripts).toBeUndefined();
    expect(own).toMatchObject({ description: expect.stringMatching(/VPP/), license: 'Apache-2.0' });
    expect(own.keywords).toContain('vpp');
    const text = `import own from 'vppmux/package.json' with { type: 'json' };\nconsole.log(own.version);\n`;
    writeFileSync(join(folder, 'version.mjs'), text);
    expect((await node(['version.mjs'])).stdout).toBe(`${own.version}\n`);
  });

  installedTest('source maps: have their sources in them', () => {
    // The page of the dashboard, in dist/ui, has none: they would be the larger part of the package.
    const all = readdirSync(join(installed, 'dist'), { recursive: true, encoding: 'utf8' });
    const inside = all.filter((path) => !path.startsWith(`ui${sep}`));
    const maps = inside.filter((path) => path.endsWith('.map'));
    expect(maps).toHaveLength(inside.filter((path) => path.endsWith('.js')).length);
    const bare = maps.filter((path) => {
      const { sources, sourcesContent = [] } = JSON.parse(readFileSync(join(installed, 'dist', path), 'utf8'));
      return sources.some((_: string, at: number) => typeof sourcesContent[at] !== 'string');
    });
    expect(bare).toEqual([]);
  });

  installedTest('all doors and the programs of README and docs, strict, without skipLibCheck, bundler: compile', () =>
    compiles('esnext', 'bundler', '--noEmit', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess'),
  );

  installedTest('all doors and the programs of README and docs, strict, without skipLibCheck, nodenext: compile', () =>
    compiles('nodenext', 'nodenext', '--outDir', 'dist'),
  );

  installedTest('a large wish: is read by a thread, of which nothing is left', async () => {
    const text = `import { validateWishAsync } from 'vppmux/wish';
      let threads = 0;
      process.on('worker', () => threads++);
      const itfs = Array.from({ length: 5000 }, (_, i) => \`  Gi\${i}: { mtu: 1500 }\n\`);
      const { valid } = await validateWishAsync('interfaces:\\n' + itfs.join(''));
      console.log(valid, threads);`;
    writeFileSync(join(folder, 'large-wish.mjs'), text);
    for (const args of [['large-wish.mjs'], ['--input-type=module', '-e', text]]) {
      expect(await node(args)).toEqual({ code: 0, stdout: 'true 1\n', stderr: '' });
    }
  });

  installedTest("README's client: runs against the mock", async () => {
    const { socket } = await testMock();
    const ended = await node([join('dist', 'client.js')], { VPP_API_SOCKET: socket });
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/^VPP .*\n[\s\S]*INVALID_SW_IF_INDEX\n$/);
  });

  installedTest("README's plugin: passes plugin check", async () => {
    const { code, stdout } = await node([program, 'plugin', 'check', '--json', 'dist/loop-watch.js']);
    expect({ code, wrong: stdout.split('\n').filter((line) => line.includes('"ok":"no"')) }).toEqual({
      code: 0,
      wrong: [],
    });
  });

  for (const [name, text] of [
    ['refusal.test.mjs', () => snippet('docs/testing.md', 'js', '// refusal.test.mjs')],
    ['loop-watch.test.mjs', () => snippet('docs/testing.md', 'js', '// loop-watch.test.mjs')],
  ] as const) {
    installedTest(`docs/testing.md, ${name}: passes`, async () => {
      writeFileSync(join(folder, name), text());
      const { code, stdout } = await node(['--test', name]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^# pass 1$/m) });
    });
  }

  installedTest('plugin new: writes a plugin that depends on the packed file', async () => {
    const { code, stderr } = await node([program, 'plugin', 'new', 'uplink-watch', '--dir', 'uplink-watch']);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(folder, 'uplink-watch/package.json'), 'utf8'),
    );
    expect(dependencies.vppmux).toMatch(/^file:.*vppmux-.*\.tgz$/);
    expect(devDependencies).toMatchObject({ typescript: expect.any(String), '@types/node': expect.any(String) });
    expect(existsSync(join(folder, 'uplink-watch/.gitignore'))).toBe(true);
  });
});
