import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { writeFolder } from '../../../src/cli/plugin/new-plugin.js';
import { pluginFiles, vppmuxDependency } from '../../../src/cli/plugin/plugin-files.js';
import { packageVersion } from '../../../src/cli/version.js';
import { builtTree, root } from '../../support/built.js';
import { cli } from '../run-cli.js';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'vppmux-new-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('a new plugin', () => {
  // The generated plugin sees the package as its users do: built.
  beforeAll(builtTree);

  it('what it writes: builds without a warning, passes its own tests, and a check has nothing to say of it', async () => {
    const folder = join(temporaryFolder(), 'uplink-watch');
    const { code, lines, stderr } = await cli(['plugin', 'new', 'uplink-watch', '--dir', folder]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: expect.stringMatching(/next: cd .* && npm install && npm test/),
    });
    expect(lines.map((path) => relative(folder, path)).sort()).toEqual([
      ...['.gitignore', 'README.md', 'package.json', 'src/uplink-watch.ts', 'test/uplink-watch.test.ts'],
      ...['tsconfig.json', 'uplink-watch.conf'],
    ]);
    for (const path of lines) expect(readFileSync(path, 'utf8')).not.toMatch(/my[-_]plugin/);

    // Does what npm install does.
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(root, join(folder, 'node_modules', 'vppmux'));
    symlinkSync(join(root, 'node_modules', '@types'), join(folder, 'node_modules', '@types'));
    const run = (...args: string[]) => {
      const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
      return { status, stdout };
    };
    expect(run(join(root, 'node_modules', 'typescript', 'bin', 'tsc'))).toEqual({ status: 0, stdout: '' });
    const { scripts } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const [, tests] = /&& node (.*)$/.exec(scripts.test) ?? [];
    const tested = run(...tests.split(' '));
    expect(tested.stdout).toMatch(/# pass 3\n/);
    expect(tested.status).toBe(0);
    const checked = run(join(root, 'bin', 'vppmux.js'), 'plugin', 'check', '--json', '.');
    const findings = checked.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    // On a busy machine everything is slow.
    expect(findings.filter(({ ok, detail }) => ok !== 'yes' && !detail.includes(': slow;'))).toEqual([]);
    expect(findings.at(-1)).toMatchObject({ check: 'left over', detail: 'nothing' });
    expect(checked.status).toBe(0);
  });
});

describe('plugin new', () => {
  it.each([
    ['My_Plugin', /must be lower-case words joined by dashes; did you mean my-plugin\?/],
    ['myPlugin2', /did you mean my-plugin2\?/],
    ['2nd', /did you mean nd\?/],
    ['../x', /did you mean x\?/],
    ['', /must be lower-case words joined by dashes\n/],
    ['http', /a plugin of this name comes with vppmux/],
    ['agent', /its configuration would be agent\.yaml/],
    ['vppmux', /npm lets no package depend on one of its own name/],
  ])('the name %j: refused, with the reason', async (name, reason) => {
    const folder = join(temporaryFolder(), 'made');
    const { code, stderr } = await cli(['plugin', 'new', '--dir', folder, '--', name]);
    expect(code).toBe(2);
    expect(stderr).toMatch(reason);
    expect(existsSync(folder)).toBe(false);
  });

  it('a folder that is there: left as it is', async () => {
    const folder = temporaryFolder();
    const { code, stderr } = await cli(['plugin', 'new', 'mine', '--dir', folder]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${folder} is there already`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a parent that is not there: said, and not made', async () => {
    const folder = temporaryFolder();
    const { stderr } = await cli(['plugin', 'new', 'mine', '--dir', join(folder, 'a', 'b')]);
    expect(stderr).toContain(`there is no folder ${join(folder, 'a')}`);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('a failure halfway: nothing is left of it', () => {
    const folder = temporaryFolder();
    const files = new Map([
      ['a', ''],
      ['b/c', ''],
      ['a/d', ''],
    ]);
    expect(() => writeFolder(join(folder, 'made'), files)).toThrow(/made cannot be made: E/);
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('what a new plugin depends on', () => {
  it('a checkout that runs: its folder, as npm writes it', () => {
    const folder = join(temporaryFolder(), 'mine');
    const dependency = vppmuxDependency(folder, undefined);
    expect(dependency).toMatch(/^file:\.\.\//);
    mkdirSync(folder);
    expect(existsSync(join(folder, dependency.slice('file:'.length), 'bin', 'vppmux.js'))).toBe(true);
  });

  it('--vppmux: a folder or a packed file, and nothing else', () => {
    const folder = temporaryFolder();
    const mine = join(folder, 'mine');
    expect(vppmuxDependency(mine, root)).toBe(vppmuxDependency(mine, undefined));
    writeFileSync(join(folder, 'vppmux-0.1.0.tgz'), '');
    expect(vppmuxDependency(mine, join(folder, 'vppmux-0.1.0.tgz'))).toBe('file:../vppmux-0.1.0.tgz');
    for (const wrong of [folder, join(folder, 'no.tgz'), join(folder, 'no')]) {
      expect(() => vppmuxDependency(mine, wrong)).toThrow(`--vppmux ${wrong}: there is no vppmux`);
    }
  });

  it.each([
    ['a packed file', 'file:packed/vppmux-0.1.0.tgz', 'file:../packed/vppmux-0.1.0.tgz'],
    [
      'an address of git',
      'git+ssh://git@example.com/vppmux.git#0123abc',
      'git+ssh://git@example.com/vppmux.git#0123abc',
    ],
    ['a web address, as that of a registry', 'https://example.com/vppmux-0.1.0.tgz', `^${packageVersion()}`],
    ['a registry whose address is left out', undefined, `^${packageVersion()}`],
  ])('installed from %s', (_, resolved, expected) => {
    const folder = temporaryFolder();
    const running = join(folder, 'node_modules', 'vppmux');
    mkdirSync(running, { recursive: true });
    mkdirSync(join(folder, 'packed'));
    writeFileSync(join(folder, 'packed', 'vppmux-0.1.0.tgz'), '');
    const packages = { 'node_modules/vppmux': { version: '0.1.0', resolved } };
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
    expect(vppmuxDependency(join(folder, 'mine'), undefined, running)).toBe(expected);
  });

  it('installed by no npm: its version; from a file that is gone: says so', () => {
    const folder = temporaryFolder();
    const running = join(folder, 'node_modules', 'vppmux');
    mkdirSync(running, { recursive: true });
    expect(vppmuxDependency(join(folder, 'mine'), undefined, running)).toBe(`^${packageVersion()}`);
    const packages = { 'node_modules/vppmux': { resolved: 'file:gone.tgz' } };
    writeFileSync(join(folder, 'node_modules', '.package-lock.json'), JSON.stringify({ packages }));
    expect(() => vppmuxDependency(join(folder, 'mine'), undefined, running)).toThrow(
      `this vppmux was installed from ${join(folder, 'gone.tgz')}, which is gone; with --vppmux name its folder`,
    );
  });

  it('its compiler: the one that vppmux is built with', () => {
    const { devDependencies: ours } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const made = JSON.parse(pluginFiles('mine', '^1.0.0').get('package.json') ?? '');
    expect(made.dependencies).toEqual({ vppmux: '^1.0.0' });
    expect(made.devDependencies).toEqual({ typescript: ours.typescript, '@types/node': ours['@types/node'] });
  });
});
