import { chmodSync, chownSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AgentOptions } from '../../../src/agent/boot/agent.js';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { loadPlugin } from '../../../src/agent/choose/load-plugin.js';
import { refuseUnsafe } from '../../../src/agent/choose/safe-file.js';
import { bareFile, directoryWith, pluginFile, recordingLog, stub } from '../support.js';

const builtIns = { one: stub('one'), two: stub('two') };

const load = async (dir: string, reference: string, entry?: string) =>
  (await loadPlugin(reference, entry, { builtIns, baseDir: dir, pluginDir: join(dir, 'plugins') })).name;

const agentOf = (options: AgentOptions) => createAgent({ builtIns, env: {}, log: recordingLog().log, ...options });

const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: Error) => error.message,
  );

describe('what a reference names', () => {
  it.each([
    ['a short name: the built-in one', 'one', { 'plugins/one.js': bareFile('other') }, 'one'],
    ['a short name: NAME.js of the plugin folder', 'mine', { 'plugins/mine.js': pluginFile('mine') }, 'mine'],
    ['a short name: NAME.mjs of the plugin folder', 'mine', { 'plugins/mine.mjs': bareFile('mine') }, 'mine'],
    [
      'a short name: NAME.cjs of the plugin folder',
      'mine',
      { 'plugins/mine.cjs': bareFile('mine', 'module.exports =') },
      'mine',
    ],
    ['a short name: a folder with index.js', 'mine', { 'plugins/mine/index.js': pluginFile('mine') }, 'mine'],
    [
      'a short name: a folder whose package.json names the file',
      'mine',
      { 'plugins/mine/package.json': '{ "main": "lib/x.js" }', 'plugins/mine/lib/x.js': pluginFile('mine') },
      'mine',
    ],
    ['a path', './x.js', { 'x.js': pluginFile('x') }, 'x'],
    ['a path of a folder', './x', { 'x/index.js': pluginFile('x') }, 'x'],
    [
      'an npm package with conditions',
      '@acme/lister',
      {
        'node_modules/@acme/lister/package.json':
          '{ "type": "module", "exports": { ".": { "types": "./x.d.ts", "require": "./no.cjs", "import": "./x.js" } } }',
        'node_modules/@acme/lister/x.js': bareFile('lister'),
      },
      'lister',
    ],
    [
      'an npm package with one export',
      'lister',
      {
        'node_modules/lister/package.json': '{ "type": "module", "exports": "./x.js" }',
        'node_modules/lister/x.js': bareFile('lister'),
      },
      'lister',
    ],
    [
      'a file of an npm package',
      'all-of-acme/lister',
      {
        'node_modules/all-of-acme/package.json': '{ "type": "module", "exports": { "./lister": "./a/l.js" } }',
        'node_modules/all-of-acme/a/l.js': bareFile('lister'),
      },
      'lister',
    ],
    [
      'a file of an npm package, by a pattern of its exports: the longest that fits',
      'all-of-acme/a/lister',
      {
        'node_modules/all-of-acme/package.json':
          '{ "type": "module", "exports": { "./*": "./no/*.js", "./a/*": { "import": "./dist/*/*.js" }, "./a/l": "./no.js" } }',
        'node_modules/all-of-acme/dist/lister/lister.js': bareFile('lister'),
      },
      'lister',
    ],
    [
      'an npm package whose main has no ending',
      'old',
      {
        'node_modules/old/package.json': '{ "main": "lib/old" }',
        'node_modules/old/lib/old.js': bareFile('old', 'module.exports ='),
      },
      'old',
    ],
    [
      'an npm package whose main is a folder',
      'old',
      {
        'node_modules/old/package.json': '{ "main": "./lib" }',
        'node_modules/old/lib/index.js': bareFile('old', 'module.exports ='),
      },
      'old',
    ],
    ['CommonJS', 'old', { 'node_modules/old/index.js': bareFile('old', 'module.exports =') }, 'old'],
    [
      'TypeScript compiled to CommonJS',
      'old',
      {
        'node_modules/old/index.js': `Object.defineProperty(exports, '__esModule', { value: true });\n${bareFile('old', 'exports.default =')}`,
      },
      'old',
    ],
  ])('%s', async (_, reference, files, name) => {
    expect(await load(directoryWith(files), reference)).toBe(name);
  });

  it.each(['.', './', '..'])('%s: a folder by its path', async (reference) => {
    const dir = directoryWith({ 'index.js': bareFile('lister'), 'inner/a.txt': '' });
    expect(await load(reference === '..' ? join(dir, 'inner') : dir, reference)).toBe('lister');
  });

  it('a name that nothing has: where it was looked for, and the nearest', async () => {
    const dir = directoryWith({ 'plugins/counter.js': bareFile('counter') });
    expect(await refusal(load(dir, 'conter'))).toBe(
      `no plugin is called "conter"; did you mean "counter"? (not built in, not in ${dir}/plugins, no npm package; a path begins with ./ or /)`,
    );
  });

  it.each([
    ['./x', { 'x/readme': '' }, 'has neither an index.js nor a package.json'],
    [
      './x',
      { 'x/package.json': '{ "exports": "./dist/x.js" }' },
      'its package.json names no file that is there ("exports", "main"); build it first',
    ],
    ['broken', { 'plugins/broken/package.json': '{' }, 'plugins/broken/package.json cannot be read'],
    ['./gone.js', {}, 'gone.js does not exist'],
    [
      'shut/a/x',
      {
        'node_modules/shut/package.json': '{ "exports": { "./*": "./*.js", "./a/*": null } }',
        'node_modules/shut/a/x.js': bareFile('x'),
      },
      'no plugin is called "shut/a/x"',
    ],
    ['gone/x', { 'node_modules/gone/package.json': '{ "exports": "./x.js" }' }, 'no plugin is called "gone/x"'],
  ])('%s that cannot be used: %j, %s', async (reference, files, message) => {
    expect(await refusal(load(directoryWith(files), reference))).toContain(message);
  });

  it('an export: is taken, out of several', async () => {
    const dir = directoryWith({
      'pair.js': `import { definePlugin } from 'vppmux/plugin';
        const make = (name) => definePlugin({ name, version: '1', agentApi: 1, create: () => ({}) });
        export const left = make('left');\nexport const right = make('right');\nexport const size = 2;\n`,
    });
    expect(await load(dir, './pair.js', 'right')).toBe('right');
    expect(await refusal(load(dir, './pair.js', 'rihgt'))).toContain('has no export "rihgt"; did you mean "right"?');
    expect(await refusal(load(dir, './pair.js', 'size'))).toContain('export "size", but as left, right');
    expect(await refusal(load(dir, 'one', 'x'))).toBe('plugin one is built in: "export: x" has no meaning for it');
  });
});

