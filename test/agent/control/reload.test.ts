import { execFileSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import type { AgentOptions } from '../../../src/agent/boot/agent.js';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import type { ConfigurationEvent } from '../../../src/agent/plugin/control-events.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import { Log } from '../../../src/agent/plugin/services.js';
import { deferred, directoryWith, recordingLog } from '../support.js';

const schema = z.object({ colour: z.string().default('grey'), size: z.number().default(1) });
type Config = z.output<typeof schema>;

/** A plugin that records every change that it gets, and one without a hook for it. */
function pair(events: ConfigurationEvent<Config>[], hook: (event: ConfigurationEvent<Config>) => unknown = () => {}) {
  const base = { version: '1', agentApi: 1, config: schema };
  return {
    keen: definePlugin({
      ...base,
      name: 'keen',
      create: () => ({
        async configuration(event) {
          await hook(event);
          events.push(event);
        },
      }),
    }),
    deaf: definePlugin({ ...base, name: 'deaf', create: () => ({}) }),
  };
}

async function running(
  files: Record<string, string>,
  options: AgentOptions & { hook?: (event: ConfigurationEvent<Config>) => unknown } = {},
) {
  const events: ConfigurationEvent<Config>[] = [];
  const { hook, ...rest } = options;
  const configDir = directoryWith(files);
  const { log, text, lines } = recordingLog('info');
  const agent = await createAgent({ builtIns: pair(events, hook), configDir, log, env: {}, ...rest });
  onTestFinished(() => agent.close());
  await agent.start();
  const write = (file: string, content: string) => writeFileSync(join(configDir, file), content);
  const heard = (count: number) => vi.waitFor(() => expect(events).toHaveLength(count));
  const said = (line: string) => vi.waitFor(() => expect(text()).toContain(line));
  const part = (name: string) => agent.status.status.parts.find((each) => each.name === name);
  return { agent, configDir, events, write, heard, said, text, lines, part };
}

describe('configuration that is read again', () => {
  it('an optional plugin that failed to start: its mended file is told, and waits for a restart', async () => {
    const failing = definePlugin({
      name: 'failing',
      version: '1',
      agentApi: 1,
      optional: true,
      config: schema,
      create: () => ({
        init() {
          throw new Error('no such colour');
        },
      }),
    });
    const { agent, write, said } = await running({ 'failing.conf': 'colour: rde' }, { builtIns: { failing } });
    write('failing.conf', 'colour: red');
    agent.reload();
    await said(
      'failing warn: its configuration has changed (colour), which takes effect when the agent is started again',
    );
    expect(agent.status.status.config.pendingRestart).toMatchObject([{ plugin: 'failing', keys: ['colour'] }]);
    write('failing.conf', 'colour: rde');
    agent.reload();
    await vi.waitFor(() => expect(agent.status.status.config.pendingRestart).toEqual([]));
  });

  it('the plugin gets the value in force and the new one, both checked', async () => {
    const { agent, write, heard, events, said } = await running({ 'keen.conf': 'colour: red' });
    write('keen.conf', 'colour: blue\nsize: 2');
    agent.reload();
    await heard(1);
    expect(events[0]).toEqual({ before: { colour: 'red', size: 1 }, after: { colour: 'blue', size: 2 } });
    await said('keen info: its configuration has changed: colour, size');
  });

  it.each([
    ['an alias that leads nowhere', 'colour: *_dump\n', ':1:9: *_dump is an alias to YAML'],
    ['values that contain themselves', 'colour: &a [*a]\n', ':1:13: *a stands for something that it is a part of'],
    ['more than can be nested', `colour: ${'['.repeat(5000)}`, 'is nested deeper than 64'],
    ['more than a configuration has', 'x'.repeat(2_000_000), 'it is larger than 256 KiB'],
  ])('%s: is a mistake with its place, what was in force stays, and the agent runs', async (_, text, told) => {
    const { agent, write, said, part, heard, events } = await running({ 'keen.conf': 'colour: red' });
    write('keen.conf', text);
    expect(() => agent.reload()).not.toThrow();
    await said(told);
    await said('the configuration has mistakes: the previous configuration stays in effect');
    expect(part('keen')?.state).toBe('ok');
    write('keen.conf', 'colour: blue');
    agent.reload();
    await heard(1);
    expect(events[0].before.colour).toBe('red');
  });

  it('a named pipe in the place of a file: is not waited for', async () => {
    const { agent, configDir, said } = await running({ 'keen.conf': 'colour: red' });
    rmSync(join(configDir, 'keen.conf'));
    execFileSync('mkfifo', [join(configDir, 'keen.conf')]);
    agent.reload();
    await said('it is a named pipe, not a file');
  });

  it('a file that goes: the defaults; one that comes: its values', async () => {
    const { agent, configDir, write, heard, events } = await running({ 'keen.conf': 'colour: red' });
    rmSync(join(configDir, 'keen.conf'));
    agent.reload();
    await heard(1);
    write('keen.conf', 'size: 7');
    agent.reload();
    await heard(2);
    expect(events.map(({ after }) => after)).toEqual([
      { colour: 'grey', size: 1 },
      { colour: 'grey', size: 7 },
    ]);
  });

  it('nothing has changed, or only how it is written: nobody is told', async () => {
    const { agent, write, heard, events } = await running({ 'keen.conf': 'colour: red' });
    write('keen.conf', '# a comment\nsize: 1\ncolour: "red"\n');
    agent.reload();
    write('keen.conf', 'colour: green');
    agent.reload();
    await heard(1);
    expect(events[0].after.colour).toBe('green');
  });

  it('changes while the hook still works on one: each comes against what is in force then', async () => {
    const slow = deferred();
    const { agent, write, heard, events } = await running({}, { hook: () => slow.promise });
    for (const colour of ['red', 'green', 'red']) {
      write('keen.conf', `colour: ${colour}`);
      agent.reload();
    }
    slow.resolve();
    await heard(3);
    expect(events.map(({ before, after }) => `${before.colour} ${after.colour}`)).toEqual([
      'grey red',
      'red green',
      'green red',
    ]);
  });

  it('a mistake in any file: each is told with its place, and nothing at all changes', async () => {
    const { agent, configDir, write, heard, events, said, text } = await running({ 'keen.conf': 'colour: red' });
    write('keen.conf', 'colour: blue');
    write('deaf.conf', 'sise: 3\ncolour: 4');
    agent.reload();
    await said('error: the configuration has mistakes: the previous configuration stays in effect');
    expect(text()).toContain(`error: ${configDir}/deaf.conf:1:1: unknown key "sise"; did you mean "size"?`);
    expect(text()).toContain(`error: ${configDir}/deaf.conf:2:9: colour: expected string, received number`);
    expect(events).toEqual([]);
    write('deaf.conf', '');
    agent.reload();
    await heard(1);
    expect(events[0].before.colour).toBe('red');
  });

  it('a schema that throws, instead of saying what is wrong: is a mistake like any other', async () => {
    const config = z.object({ target: z.string().transform((text) => new URL(text).host) });
    const touchy = definePlugin({ name: 'touchy', version: '1', agentApi: 1, config, create: () => ({}) });
    const builtIns = { touchy };
    const { agent, configDir, write, said, text } = await running({ 'touchy.conf': 'target: http://a/' }, { builtIns });
    write('touchy.conf', 'target: nonsense');
    agent.reload();
    await said('error: the configuration has mistakes: the previous configuration stays in effect');
    const line = `${configDir}/touchy.conf:1:1: the schema of this configuration failed, by throwing: Invalid URL`;
    expect(text()).toContain(`error: ${line}`);
    await expect(createAgent({ builtIns, configDir, log: recordingLog().log, env: {} })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      plugin: 'touchy',
    });
  });

  it('a plugin that refuses the new value: is degraded, and the old one stays in force until a good one comes', async () => {
    const hook = ({ after }: ConfigurationEvent<Config>) => {
      if (after.colour === 'black') throw new Error('no such paint');
    };
    const { agent, write, heard, events, said, part, text } = await running({ 'keen.conf': 'colour: red' }, { hook });
    write('keen.conf', 'colour: black');
    agent.reload();
    await said(
      'keen error: plugin keen: its configuration failed: no such paint; the previous configuration stays in effect',
    );
    expect(part('keen')).toMatchObject({ state: 'degraded' });
    write('keen.conf', 'colour: white');
    agent.reload();
    await heard(1);
    expect(events[0].before.colour).toBe('red');
    await vi.waitFor(() => expect(part('keen')).toMatchObject({ state: 'ok' }));
    expect(text().match(/no such paint/g)).toHaveLength(1);
  });

  it('what a plugin has refused: is tried again when it is read again, as what it lacked may be there', async () => {
    let isThere = false;
    const hook = () => {
      if (!isThere) throw new Error('no such file');
    };
    const { agent, write, heard, events, said } = await running({ 'keen.conf': 'colour: red' }, { hook });
    write('keen.conf', 'colour: blue');
    agent.reload();
    await said(
      'keen error: plugin keen: its configuration failed: no such file; the previous configuration stays in effect',
    );
    isThere = true;
    agent.reload();
    await heard(1);
    expect(events).toMatchObject([{ before: { colour: 'red' }, after: { colour: 'blue' } }]);
  });

  it('a plugin without the hook: a line, once, that it takes a start', async () => {
    const { agent, write, said, text, heard } = await running({});
    write('deaf.conf', 'colour: red');
    agent.reload();
    await said('deaf warn: its configuration has changed (colour), which takes effect when the agent is started again');
    write('keen.conf', 'colour: red');
    agent.reload();
    await heard(1);
    expect(text().match(/takes effect/g)).toHaveLength(1);
  });

  it('asked for during the start: is done when the agent runs', async () => {
    const configDir = directoryWith({ 'keen.conf': 'colour: red' });
    const events: ConfigurationEvent<Config>[] = [];
    const agent = await createAgent({ builtIns: pair(events), configDir, log: recordingLog().log, env: {} });
    onTestFinished(() => agent.close());
    writeFileSync(join(configDir, 'keen.conf'), 'colour: blue');
    agent.reload();
    await agent.start();
    await vi.waitFor(() => expect(events).toMatchObject([{ before: { colour: 'red' }, after: { colour: 'blue' } }]));
  });

  it('asked for while its folder was exchanged: the new folder is watched from then on', async () => {
    const { agent, configDir, heard, said, events } = await running({ 'keen.conf': 'colour: red' }, { watch: true });
    rmSync(configDir, { recursive: true });
    await said('but there is no such directory');
    mkdirSync(configDir);
    writeFileSync(join(configDir, 'keen.conf'), 'colour: blue');
    agent.reload();
    await heard(1);
    writeFileSync(join(configDir, 'keen.conf'), 'colour: green');
    await heard(2);
    expect(events[1].after.colour).toBe('green');
  });

  it('after close: nothing', async () => {
    const { agent, write, events, text } = await running({});
    await agent.close();
    write('keen.conf', 'colour: blue');
    agent.reload();
    expect(events).toEqual([]);
    expect(text()).not.toContain('changed');
  });
});

