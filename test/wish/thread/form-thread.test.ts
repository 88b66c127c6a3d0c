/** A wish's text that a thread of its own reads: the verdict is the same, others have their turn meanwhile, and no thread is left. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { builtInKinds, defineKind, type Kind, validateWish } from '../../../src/wish/index.js';
import { FormHere } from '../../../src/wish/thread/form-here.js';
import { FormThread, type FormThreadOptions } from '../../../src/wish/thread/form-thread.js';
import { readerOf } from '../../../src/wish/thread/reader-of.js';
import { validateWith } from '../../../src/wish/validate.js';
import { builtTree, root } from '../../support/built.js';

const MAIN = join(root, 'dist/src/wish/thread/main.js');

beforeAll(builtTree);

const threadOf = (text: string, options: Partial<FormThreadOptions> = {}) =>
  new FormThread({ text, kinds: builtInKinds, file: MAIN, ...options });

const colours = defineKind({
  name: 'colour',
  ownership: 'wished',
  messages: [],
  section: { key: 'colours', schema: z.array(z.strictObject({ name: z.string() })) },
  wanted: () => [],
  read: async () => [],
  needs: () => [],
  create: () => [],
});
const kinds: readonly Kind[] = [...builtInKinds, colours];

const SECTIONS = `
loopbacks: { loop0: { addresses: [ 10.0.0.1/24 ] }, loop1: {} }
x-vppmux:
  tables: { red: { id: 10, interfaces: [ loop1 ] } }
  routes: [ 192.0.2.0/24 via 10.0.0.2 loop0, { prefix: 2001:db8::/32, paths: drop } ]
  colours: [ { name: green } ]
  neighbors: { loop0: { 10.0.0.9: 02:fe:00:00:00:09 } }
  raw:
    - { name: a, create: { x: {} }, delete: { y: {} }, read: { x_dump: {}, where: { a: <loop0> } } }
`;

it.each([
  ['nothing', ''],
  ['sections, one of a plugin', SECTIONS],
  [
    'mistakes in sections, in their order',
    SECTIONS.replace('id: 10', 'id: x').replace('name: green', 'nam: 1').replace('drop', '1'),
  ],
  [
    'mistakes between objects',
    SECTIONS.replace('10.0.0.2 loop0', '10.0.0.2 loop7').replace('10.0.0.9:', '10.0.0.300:'),
  ],
  ['routes that are wrong', SECTIONS.replace('192.0.2.0/24', '192.0.2.0/24/7').replaceAll('loop1', 'loop8')],
  ['keys that are there twice', 'interfaces:\n  Gi0: { mtu: 1 }\n  Gi0: { mtu: 1500, x: 1 }\n'],
  ['two documents', 'loopbacks: { loop0: {} }\n---\nroutes: |\n  10.0.0.0/8 via 1.2.3.4 loop1\n'],
  ['no YAML', 'a: [1\n'],
  ['no mapping', '- a\n'],
  ['names of every object', 'interfaces:\n  __proto__: { mtu: 1 }\n  Gi0: { l2xc: constructor }\n'],
])('%s: the same verdict', async (_what, text) => {
  const { wish, ...verdict } = validateWish(text, { kinds });
  const { wish: aside, ...same } = await validateWith(threadOf(text, { kinds }), kinds);
  expect(same).toEqual(verdict);
  expect([aside?.file, aside?.extra]).toEqual([wish?.file, wish?.extra]);
});

it('mistakes by the thousand: each with its place', async () => {
  const names = Array.from({ length: 20_000 }, (_, i) => `  a${i}: { x: 1 }\n`);
  const { errors } = await validateWith(threadOf(`interfaces:\n${names.join('')}`), builtInKinds);
  expect([errors.length, errors.at(-1)?.place.line]).toEqual([20_000, 20_001]);
  const lines = names.map(() => '    10.0.0.0/8 drop\n');
  const twice = await validateWith(threadOf(`x-vppmux:\n  routes: |\n${lines.join('')}`), builtInKinds);
  expect([twice.errors.length, twice.errors.at(-1)?.place.line]).toEqual([19_999, 2]);
});

it('many objects: others have their turn many times', async () => {
  const itfs = Array.from({ length: 5000 }, (_, i) => `  Gi${i}: { addresses: [ 10.${i >> 8}.${i & 255}.1/24 ] }\n`);
  const routes = Array.from({ length: 20_000 }, (_, i) => `    20.${i >> 8}.${i & 255}.0/24 via 10.0.0.2 Gi0\n`);
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  onTestFinished(() => clearInterval(timer));
  const text = `interfaces:\n${itfs.join('')}x-vppmux:\n  routes: |\n${routes.join('')}`;
  const { valid, errors } = await validateWith(threadOf(text), builtInKinds);
  expect([valid, errors]).toEqual([true, []]);
  expect(turns).toBeGreaterThan(10);
});

it('more memory than it may have: one mistake, which says so', async () => {
  const text = `interfaces:\n${Array.from({ length: 20_000 }, (_, i) => `  Gi${i}: { mtu: 1500 }\n`).join('')}`;
  const { valid, errors } = await validateWith(threadOf(text, { limits: { maxOldGenerationSizeMb: 8 } }), builtInKinds);
  expect(valid).toBe(false);
  expect(errors).toMatchObject([{ message: expect.stringMatching(/more memory/), place: { line: 1 } }]);
});

it.each([
  ['throws', 'throw new Error("out of order")', /has failed: out of order/],
  ['ends', 'process.exit(7)', /has ended, with code 7/],
  [
    'ends with the first question',
    'require("node:worker_threads").parentPort.on("message", () => process.exit())',
    /ended.*0/,
  ],
])('a thread that %s: the reason is told', async (_what, source, reason) => {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-thread-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'main.cjs');
  writeFileSync(file, source);
  await expect(validateWith(threadOf('', { file }), builtInKinds)).rejects.toThrow(reason);
});

it('a thread without a file: the reason is told', async () => {
  await expect(validateWith(threadOf('', { file: '/no/main.js' }), builtInKinds)).rejects.toThrow(/Cannot find module/);
});

it('aborted meanwhile: rejects with the reason', async () => {
  const controller = new AbortController();
  const validation = validateWith(threadOf(SECTIONS, { signal: controller.signal }), builtInKinds, controller.signal);
  controller.abort(new Error('enough'));
  await expect(validation).rejects.toThrow('enough');
});

it('a thread that cannot be made: the text is read in one go', async () => {
  const options = { text: SECTIONS, kinds: builtInKinds };
  expect(readerOf({ ...options, file: 'no absolute path' })).toBeInstanceOf(FormHere);
  const reader = readerOf({ ...options, file: MAIN });
  onTestFinished(() => reader.end());
  expect(reader).toBeInstanceOf(FormThread);
});

const REQUIRED = 'console.log("required,", require("node:worker_threads").isMainThread);';
const PERMISSION = ['--permission', '--experimental-permission'].find((flag) =>
  process.allowedNodeEnvironmentFlags.has(flag),
) as string;

it.each([
  ['--input-type', [], 'true 1\n'],
  ['--require', ['--require', 'required.cjs'], 'required, true\ntrue 1\n'],
  ['permission, and none for threads', [PERMISSION, '--allow-fs-read=*', '--no-warnings'], 'true 0\n'],
])('a program with options of Node, %s: they are none of the thread', (_what, flags, stdout) => {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-options-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'required.cjs'), REQUIRED);
  const args = flags.map((flag) => flag.replace(/^required/, join(folder, 'required')));
  expect(runSource('const { valid } = await validateWishAsync(LARGE); console.log(valid, threads);', args)).toBe(
    stdout,
  );
});

it('a validation that waits for another one: can be given up, and makes no thread', () => {
  const source = `
    const waiting = new AbortController();
    const first = validateWishAsync(LARGE).then(() => 'the first');
    const second = validateWishAsync(LARGE, { signal: waiting.signal }).catch(({ message }) => message);
    waiting.abort(new Error('enough'));
    console.log(await Promise.race([first, second]));
    await first;
    await validateWishAsync(LARGE);
    console.log(threads);`;
  expect(runSource(source)).toBe('enough\n2\n');
});

/** Output of a program that uses the built package. */
function runSource(source: string, flags: readonly string[] = []): string {
  const built = JSON.stringify(pathToFileURL(join(root, 'dist/src/wish/index.js')));
  const text = `import { validateWishAsync } from ${built};
    const LARGE = '# '.repeat(20_000);
    let threads = 0;
    process.on('worker', () => threads++);
    ${source}`;
  const args = [...flags, '--input-type=module', '-e', text];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
}
