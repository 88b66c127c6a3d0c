import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { AgentOptions } from '../../../src/agent/boot/agent.js';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import { Log } from '../../../src/agent/plugin/services.js';
import { bareFile, directoryWith, recordingLog, stub } from '../support.js';

/** A plugin that tells the configuration it was given. */
function configured(name: string, seen: Record<string, unknown>) {
  return definePlugin({
    name,
    version: '1',
    agentApi: 1,
    config: z.object({ colour: z.string().default('grey'), size: z.number().default(1) }),
    obsolete: { smell: 'it has none' },
    create(_services, config) {
      seen[name] = config;
      return {};
    },
  });
}

async function start(options: AgentOptions) {
  const { log, text } = recordingLog();
  const agent = await createAgent({ log, env: {}, ...options });
  await agent.start();
  await agent.close();
  return text();
}

const refusal = (options: AgentOptions) =>
  createAgent({ log: recordingLog().log, env: {}, ...options }).then(
    () => Promise.reject(new Error('it was not refused')),
    (error: Error) => error.message,
  );

describe('plugin configuration', () => {
  it('from <config-dir>/<name>.conf; a flag and the environment go before', async () => {
    const seen: Record<string, unknown> = {};
    const plugins = ['by-dir', 'by-env', 'by-flag', 'by-none'].map((name) => configured(name, seen));
    const configDir = directoryWith({
      'by-dir.conf': 'colour: red',
      'by-env.conf': 'colour: wrong',
      'by-flag.conf': 'colour: wrong',
      'env.conf': 'colour: green',
      'flag.conf': 'colour: blue',
    });
    await start({
      plugins,
      configDir,
      env: { BY_ENV_CONFIG: join(configDir, 'env.conf'), BY_FLAG_CONFIG: join(configDir, 'env.conf') },
      configFiles: { 'by-flag': join(configDir, 'flag.conf') },
    });
    expect(seen).toEqual({
      'by-dir': { colour: 'red', size: 1 },
      'by-env': { colour: 'green', size: 1 },
      'by-flag': { colour: 'blue', size: 1 },
      'by-none': { colour: 'grey', size: 1 },
    });
  });

  it('settings of the program: go before the file', async () => {
    const seen: Record<string, unknown> = {};
    const configDir = directoryWith({ 'a.conf': 'colour: red\nsize: 2' });
    await start({ plugins: [configured('a', seen)], configDir, settings: { a: { colour: 'gold' } } });
    expect(seen.a).toEqual({ colour: 'gold', size: 2 });
  });

  it('settings for a plugin that does not run: a warning', async () => {
    const text = await start({ plugins: [stub('a')], settings: { b: { x: 1 } } });
    expect(text).toContain('warn: settings for plugin b have no effect: it does not run');
  });

  it('mistakes in several files: all are told, and nothing has started', async () => {
    const steps: string[] = [];
    const configDir = directoryWith({ 'a.conf': 'color: red', 'b.conf': 'size: big', 'free.conf': 'x: 1' });
    const message = await refusal({
      plugins: [stub('free', steps), configured('a', {}), configured('b', {})],
      configDir,
      configFiles: { c: 'c.conf' },
    });
    expect(message.split('\n')).toEqual([
      '--c-config: no such plugin runs; there are: free, a, b',
      `${configDir}/free.conf:1:1: unknown key "x"; there are none`,
      `${configDir}/a.conf:1:1: unknown key "color"; did you mean "colour"?`,
      `${configDir}/b.conf:1:7: size: expected number, received string`,
    ]);
    expect(steps).toEqual([]);
  });

  it('a key that no longer means anything: a warning with its place', async () => {
    const configDir = directoryWith({ 'a.conf': 'smell: sweet' });
    const text = await start({ plugins: [configured('a', {})], configDir });
    expect(text).toContain(`a warn: ${configDir}/a.conf:1:1: "smell" has no effect: it has none`);
  });

  it('what is logged of a configuration: the keys it sets, never their values', async () => {
    const configDir = directoryWith({ 'a.conf': 'colour: hunter2' });
    expect(await start({ plugins: [configured('a', {})], configDir })).not.toContain('hunter2');
  });
});

describe('configuration in agent.yaml', () => {
  const inline = (config: string) => ({ 'agent.yaml': `plugins:\n  - plugin: a\n    config: ${config}\n` });

  it('reaches the plugin; a file that the command line or the environment names goes before', async () => {
    const seen: Record<string, unknown> = {};
    const builtIns = { a: configured('a', seen) };
    const configDir = directoryWith({ ...inline('{ colour: red }'), 'other.conf': 'size: 9' });
    await start({ builtIns, configDir });
    expect(seen.a).toEqual({ colour: 'red', size: 1 });
    await start({ builtIns, configDir, configFiles: { a: join(configDir, 'other.conf') } });
    expect(seen.a).toEqual({ colour: 'grey', size: 9 });
  });

  it.each([
    ['{ color: red }', ':3:15: unknown key "color"; did you mean "colour"?'],
    ['{ size: big }', ':3:21: size: expected number, received string'],
    ['red', ':3:13: plugins[0].config: expected record, received string'],
  ])('%s: is refused with its place', async (config, message) => {
    const configDir = directoryWith(inline(config));
    expect(await refusal({ builtIns: { a: configured('a', {}) }, configDir })).toBe(
      `${configDir}/agent.yaml${message}`,
    );
  });

  it('beside a file of the plugin: is refused, since only one of them can count', async () => {
    const configDir = directoryWith({ ...inline('{ colour: red }'), 'a.conf': '' });
    expect(await refusal({ builtIns: { a: configured('a', {}) }, configDir })).toBe(
      `${configDir}/agent.yaml:3:5: plugin a has its configuration here and in ${configDir}/a.conf; keep one of them`,
    );
  });
});

