/** The packed file: what is in it. What it is like to use it is in installed.test.ts. */

import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtTree, root } from '../support/built.js';
import { contentsOf, emptyFolder, packInto, run } from './packed-file.js';

interface Locked {
  readonly dev?: boolean;
  readonly engines?: { readonly node?: string };
}

const { folder: scratch, remove } = emptyFolder();
let file: string;

beforeAll(async () => {
  builtTree();
  file = await packInto(scratch);
}, 300_000);

afterAll(remove);

describe('the packed file', () => {
  it('publint and are-the-types-wrong: find nothing', async () => {
    const found = await run(process.execPath, ['scripts/lint-package.mjs', file], root);
    expect(found).toEqual({ code: 0, stdout: '', stderr: '' });
  }, 300_000);

  it('its contents: the build, the documents and what the commands write, and nothing else', () => {
    const EXPECTED = [
      /^(?:package\.json|LICENSE|(?:README|CHANGELOG|ARCHITECTURE|CONTRIBUTING)\.md)$/,
      /^bin\/(?:vppmux|bundle)\.js$/,
      /^dist\/cli\/(?:vppmux\.cjs|licences\.txt)$/,
      /^dist\/(?:src|examples|mock-vpp)\/.*\.(?:js|js\.map|d\.ts)$/,
      /^dist\/ui\/(?:index\.html|licences\.txt|(?:icon|main)-[A-Z0-9]{8}\.(?:css|js|svg))(?:\.br|\.gz)?$/,
      /^docs\/.*\.md$/,
      /^(?:deploy|templates)\//,
      /^dist\/messages\/vpp-\d\d\.\d\d\.d\.ts$/,
      /^mock-vpp\/api\/(?:.*\.api\.json|README\.md)$/,
    ];
    const paths = contentsOf(file).map(({ path }) => path);
    expect(paths.filter((path) => !EXPECTED.some((each) => each.test(path)))).toEqual([]);
    expect(
      paths.filter((path) => /\.test\.|(?:^|\/)(?:support|node_modules)\//.test(path) && !/^templates\//.test(path)),
    ).toEqual([]);
    for (const each of EXPECTED) expect(paths).toContainEqual(expect.stringMatching(each));
  });

  it('its contents: whatever package.json exports and starts is there', () => {
    const { exports, bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const paths = contentsOf(file).map(({ path }) => path);
    const exported = Object.values<string | { readonly types: string }>(exports);
    const files = exported.map((entry) => (typeof entry === 'string' ? entry : entry.types));
    for (const path of [...files, ...Object.values<string>(bin)]) {
      expect(paths).toContain(path.replace('./', ''));
    }
  });

  it('its size: below 6 MB, and 24 MB when it is unpacked', () => {
    expect(statSync(file).size).toBeLessThan(6e6);
    expect(contentsOf(file).reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(24e6);
  });

  it("the clone's package.json: is put back after packing", () => {
    const packed = join(scratch, 'tree');
    expect(readFileSync(join(packed, 'package.json'), 'utf8')).toBe(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(existsSync(join(packed, 'dist', '.package.json'))).toBe(false);
  });

  it('packing that was interrupted: the next one puts package.json back as well, with its date', async () => {
    const tree = join(scratch, 'tree');
    const before = statSync(join(tree, 'package.json')).mtimeMs;
    for (const step of ['begin', 'begin', 'end']) {
      expect(await run(process.execPath, ['scripts/pack.mjs', step], tree)).toMatchObject({ code: 0, stderr: '' });
    }
    expect(readFileSync(join(tree, 'package.json'), 'utf8')).toContain('"prepare"');
    expect(Math.abs(statSync(join(tree, 'package.json')).mtimeMs - before)).toBeLessThan(2);
  });

  it('packages that it needs: run on the oldest Node that it names', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
    const oldest = `${packages[''].engines.node.replace('>=', '')}.0`;
    const { satisfies } = createRequire(import.meta.url)('semver');
    const needed = Object.entries<Locked>(packages).filter(([path, { dev }]) => path !== '' && !dev);
    expect(needed.length).toBeGreaterThan(50);
    expect(needed.filter(([, { engines }]) => !satisfies(oldest, engines?.node ?? '*')).map(([path]) => path)).toEqual(
      [],
    );
  });

  it('a clone that was linked and not built: says what to do', async () => {
    const clone = join(scratch, 'clone');
    cpSync(join(root, 'bin'), join(clone, 'bin'), { recursive: true });
    writeFileSync(join(clone, 'package.json'), '{ "type": "module" }');
    const { code, stderr } = await run(process.execPath, ['bin/vppmux.js', '--version'], clone);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^vppmux: not built yet: run `npm start` \(.*\) or `npm run build` in .*clone\/\n$/);
  });

  it('what it needs: is not made to fit by an override, which counts in this clone only', () => {
    expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).overrides).toBeUndefined();
  });
});
