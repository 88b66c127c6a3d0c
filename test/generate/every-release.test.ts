/**
 * Compiles all that the package sends and reads with the messages of every release that it has: VPP's objects, which the
 * shipped operations use, the examples, and the plugin of the template.
 */

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
// @ts-expect-error: a script has no types
import { RELEASES } from '../../scripts/messages.mjs';
import { VERSIONS } from '../../src/vpp/messages.js';
import { run } from '../package/packed-file.js';
import { root } from '../support/built.js';

const [NEWEST, ...OLDER]: readonly string[] = RELEASES;
const TSC = join(root, 'node_modules', 'typescript', 'bin', 'tsc');

const folder = mkdtempSync(join(tmpdir(), 'vppmux-releases-'));
const declared = (release: string) => readFileSync(join(root, 'messages', `vpp-${release}.d.ts`), 'utf8');

/** Programs below `examples` and `templates` that name the newest release. */
const PROGRAMS = [
  'examples/list-interfaces.ts',
  'examples/interface-lister/interface-lister.ts',
  'templates/plugin/src/my-plugin.ts',
];

beforeAll(() => {
  for (const name of ['src', 'examples', 'messages']) cpSync(join(root, name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, 'templates', 'plugin', 'src'), { recursive: true });
  cpSync(join(root, PROGRAMS[2]), join(folder, PROGRAMS[2]));
  writeFileSync(join(folder, 'package.json'), '{ "name": "vppmux", "type": "module" }\n');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('programs of the test: name the newest release, so that another can take its place', () => {
  for (const path of PROGRAMS) expect(readFileSync(join(root, path), 'utf8')).toContain(`'vppmux/vpp-${NEWEST}'`);
  expect(readFileSync(join(root, 'src/vpp/release.ts'), 'utf8')).toContain(`messages/vpp-${NEWEST}.js`);
});

it.each(OLDER)('VPP %s: everything compiles', { timeout: 120_000 }, async (release) => {
  // A newer version of a message is sent only where the running VPP has it.
  const has = (name: string) => new RegExp(`^ {2}${name}: `, 'm').test(declared(release));
  const newer = Object.values(VERSIONS).flatMap((versions) => versions.filter((name) => !has(name)));
  const missing = newer.length === 0 ? 'never' : newer.map((name) => `'${name}'`).join(' | ');
  const messages = [
    `import type { Messages as Newest } from '../../messages/vpp-${NEWEST}.js';`,
    `import type { Messages as Older } from '../../messages/vpp-${release}.js';`,
    `export type Messages = Older & Pick<Newest, ${missing}>;`,
  ];
  writeFileSync(join(folder, 'src', 'vpp', 'release.ts'), `${messages.join('\n')}\n`);
  const { compilerOptions } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));
  const paths = { ...compilerOptions.paths, [`vppmux/vpp-${NEWEST}`]: [`./messages/vpp-${release}.d.ts`] };
  const config = {
    compilerOptions: { ...compilerOptions, noEmit: true, paths },
    files: ['src/vpp/index.ts', ...PROGRAMS],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  expect(await run(process.execPath, [TSC, '-p', folder], folder)).toEqual({ code: 0, stdout: '', stderr: '' });
});