describe('how much is logged', () => {
  async function lines(agentYaml: string, options: AgentOptions): Promise<string[]> {
    const talker = (name: string) =>
      definePlugin({
        ...{ name, version: '1', agentApi: 1, requires: { log: Log } },
        create: ({ log }) => ({ init: () => log.debug('detail') }),
      });
    const { log, text } = recordingLog('info');
    const builtIns = { loud: talker('loud'), calm: talker('calm') };
    const configDir = directoryWith({ 'agent.yaml': agentYaml });
    const agent = await createAgent({ builtIns, configDir, log, env: {}, ...options });
    await agent.start();
    await agent.close();
    return text()
      .split('\n')
      .filter((line) => line.endsWith('debug: detail'));
  }
  const entries = (level: string) => `plugins:\n  - plugin: loud\n    log-level: ${level}\n  - calm\n`;

  it.each([
    ['by default', '', {}, []],
    ['--verbose', '', { logLevel: 'debug' }, ['loud', 'calm']],
    ['--debug for one', '', { debug: ['loud'] }, ['loud']],
    ['agent.yaml for one', entries('debug'), {}, ['loud']],
    ['--verbose before agent.yaml', entries('warn'), { logLevel: 'debug' }, ['loud', 'calm']],
    ['--debug before all', entries('warn'), { debug: ['calm'], logLevel: 'error' }, ['calm']],
  ] as const)('%s', async (_, agentYaml, options, names) => {
    expect(await lines(agentYaml, options)).toEqual(names.map((name) => `${name} debug: detail`));
  });

  it('--debug for a plugin that does not run: refused', async () => {
    expect(await refusal({ plugins: [stub('calm')], debug: ['clam'] })).toBe(
      '--debug clam: no such plugin runs; did you mean "calm"?',
    );
  });
});

describe('agent.yaml', () => {
  const builtIns = { one: stub('one'), example: async () => stub('example'), two: stub('two') };

  it('without one: all built-in plugins, in their order, but for those that are loaded only when they are listed', async () => {
    const agent = await createAgent({ builtIns, log: recordingLog().log, env: {} });
    expect(agent.name).toBe('vppmux');
    expect(agent.plugins.map((plugin) => plugin.name)).toEqual(['one', 'two']);
  });

  it('plugins by short name and by path, optional or not', async () => {
    const configDir = directoryWith({
      'agent.yaml': 'name: edge-1\nplugins:\n  - example\n  - plugin: ./mine.mjs\n    optional: true\n',
      'mine.mjs': bareFile('mine'),
    });
    const agent = await createAgent({ builtIns, configDir, log: recordingLog().log, env: {} });
    expect(agent.name).toBe('edge-1');
    expect(agent.status.status.parts.map(({ name, optional }) => `${name} ${optional}`)).toEqual([
      'example false',
      'mine true',
    ]);
  });

  it.each([
    ['plugins: [tow]', 'no plugin is called "tow"; did you mean "two"? (not built in, not in '],
    ['plugins: [./nothing.js]', 'nothing.js does not exist'],
    ['plugins: [./broken.mjs]', 'broken.mjs cannot be loaded: '],
    ['plugins: [./empty.mjs]', 'empty.mjs never calls definePlugin and has no plugin as its default export'],
    ['plugins: [one, one]', 'plugin one is listed more than once'],
    ['plugin: [one]', 'agent.yaml:1:1: unknown key "plugin"; did you mean "plugins"?'],
    ['log-level: loud', 'agent.yaml:1:12: log-level: must be one of trace, debug'],
    ['plugins: []', 'agent.yaml:1:10: no plugin is listed; without the key "plugins" the default ones run'],
    ['stop-timeout: 0', 'agent.yaml:1:15: stop-timeout: must be more than 0'],
    ['start-timeout: 15', 'write "15s" or "15ms"'],
    ['plugins:\n  - plugin: one\n    optinal: true', 'agent.yaml:3:5: unknown key "optinal"; did you mean "optional"?'],
    ['plugins: [3]', 'agent.yaml:1:11: plugins[0]: must be the name or path of a plugin'],
  ])('%s: is refused in plain words', async (text, message) => {
    const configDir = directoryWith({
      'agent.yaml': text,
      'broken.mjs': 'export default {',
      'empty.mjs': 'export const x = 1;',
    });
    expect(await refusal({ builtIns, configDir })).toContain(message);
  });

  it('several plugins that cannot be had: all are named', async () => {
    const configDir = directoryWith({ 'agent.yaml': 'plugins: [tow, ./x.js]' });
    expect((await refusal({ builtIns, configDir })).split('\n')).toHaveLength(2);
  });

  it('a config directory that is not there: is never silently ignored', async () => {
    expect(await refusal({ builtIns, configDir: '/no/such/dir' })).toBe(
      '--config-dir names /no/such/dir, but there is no such directory',
    );
  });

  it('files that nobody reads: a warning for each, with the nearest name', async () => {
    const configDir = directoryWith({ 'agent.yml': '', 'onee.conf': '', 'two.conf': '', 'notes.txt': '' });
    const text = await start({ builtIns, plugins: [stub('one')], configDir });
    expect(text.match(/warn: .*/g)).toEqual([
      `warn: nothing reads ${join(configDir, 'agent.yml')}; did you mean agent.yaml?`,
      `warn: nothing reads ${join(configDir, 'onee.conf')}; did you mean one.conf?`,
    ]);
  });
});