describe('configuration files that change', () => {
  it('watched: the plugin is told without a signal, also when an editor replaces the file', async () => {
    const { configDir, write, heard, events } = await running({ 'keen.conf': 'colour: red' }, { watch: true });
    write('keen.conf.new', 'colour: blue');
    renameSync(join(configDir, 'keen.conf.new'), join(configDir, 'keen.conf'));
    await heard(1);
    expect(events[0].after.colour).toBe('blue');
  });
});

describe('agent.yaml that is read again', () => {
  const listed = (more = '', entry = '') => `${more}plugins:\n  - plugin: keen\n${entry}  - deaf\n`;

  it('watched: a file that changes while the plugins still start is not missed', async () => {
    const configDir = directoryWith({});
    const events: ConfigurationEvent<Config>[] = [];
    const slow = definePlugin({
      name: 'slow',
      version: '1',
      agentApi: 1,
      create: () => ({ init: () => writeFileSync(join(configDir, 'keen.conf'), 'size: 7') }),
    });
    const { keen } = pair(events);
    const agent = await createAgent({
      plugins: [keen, slow],
      configDir,
      watch: true,
      log: recordingLog().log,
      env: {},
    });
    onTestFinished(() => agent.close());
    await agent.start();
    await vi.waitFor(() => expect(events).toMatchObject([{ after: { size: 7 } }]));
  });

  it('log-level: applies at once, for all and for one plugin', async () => {
    const lines: string[] = [];
    const talker = definePlugin({
      ...{ name: 'talker', version: '1', agentApi: 1, requires: { log: Log }, config: schema },
      create: ({ log }) => ({ configuration: ({ after }) => void lines.push(`${after.size} ${log.level}`) }),
    });
    const entry = (size: number, more = '') => `plugins:\n  - plugin: talker\n    config: { size: ${size} }\n${more}`;
    const silent = 'log-level: silent\n';
    const { agent, write } = await running(
      { 'agent.yaml': silent + entry(0) },
      { log: undefined, builtIns: { talker } },
    );
    for (const text of [silent + entry(2, '    log-level: fatal\n'), `log-level: error\n${entry(3)}`]) {
      write('agent.yaml', text);
      agent.reload();
    }
    await vi.waitFor(() => expect(lines).toHaveLength(2));
    expect(lines.at(-1)).toBe('3 error');
    write('agent.yaml', silent + entry(4, '    log-level: fatal\n'));
    agent.reload();
    await vi.waitFor(() => expect(lines.at(-1)).toBe('4 fatal'));
    expect(agent.log.level).toBe('silent');
  });

  it('what is fixed for the life of the agent: is named once, and has no effect', async () => {
    const { agent, write, text } = await running({ 'agent.yaml': listed() });
    write('agent.yaml', `${listed('name: other\nstop-timeout: 3s\n')}  - more\n`);
    agent.reload();
    agent.reload();
    expect(text().match(/takes effect/g)).toHaveLength(1);
    expect(text()).toContain(
      '- warn: agent.yaml has changed (name, stop-timeout, plugins), which takes effect when the agent is started again',
    );
    expect(agent.name).toBe('vppmux');
  });

  it('an entry with configuration that is taken out: what was in force stays, as the plugin does', async () => {
    const inline = listed('', '    config: { colour: red }\n');
    const { agent, write, heard, events, text } = await running({ 'agent.yaml': inline });
    write('agent.yaml', 'plugins:\n  - deaf\n');
    agent.reload();
    write('agent.yaml', inline.replace('red', 'blue'));
    agent.reload();
    await heard(1);
    expect(events).toEqual([{ before: { colour: 'red', size: 1 }, after: { colour: 'blue', size: 1 } }]);
    expect(text()).toContain('agent.yaml has changed (plugins), which takes effect');
  });

  it('configuration that is taken out of an entry: the defaults', async () => {
    const { agent, write, heard, events } = await running({
      'agent.yaml': listed('', '    config: { colour: red }\n'),
    });
    write('agent.yaml', listed());
    agent.reload();
    await heard(1);
    expect(events[0].after.colour).toBe('grey');
  });

  it('configuration in it: is told like that of a file, with its place in agent.yaml where it is wrong', async () => {
    const inline = (config: string) => listed('', `    config: ${config}\n`);
    const { agent, configDir, write, heard, events, said, text } = await running({
      'agent.yaml': inline('{ colour: red }'),
    });
    write('agent.yaml', inline('{ colour: blue }'));
    agent.reload();
    await heard(1);
    expect(events[0]).toMatchObject({ before: { colour: 'red' }, after: { colour: 'blue' } });
    expect(text()).not.toContain('takes effect');
    write('agent.yaml', inline('{ colour: 3 }'));
    agent.reload();
    await said(`error: ${configDir}/agent.yaml:3:23: colour: expected string, received number`);
  });
});