describe('a file registers exactly one plugin', () => {
  const second = "\napi.definePlugin({ name: 'b', version: '1.0.0', agentApi: 1, create: () => ({}) });";
  it.each([
    ['twice', pluginFile('a') + second, 'defines 2 plugins (a, b), but a file registers exactly one'],
    ['never', 'export const x = 1;', 'never calls definePlugin and has no plugin as its default export'],
    [
      'without an export',
      pluginFile('a').replace('export default', ''),
      'defines plugin a, but has no plugin as its default export',
    ],
    [
      'under another name',
      pluginFile('a').replace('export default', 'export const own ='),
      'but as own; name it with "export"',
    ],
    ['a plain object', "export default { name: 'a' };", 'but an object that definePlugin has not made'],
    ['a function', 'export default () => ({});', 'but a function'],
    ['a promise', 'export default Promise.resolve();', 'but a promise (await it)'],
    ['a wrong definition', pluginFile('A'), 'plugin A: its definition is wrong at name: must be lower-case words'],
    ['an error while it is loaded', "throw new Error('no licence');", 'x.js cannot be loaded: no licence'],
  ])('%s: is refused, in one line', async (_, text, message) => {
    const refused = await refusal(load(directoryWith({ 'x.js': text }), './x.js'));
    expect(refused).toContain(message);
    expect(refused).not.toContain('\n');
  });

  it('one that another agent has loaded before: is refused again, or loaded again', async () => {
    const dir = directoryWith({ 'bad.js': pluginFile('a') + second, 'good.js': pluginFile('good') });
    for (let time = 0; time < 2; time++) {
      expect(await refusal(load(dir, './bad.js'))).toContain('defines 2 plugins');
      expect(await load(dir, './good.js')).toBe('good');
    }
  });

  it('a plugin that imports another one’s file: has defined one only', async () => {
    const dir = directoryWith({ 'a.js': pluginFile('a'), 'b.js': `import './a.js';\n${pluginFile('b')}` });
    expect(await load(dir, './b.js')).toBe('b');
  });

  it('a file that waits for ever at its top level: is given up', async () => {
    const dir = directoryWith({
      'agent.yaml': 'plugins: [./x.js]\nstart-timeout: 50ms',
      'x.js': 'await new Promise(() => {});',
    });
    expect(await refusal(agentOf({ configDir: dir }))).toContain(
      'x.js has not been loaded within 50 ms (start-timeout',
    );
  });
});

describe('files that everybody can write', () => {
  it.each([
    ['a file', 0o666, 0o755, 'it can be written by everybody'],
    ['a folder', 0o644, 0o777, 'plugins can be written by everybody'],
    ['a folder where nobody can exchange another’s file', 0o644, 0o1777, undefined],
    ['a file of the group', 0o664, 0o775, undefined],
  ])('%s: refused, unless it does no harm', async (_, fileMode, folderMode, message) => {
    const dir = directoryWith({ 'plugins/mine.js': pluginFile('mine') });
    chmodSync(join(dir, 'plugins/mine.js'), fileMode);
    chmodSync(join(dir, 'plugins'), folderMode);
    if (message) expect(await refusal(load(dir, 'mine'))).toContain(message);
    else expect(await load(dir, 'mine')).toBe('mine');
  });

  it('a link: what it leads to counts as well', async () => {
    const dir = directoryWith({ 'open/x.js': pluginFile('x') });
    mkdirSync(join(dir, 'plugins'));
    symlinkSync(join(dir, 'open/x.js'), join(dir, 'plugins/x.js'));
    chmodSync(join(dir, 'open'), 0o777);
    expect(await refusal(load(dir, 'x'))).toContain(`${dir}/open can be written by everybody, who would then run code`);
  });
});

describe('files in a folder that everybody shares', () => {
  it('what another user has put there: is refused, unless the agent runs as that user', () => {
    const dir = directoryWith({ 'shared/node_modules/lister/index.js': bareFile('lister') });
    const file = join(dir, 'shared/node_modules/lister/index.js');
    const root = process.geteuid?.() === 0;
    const owner = root ? 12_345 : Number(process.geteuid?.());
    if (root) chownSync(join(dir, 'shared/node_modules'), owner, owner);
    chmodSync(join(dir, 'shared'), 0o1777);
    expect(() => refuseUnsafe(file, owner)).not.toThrow();
    expect(() => refuseUnsafe(file, owner + 1)).toThrow(
      expect.objectContaining({ code: 'PLUGIN_UNSAFE', message: expect.stringContaining(`belongs to user ${owner}`) }),
    );
  });
});
