import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AgentOptions } from '../../../src/agent/boot/agent.js';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { pluginsOfFlags } from '../../../src/agent/config/flags.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import { directoryWith, pluginFile, recordingLog, stub } from '../support.js';

const builtIns = { one: stub('one'), two: stub('two') };

const agentOf = (options: AgentOptions) => createAgent({ builtIns, env: {}, log: recordingLog().log, ...options });

const refusal = (attempt: Promise<unknown>) =>
  attempt.then(
    () => Promise.reject(new Error('it was not refused')),
    (error: Error) => error.message,
  );

describe('which plugins run', () => {
  const names = async (options: AgentOptions) => (await agentOf(options)).plugins.map(({ name }) => name);

  it('those of agent.yaml, then of VPPMUX_PLUGINS, then of the command line', async () => {
    const dir = directoryWith({
      'agent.yaml': 'plugins: [two, ./a.js]\n',
      'a.js': pluginFile('a'),
      'b.js': pluginFile('b'),
      'c.js': pluginFile('c'),
    });
    const env = { VPPMUX_PLUGINS: `${dir}/c.js::${dir}/b.js` };
    expect(await names({ configDir: dir, env, morePlugins: [{ plugin: 'one' }] })).toEqual([
      'two',
      'a',
      'c',
      'b',
      'one',
    ]);
  });

  it('short names: in each of these places, too', async () => {
    const dir = directoryWith({
      'agent.yaml': 'plugins: [one]\nplugin-dir: more\n',
      'more/mine.js': pluginFile('mine'),
      'more/yours.js': pluginFile('yours'),
    });
    const env = { VPPMUX_PLUGINS: 'two:mine' };
    const morePlugins = [{ plugin: 'yours' }];
    expect(await names({ configDir: dir, env, morePlugins })).toEqual(['one', 'two', 'mine', 'yours']);
  });

  it('export: of an entry is the one that runs, whichever there are', async () => {
    const two = `${pluginFile('a').replace('export default', 'export const left =')}
      export const right = definePlugin({ name: 'b', version: '1', agentApi: 1, create: () => ({}) });\n`;
    const dir = directoryWith({
      'agent.yaml': 'plugins:\n  - plugin: ./pair.js\n    export: right\n  - plugin: ./pair.js\n    export: left\n',
      'pair.js': two,
    });
    expect(await names({ configDir: dir })).toEqual(['b', 'a']);
  });

  it('one that the environment or the command line names and that is not there: says who named it', async () => {
    expect(await refusal(agentOf({ env: { VPPMUX_PLUGINS: '/no/x.js' } }))).toBe(
      'plugin file /no/x.js does not exist (named by VPPMUX_PLUGINS)',
    );
    expect(await refusal(agentOf({ morePlugins: [{ plugin: '/no/y.js' }] }))).toContain('(named by --plugin)');
  });

  it.each([[['spare', 'main']], [['main', 'spare']]])(
    'an optional one that provides what another does, listed as %j: is the one that is left out',
    async (order) => {
      const builtIns = {
        main: stub('main', [], { provides: ['x'] }),
        spare: stub('spare', [], { provides: ['x'], optional: true }),
      };
      const configDir = directoryWith({ 'agent.yaml': `plugins: [${order}]\n` });
      expect(await names({ configDir, builtIns })).toEqual(['main']);
    },
  );

  it.each([
    [
      'agent.yaml itself',
      'plugins: [one, two, one]\n',
      {},
      [],
      /agent\.yaml:1:21: .*: plugins\[0\] of agent\.yaml names it/,
    ],
    [
      'VPPMUX_PLUGINS',
      'plugins: [one]\n',
      { VPPMUX_PLUGINS: 'one' },
      [],
      /plugins\[0\] of agent\.yaml names it, too \(named by VPPMUX_PLUGINS\)/,
    ],
    [
      '--plugin',
      'plugins: [one]\n',
      {},
      [{ plugin: 'two' }, { plugin: 'two' }],
      /--plugin names it, too \(named by --plugin\)/,
    ],
  ])('one that is named again by %s: refused, with both places', async (_, yaml, env, morePlugins, message) => {
    const refused = agentOf({ configDir: directoryWith({ 'agent.yaml': yaml }), env, morePlugins });
    expect(await refusal(refused)).toMatch(message);
  });

  it('the plugin folder: where agent.yaml says, relative to it', async () => {
    const dir = directoryWith({
      'agent.yaml': 'plugins: [mine]\nplugin-dir: more\n',
      'more/mine.js': pluginFile('mine'),
    });
    expect(await names({ configDir: dir })).toEqual(['mine']);
  });

  it.each([
    ['a file that is not there', './gone.js', 'plugin file .*gone.js does not exist'],
    ['a file with a mistake', './bad.js', 'plugin file .*bad.js cannot be loaded'],
    ['a name that nothing has', 'nothing', 'no plugin is called "nothing"'],
    ['another agent API', './next.js', 'plugin next 1.0.0 was built for agent API 2, but this agent has agent API 1'],
  ])(
    'optional, %s: is told, skipped and on the board; else it stops the start before anything',
    async (_, reference, message) => {
      const dir = directoryWith({
        'agent.yaml': `plugins:\n  - plugin: ${reference}\n    optional: true\n  - one\n`,
        'bad.js': 'export default {',
        'next.js': pluginFile('next').replace('agentApi: 1', 'agentApi: 2'),
      });
      const { log, text } = recordingLog();
      const agent = await agentOf({ configDir: dir, log });
      await agent.start();
      expect(text()).toMatch(new RegExp(`error: .*${message}.*; skipped, since it is optional`));
      const { overall, parts } = agent.status.status;
      expect(overall).toBe('degraded');
      expect(parts).toMatchObject([
        { name: 'one' },
        { state: 'error', reason: expect.stringMatching(message), optional: true },
      ]);
      await agent.close();

      const steps: string[] = [];
      const needed = directoryWith({
        'agent.yaml': `plugins: [fine, ${reference}]\n`,
        'bad.js': 'export default {',
        'next.js': pluginFile('next').replace('agentApi: 1', 'agentApi: 2'),
      });
      expect(await refusal(agentOf({ configDir: needed, builtIns: { fine: stub('fine', steps) } }))).toMatch(
        new RegExp(message),
      );
      expect(steps).toEqual([]);
    },
  );
});

