/** The configuration on disk, as the agent's status shows it while the agent runs. */

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { problemsIn } from '../../../src/agent/config/config-error.js';
import { ConfigState } from '../../../src/agent/config/config-state.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import { directoryWith, recordingLog } from '../support.js';

const schema = z.object({
  colour: z.string().default('grey'),
  size: z.number().default(1),
  list: z.array(z.object({ name: z.string() })).default([]),
  'api-token': z.string().default(''),
});
type Config = z.output<typeof schema>;

const base = { version: '1', agentApi: 1, config: schema };

/** Accepts changes immediately, except black, which it refuses, and sizes, which wait for a restart. */
const keen = definePlugin({
  ...base,
  name: 'keen',
  create: (_services, started: Config) => ({
    configuration({ after }) {
      if (after.colour === 'black') throw new Error(`no such paint: ${after['api-token']}`);
      return { pendingRestart: after.size === started.size ? [] : ['size'] };
    },
  }),
});
const deaf = definePlugin({ ...base, name: 'deaf', create: () => ({}) });

async function running(files: Record<string, string>, env: Record<string, string> = {}) {
  const configDir = directoryWith(files);
  const { log, text } = recordingLog('info');
  const agent = await createAgent({ builtIns: { keen, deaf }, configDir, log, env });
  onTestFinished(() => agent.close());
  await agent.start();
  const write = (file: string, content: string) => writeFileSync(join(configDir, file), content);
  const status = () => agent.status.status;
  /** Writes, reads again, and waits until the hooks have returned. */
  const after = async (file: string, content: string) => {
    write(file, content);
    await reread();
  };
  const reread = async () => {
    agent.reload();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const problems = () => status().config.problems.map(({ file, path, text }) => ({ file, path, text }));
  const pending = () => status().config.pendingRestart.map(({ plugin, keys }) => ({ plugin, keys }));
  return { agent, configDir, write, after, reread, status, problems, pending, text };
}

describe('a configuration that is broken while the agent runs', () => {
  it('at the start: is valid, and nothing waits', async () => {
    const { status } = await running({ 'keen.conf': 'colour: red' });
    expect(status()).toMatchObject({ overall: 'ok', config: { valid: true, problems: [], pendingRestart: [] } });
  });

  it('is shown with file, key and the line of the log; the agent is degraded until it is mended', async () => {
    const { configDir, after, status, problems, text } = await running({ 'keen.conf': 'colour: red' });
    await after('keen.conf', 'colour: blue\nlist:\n  - name: 3\n');
    const file = join(configDir, 'keen.conf');
    const line = `${file}:3:11: list[0].name: expected string, received number`;
    expect(problems()).toEqual([{ file, path: 'list[0].name', text: line }]);
    expect(text()).toContain(`error: ${line}`);
    expect(status()).toMatchObject({ overall: 'degraded', config: { valid: false } });
    expect(status().reason).toMatch(/^configuration: 1 mistake in 1 file on disk; the last valid configuration stays/);
    expect(status().reason).not.toContain('keen.conf'); // /readiness is open to everybody
    await after('keen.conf', 'colour: blue');
    expect(status()).toMatchObject({ overall: 'ok', reason: 'all is well', config: { valid: true, problems: [] } });
    expect(text()).toContain('- info: the configuration is valid again');
  });

  it('undone: is well again, without a word to the plugin', async () => {
    const { after, status, text } = await running({ 'keen.conf': 'colour: red' });
    await after('keen.conf', 'colour: [');
    expect(status().overall).toBe('degraded');
    await after('keen.conf', 'colour: red');
    expect(status().overall).toBe('ok');
    expect(text()).not.toContain('has changed');
  });

  it('several files: each with its own, mended one by one; since when is kept while a line moves', async () => {
    const { after, status, problems, configDir } = await running({});
    vi.useFakeTimers({ toFake: ['Date'], now: 1000 });
    onTestFinished(() => void vi.useRealTimers());
    const names = () => problems().map(({ file, path }) => `${file.slice(configDir.length + 1)} ${path}`);
    await after('keen.conf', 'sise: 3');
    vi.setSystemTime(2000);
    await after('deaf.conf', 'colour: 3\nsize: x');
    expect(names().sort()).toEqual(['deaf.conf colour', 'deaf.conf size', 'keen.conf sise']);
    vi.setSystemTime(3000);
    await after('keen.conf', '# a line more\nsise: 3');
    const since = (key: string) =>
      status()
        .config.problems.find(({ path }) => path === key)
        ?.since.getTime();
    expect([since('sise'), since('size')]).toEqual([1000, 2000]);
    await after('deaf.conf', 'size: x');
    expect(names().sort()).toEqual(['deaf.conf size', 'keen.conf sise']);
    await after('keen.conf', '');
    expect(names()).toEqual(['deaf.conf size']);
    await after('deaf.conf', '');
    expect(status()).toMatchObject({ overall: 'ok', config: { valid: true } });
  });

  it('agent.yaml broken as well: the files of plugins are still looked at', async () => {
    const { after, problems, configDir } = await running({ 'agent.yaml': 'plugins: [keen, deaf]' });
    await after('keen.conf', 'sise: 3');
    await after('agent.yaml', 'plugins: [keen');
    expect(problems().map(({ file }) => file)).toEqual(
      ['agent.yaml', 'keen.conf'].map((name) => join(configDir, name)),
    );
    await after('keen.conf', '');
    expect(problems().map(({ file }) => file)).toEqual([join(configDir, 'agent.yaml')]);
  });

  it('what a plugin has in agent.yaml: its place there; not guessed at while that file cannot be read', async () => {
    const entry = (config: string) => `plugins:\n  - plugin: keen\n    config: ${config}\n`;
    const { after, problems } = await running({ 'agent.yaml': entry('{ size: 2 }') });
    await after('agent.yaml', entry('{ size: x }'));
    expect(problems()).toMatchObject([{ path: 'plugins[0].config.size' }]);
    await after('agent.yaml', `${entry('{ size: x }')}]`);
    expect(problems()).toHaveLength(1);
    expect(problems()[0].path).toBe('');
  });

  it('a file that was named, or the folder, is gone: a problem of that file; there again: none', async () => {
    const named = join(directoryWith({ 'k.yaml': 'size: 1' }), 'k.yaml');
    const { reread, problems, configDir, status } = await running({}, { KEEN_CONFIG: named });
    renameSync(named, `${named}.old`);
    rmSync(configDir, { recursive: true });
    await reread();
    expect(problems()).toMatchObject([
      { file: configDir, path: '', text: `--config-dir names ${configDir}, but there is no such directory` },
      { file: named, text: `environment variable KEEN_CONFIG names ${named}, but there is no such file` },
    ]);
    mkdirSync(configDir);
    renameSync(`${named}.old`, named);
    await reread();
    expect(status()).toMatchObject({ overall: 'ok', config: { valid: true } });
  });

  it('a file that is optional and goes: its defaults are valid', async () => {
    const { reread, configDir, status } = await running({ 'keen.conf': 'colour: red' });
    rmSync(join(configDir, 'keen.conf'));
    await reread();
    expect(status().config).toEqual({ valid: true, problems: [], pendingRestart: [] });
  });
});

describe('a changed configuration that a plugin refuses', () => {
  it('is a problem of its file until the plugin accepts one', async () => {
    const { after, configDir, problems, status, text } = await running({ 'keen.conf': 'colour: red' });
    await after('keen.conf', 'colour: black');
    const line = 'plugin keen: its configuration failed: no such paint: ; the previous configuration stays in effect';
    expect(problems()).toEqual([{ file: join(configDir, 'keen.conf'), path: '', text: line }]);
    expect(text()).toContain(line);
    expect(status()).toMatchObject({ overall: 'degraded', reason: expect.not.stringContaining('paint') }); // as above
    const since = status().config.problems[0].since;
    await after('keen.conf', 'colour: black # again');
    expect(status().config.problems).toMatchObject([{ since }]);
    await after('keen.conf', 'colour: red'); // what is in force anyway
    expect(status()).toMatchObject({ overall: 'ok', config: { valid: true, problems: [] } });
  });

  it('while another file is broken: stays a problem as long as its own file has that value', async () => {
    const { after, problems, configDir } = await running({});
    const files = () => problems().map(({ file }) => file.slice(configDir.length + 1));
    await after('keen.conf', 'colour: black');
    await after('deaf.conf', 'size: x');
    expect(files()).toEqual(['deaf.conf', 'keen.conf']);
    await after('keen.conf', 'colour: white');
    expect(files()).toEqual(['deaf.conf']);
    await after('keen.conf', 'colour: [');
    expect(files().sort()).toEqual(['deaf.conf', 'keen.conf']);
  });

  it('with a secret in what it throws: nobody sees it', async () => {
    const { after, problems, status, text } = await running({});
    await after('keen.conf', 'colour: black\napi-token: hunter22');
    expect(problems()[0].text).toContain('no such paint: (secret);');
    expect(JSON.stringify(status())).not.toContain('hunter22');
    expect(text()).not.toContain('no such paint: hunter22');
  });
});

describe('secrets in a file', () => {
  it.each(['*hunter22', '!hunter22 x', '|hunter22', '"hunter22\\q"', '[hunter22', '{ hunter22: x', 'hunter22: x', '7'])(
    'api-token: %s is no valid text: its value is in no problem',
    async (value) => {
      const { after, status, text } = await running({});
      await after('keen.conf', `size: 2\napi-token: ${value}`);
      expect(status().config.valid).toBe(value.startsWith('!'));
      expect(JSON.stringify(status())).not.toContain('hunter22');
      expect(text()).not.toContain('hunter22');
    },
  );

  it('words of a schema that repeat one: are masked', async () => {
    const config = z.object({
      'api-token': z.string().refine((value) => value !== 'hunter22', { error: 'not hunter22' }),
    });
    const touchy = definePlugin({ ...base, config, name: 'touchy', create: () => ({}) });
    const configDir = directoryWith({ 'touchy.conf': 'api-token: hunter22' });
    const refused = createAgent({ builtIns: { touchy }, configDir, log: recordingLog().log, env: {} });
    await expect(refused).rejects.toThrow('api-token: not (secret)');
  });
});

describe('changes that wait for a restart', () => {
  it('of a plugin without the hook: its keys, until they are undone', async () => {
    const { after, pending, status } = await running({});
    await after('deaf.conf', 'colour: red');
    expect(pending()).toEqual([{ plugin: 'deaf', keys: ['colour'] }]);
    expect(status()).toMatchObject({ overall: 'ok', config: { valid: true } });
    await after('deaf.conf', 'colour: red\nsize: 3');
    expect(pending()).toEqual([{ plugin: 'deaf', keys: ['colour', 'size'] }]);
    await after('deaf.conf', '');
    expect(pending()).toEqual([]);
  });

  it('that a hook cannot apply: those that it returns, until it returns none', async () => {
    const { after, pending, text } = await running({});
    await after('keen.conf', 'size: 2\ncolour: red');
    expect(pending()).toEqual([{ plugin: 'keen', keys: ['size'] }]);
    expect(text()).toContain('keen warn: size of keen.conf: takes effect when the agent is started again');
    await after('keen.conf', 'size: 2\ncolour: red # read again');
    expect(pending()).toEqual([{ plugin: 'keen', keys: ['size'] }]);
    await after('keen.conf', '');
    expect(pending()).toEqual([]);
  });

  it("of the agent's own: its keys, without a plugin", async () => {
    const { after, pending } = await running({ 'agent.yaml': 'plugins: [keen]' });
    await after('agent.yaml', 'plugins: [keen, deaf]\nstop-timeout: 3s\nlog-level: warn');
    expect(pending()).toEqual([
      { plugin: undefined, keys: ['plugins', 'stop-timeout'].sort((a, b) => b.localeCompare(a)) },
    ]);
    await after('agent.yaml', 'plugins: [keen]');
    expect(pending()).toEqual([]);
  });

  it('a hook that returns nonsense: nothing waits', async () => {
    const odd = definePlugin({
      ...base,
      name: 'odd',
      create: () => ({ configuration: () => ({ pendingRestart: [3, null, 'k'.repeat(300)] }) as never }),
    });
    const configDir = directoryWith({});
    const agent = await createAgent({ builtIns: { odd }, configDir, log: recordingLog().log, env: {} });
    onTestFinished(() => agent.close());
    await agent.start();
    writeFileSync(join(configDir, 'odd.conf'), 'size: 2');
    agent.reload();
    await vi.waitFor(() =>
      expect(agent.status.status.config.pendingRestart).toMatchObject([{ plugin: 'odd', keys: ['k'.repeat(200)] }]),
    );
  });
});

describe('very many problems', () => {
  it('are bounded in the status', () => {
    const state = new ConfigState(() => {});
    const many = Array.from({ length: 500 }, (_, i) => problemsIn(new Error(`wrong ${i}`))).flat();
    state.read(many, () => false);
    expect(state.status.problems).toHaveLength(100);
    expect(state.status.valid).toBe(false);
  });
});
