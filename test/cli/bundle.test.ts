import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { QUICK_COMMANDS } from '../../src/cli/quick-commands.js';
import { builtTree, root } from '../support/built.js';

it('the entry takes the bundle for the commands that are in it, and for no other', () => {
  const [, names = ''] = /COMMANDS =\s+'([a-z -]+)'/.exec(readFileSync(join(root, 'bin', 'bundle.js'), 'utf8')) ?? [];
  expect(names.split(' ')).toEqual(Object.keys(QUICK_COMMANDS));
});

describe('a bundled command', () => {
  let home: string;
  let code: string;

  beforeAll(builtTree, 300_000);
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'bundle-'));
    code = join(home, 'vppmux', 'code');
  });
  afterEach(() => rmSync(home, { recursive: true }));

  interface Way {
    readonly cache?: string;
    readonly tree?: string;
    readonly node?: readonly string[];
  }

  /** Runs a command that needs no VPP, and expects that all is well. */
  function run({ cache = home, tree = root, node = [] }: Way = {}): string {
    const args = [...node, join(tree, 'bin', 'vppmux.js'), 'completion', 'bash'];
    const { HOME: _, NODE_DISABLE_COMPILE_CACHE: __, ...rest } = process.env;
    const env = { ...rest, HOME: join(home, 'user'), XDG_CACHE_HOME: cache };
    const { stdout, stderr, status, signal } = spawnSync(process.execPath, args, { cwd: home, env, encoding: 'utf8' });
    expect({ stderr, status, signal }).toEqual({ stderr: '', status: 0, signal: null });
    expect(stdout).toContain('vppmux');
    return stdout;
  }

  it('is of ASCII alone, behind its hash', () => {
    const bundle = readFileSync(join(root, 'dist', 'cli', 'vppmux.cjs'));
    expect(bundle.subarray(0, 80).toString()).toMatch(/^\/\* [0-9a-f]{64} \*\/ /);
    expect(bundle.every((byte) => byte < 0x80)).toBe(true);
  });

  it('takes its compiled code from the second time on, and replaces it when it is damaged', () => {
    const said = run();
    const [name = ''] = readdirSync(code);
    const file = join(code, name);
    const whole = readFileSync(file);
    expect(run()).toBe(said);
    expect(readFileSync(file).equals(whole)).toBe(true);

    const damaged = Buffer.from(whole);
    damaged.fill(0xff, damaged.length / 2, damaged.length / 2 + 4096);
    for (const bytes of [damaged, whole.subarray(0, whole.length / 2), Buffer.alloc(0)]) {
      writeFileSync(file, bytes);
      expect(run()).toBe(said);
      expect(readFileSync(file).equals(bytes)).toBe(false);
    }
    expect(readdirSync(code)).toEqual([name]);
  });

  it('works without a cache folder that it can use', () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    run({ cache: file });
    run({ cache: join(file, 'below') });
  });

  it('keeps nothing behind a link', () => {
    const elsewhere = join(home, 'elsewhere');
    mkdirSync(elsewhere);
    mkdirSync(join(home, 'vppmux'), { mode: 0o700 });
    symlinkSync(elsewhere, code);
    run();
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  it('takes no cache folder of a relative path', () => {
    run({ cache: 'relative' });
    expect(readdirSync(home)).toEqual(['user']);
  });

  it('leaves the code of two builds, and what is not its own', () => {
    mkdirSync(code, { recursive: true, mode: 0o700 });
    const others = ['call-v22.1.0-x64-1.bin', 'completion-notes.txt'];
    const old = ['completion-v22.1.0-x64-1.bin', 'completion-v22.1.0-x64-2.bin'];
    for (const name of [...others, ...old]) writeFileSync(join(code, name), '');
    run();
    const left = readdirSync(code);
    expect(left).toEqual(expect.arrayContaining(others));
    expect(left.filter((name) => name.endsWith('.bin') && name.startsWith('completion-'))).toHaveLength(2);
    expect(left.filter((name) => name.includes(process.version))).toHaveLength(1);
  });

  it('runs from its modules where there is no bundle', () => {
    const tree = join(home, 'tree');
    cpSync(join(root, 'bin'), join(tree, 'bin'), { recursive: true });
    cpSync(join(root, 'package.json'), join(tree, 'package.json'));
    mkdirSync(join(tree, 'dist'));
    symlinkSync(join(root, 'dist', 'src'), join(tree, 'dist', 'src'));
    expect(run({ tree })).toBe(run());
  });

  it('runs on a release of Node without getBuiltinModule', () => {
    run({ node: ['--import', 'data:text/javascript,delete process.getBuiltinModule'] });
  });
});