describe('arguments', () => {
  async function seen(entry: string): Promise<unknown> {
    let args: unknown;
    const taker = definePlugin({
      name: 'taker',
      version: '1',
      agentApi: 1,
      create: (_services, _config, given) => {
        args = given;
        return {};
      },
    });
    const agent = await agentOf({
      builtIns: { taker },
      configDir: directoryWith({ 'agent.yaml': `plugins:\n  - plugin: taker\n${entry}` }),
    });
    await agent.start();
    await agent.close();
    return args;
  }

  it.each([
    ['none', '', {}],
    ['key: value lines', '    arguments: { file: /x, size: 3, fast: true }\n', { file: '/x', size: '3', fast: 'true' }],
    ['a list', '    arguments: [file=/x, "note=a=b", empty=]\n', { file: '/x', note: 'a=b', empty: '' }],
  ])('%s: reach create as text', async (_, entry, args) => {
    expect(await seen(entry)).toEqual(args);
  });

  it('neither form: refused with its place', async () => {
    expect(await refusal(seen('    arguments: [file]\n'))).toContain(
      'agent.yaml:3:16: plugins[0].arguments: must be "key: value" lines of strings or numbers, or a list of "key=value"',
    );
  });

  it('one that is, or nearly is, a key of the configuration: is warned of', async () => {
    const config = z.object({ every: z.string().default('10s') });
    const lister = definePlugin({ name: 'lister', version: '1', agentApi: 1, config, create: () => ({}) });
    const { log, lines } = recordingLog();
    const yaml = 'plugins:\n  - plugin: lister\n    arguments: { evry: 1s, size: 3 }\n';
    await agentOf({ builtIns: { lister }, log, configDir: directoryWith({ 'agent.yaml': yaml }) });
    expect(lines.filter(({ level }) => level === 'warn').map(({ msg }) => msg)).toEqual([
      'argument evry=… does not configure it: every is a key of lister.conf (--lister-config FILE, or "config" in agent.yaml)',
    ]);
  });

  it('--plugin: each with the key=value words behind it', () => {
    expect(pluginsOfFlags(['./a.js', 'x=1', 'y=a b', '@acme/b', './c=d.js'])).toEqual([
      { plugin: './a.js', arguments: { x: '1', y: 'a b' } },
      { plugin: '@acme/b', arguments: {} },
      { plugin: './c=d.js', arguments: {} },
    ]);
    expect(pluginsOfFlags(['x=1'])).toBe('--plugin x=1: name the plugin first, then its key=value arguments');
  });
});
