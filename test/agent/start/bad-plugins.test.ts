/**
 * Plugins that misbehave in every way: each is named in one line, and the rest of the agent lives. They are files, as
 * they come to an agent, marked optional where else the agent would rightly not start.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import { Control } from '../../../src/agent/plugin/services.js';
import { token } from '../../../src/agent/token.js';
import { rightAfterwards, worksFor } from '../../support/busy.js';
import { directoryWith, pluginFile, recordingLog } from '../support.js';
// Loads the imports of the files first, so that these need no time of theirs.
import '../../../src/sdk/index.js';

/** Loading a file has to be done within the first one. */
const IMPATIENT = 'start-timeout: 2s\ncontrol-timeout: 500ms\n';

/** Runs an agent of a good plugin and a bad one through its whole life: start, every control event, close. */
async function lifeWith(files: Record<string, string>, budgets = '', needed?: string) {
  let control: Control | undefined;
  const seen: string[] = [];
  const good = definePlugin({
    name: 'good',
    version: '1',
    agentApi: 1,
    requires: { control: Control },
    provides: { taken: token<number>('test/taken') },
    create(services) {
      control = services.control;
      return {
        provide: { taken: 1 },
        dataplane: ({ state }) => void seen.push(state),
        redundancy: ({ role }) => void seen.push(role),
        close: () => void seen.push('close'),
      };
    },
  });
  const entries = Object.keys(files).map((file) => `  - plugin: ./${file}\n    optional: ${file !== needed}\n`);
  const configDir = directoryWith({ ...files, 'agent.yaml': `${budgets}plugins:\n  - good\n${entries.join('')}` });
  const { log, lines } = recordingLog('info');
  const agent = await createAgent({ builtIns: { good }, configDir, log, env: {} });
  onTestFinished(() => agent.close().catch(() => {}));
  await agent.start();
  control?.dataplane({ state: 'up', generation: 1 });
  control?.redundancy({ role: 'backup', generation: 2, socket: '/x', reason: 'x' });
  await vi.waitFor(() => expect(seen).toEqual(['up', 'backup']));
  const part = agent.status.status.parts.find(({ name }) => name === 'good');
  expect(part?.state).toBe('ok');
  return {
    agent,
    seen,
    configDir,
    /** The lines at warn and above that name the bad one, or are its own. */
    blamed: () =>
      lines
        .filter(({ level, msg, plugin }) => /warn|error|fatal/.test(level) && (plugin === 'bad' || msg.includes('bad')))
        .map(({ msg }) => msg),
  };
}

const throwing = (hook: string) =>
  pluginFile('bad', `create: () => ({ ${hook}() { throw new Error('no licence'); } }),`);
const hanging = (hook: string) => pluginFile('bad', `create: () => ({ ${hook}: () => new Promise(() => {}) }),`);

describe('a bad plugin', () => {
  it.each([
    [
      'throws in create',
      pluginFile('bad', "create() { throw new Error('no licence'); },"),
      'plugin bad: its create failed: no licence; skipped',
    ],
    ['throws in init', throwing('init'), 'plugin bad: its init failed: no licence; skipped'],
    ['throws in afterInit', throwing('afterInit'), 'plugin bad: its afterInit failed: no licence; skipped'],
    ['throws in dataplane', throwing('dataplane'), 'plugin bad: its dataplane failed: no licence'],
    ['throws in redundancy', throwing('redundancy'), 'plugin bad: its redundancy failed: no licence'],
    ['throws in saveState', throwing('saveState'), 'plugin bad: its saveState failed: no licence'],
    [
      'throws what is no error',
      pluginFile('bad', 'create() { throw undefined; },'),
      'plugin bad: its create failed: threw undefined, which is not an Error',
    ],
    ['never returns from init', hanging('init'), 'plugin bad: its init has not finished within 2 s'],
    ['never returns from afterInit', hanging('afterInit'), 'plugin bad: its afterInit has not finished within 2 s'],
    ['never returns from dataplane', hanging('dataplane'), 'plugin bad: its dataplane has not returned within 500 ms'],
    [
      'never returns from redundancy',
      hanging('redundancy'),
      'plugin bad: its redundancy has not returned within 500 ms',
    ],
    ['never returns from saveState', hanging('saveState'), 'plugin bad: its saveState has not returned within 500 ms'],
    ['never returns while it is loaded', 'await new Promise(() => {});', 'bad.js has not been loaded within 2 s'],
    [
      'registers twice',
      `${pluginFile('bad')}api.definePlugin({ name: 'b', version: '1', agentApi: 1, create: () => ({}) });`,
      'bad.js defines 2 plugins',
    ],
    ['never registers', 'export const bad = 1;', 'bad.js never calls definePlugin'],
    ['has a syntax error', 'export default {', 'bad.js shows where'],
    ['throws while it is loaded', "throw new Error('no licence');", 'bad.js cannot be loaded: no licence; node '],
    [
      'is of another agent API',
      pluginFile('bad').replace('agentApi: 1', 'agentApi: 2'),
      'plugin bad 1.0.0 was built for agent API 2, but this agent has agent API 1',
    ],
    [
      'does not provide what it promises',
      pluginFile('bad', "provides: { x: api.token('test/x') }, create: () => ({ provide: {} }),"),
      'but its create returned no provide.x',
    ],
    [
      'provides what another plugin does',
      pluginFile('bad', "provides: { x: api.token('test/taken') }, create: () => ({ provide: { x: 1 } }),"),
      'plugin bad provides "test/taken", which plugin good already provides; skipped',
    ],
    [
      'provides what the agent itself does',
      pluginFile('bad', 'provides: { x: api.Log }, create: () => ({ provide: { x: 1 } }),'),
      'plugin bad provides "log", which the agent itself already provides; skipped',
    ],
    [
      'creates nothing',
      pluginFile('bad', 'create: () => undefined,'),
      'plugin bad: its create returned nothing; return',
    ],
    [
      'creates a hook that is no function',
      pluginFile('bad', 'create: () => ({ close: 5 }),'),
      'plugin bad: its create returned close: a number, where a function belongs',
    ],
    [
      'creates a hook that there is not',
      pluginFile('bad', 'create: () => ({ onConfiguration() {} }),'),
      'its create returned "onConfiguration", which is unknown; did you mean "configuration"?',
    ],
    [
      'provides nothing at all',
      pluginFile('bad', "provides: { x: api.token('test/x') }, create: () => ({ provide: null }),"),
      'but its create returned no provide.x',
    ],
    [
      'implements with what is no function',
      pluginFile(
        'bad',
        "create: () => ({ operations: [api.implement(api.operation({ name: 'a.b', access: 'read', summary: 's', input: z.object({}), output: z.object({}) }), {})] }),",
      ),
      'implement(a.b, …): an object, where a function belongs',
    ],
    [
      'creates later',
      pluginFile('bad', 'create: async () => ({}),'),
      'plugin bad: its create returned a promise; what has',
    ],
    [
      'blocks the event loop in init',
      pluginFile('bad', `create: () => ({ init() { (${worksFor})(1600); } }),`),
      'plugin bad in its init; long work belongs in pieces or in a worker thread',
    ],
    [
      'blocks the event loop in a control hook',
      pluginFile('bad', `create: () => ({ dataplane() { (${worksFor})(1600); } }),`),
      'plugin bad in its dataplane; long work belongs in pieces or in a worker thread',
    ],
  ])('%s: is named in one line, and the rest of the agent lives', async (what, text, line) => {
    rightAfterwards();
    const { agent, seen, blamed } = await lifeWith({ 'bad.js': text }, what.startsWith('never') ? IMPATIENT : '');
    await vi.waitFor(() => expect(blamed()).toEqual([expect.stringContaining(line)]));
    expect(blamed()[0]).not.toContain('\n');
    await agent.close();
    expect(seen.at(-1)).toBe('close');
  });

  it.each([
    [
      'throws',
      '',
      throwing('configuration'),
      'its configuration failed: no licence; the previous configuration stays in effect',
    ],
    [
      'never returns',
      'control-timeout: 500ms\n',
      hanging('configuration'),
      'its configuration has not returned within 500 ms',
    ],
  ])('%s in configuration: is named in one line, and the rest of the agent lives', async (_, budget, text, line) => {
    const withConfig = text.replace('create:', 'config: z.object({ size: z.number().default(1) }), create:');
    const { agent, seen, configDir, blamed } = await lifeWith({ 'bad.js': withConfig }, budget);
    writeFileSync(join(configDir, 'bad.conf'), 'size: 2');
    agent.reload();
    await vi.waitFor(() => expect(blamed()).toEqual([expect.stringContaining(`plugin bad: ${line}`)]));
    await agent.close();
    expect(seen.at(-1)).toBe('close');
  });

  const OPERATION = `operations: [api.implement(api.operation({ name: 'bad.run', access: 'read', summary: 's',
    input: z.object({}), output: z.object({}) }), () => (RESULT))]`;
  const fails = `(() => { throw new Error('no licence'); })()`;
  it.each([
    ['throws in an operation', OPERATION.replace('RESULT', fails), 'FAILED', 'operation bad.run failed: no licence'],
    [
      'gives a wrong result',
      OPERATION.replace('RESULT', '5'),
      'FAILED',
      "operation bad.run failed: its result does not fit the operation's output",
    ],
    [
      'throws in open',
      `open: () => ${fails}, ${OPERATION.replace('RESULT', '{}')}`,
      'FAILED',
      'operation bad.run failed: no licence',
    ],
    [
      'throws in closeHandle',
      `closeHandle: () => ${fails}, ${OPERATION.replace('RESULT', '{}')}`,
      'done',
      'its closeHandle failed for client 1 (ann): no licence',
    ],
    [
      'leaks a handle',
      `closeHandle: () => new Promise(() => {}), ${OPERATION.replace('RESULT', '{}')}`,
      'done',
      'the handle of client 1 (ann) is not closed after',
    ],
  ])(
    '%s: the caller gets a typed error, it is named in one line, and the rest of the agent lives',
    async (_, hooks, code, line) => {
      const text = pluginFile('bad', `create: () => ({ ${hooks} }),`);
      const { agent, seen, blamed } = await lifeWith({ 'bad.js': text }, 'stop-timeout: 400ms\n');
      const client = agent.operations.open({ name: 'ann', access: 'read' });
      const ended = await client.call('bad.run', {}).then(
        () => 'done',
        (error) => error.code,
      );
      expect(ended).toBe(code);
      await agent.close().catch(() => {}); // what it holds on to is given up then, at the latest
      expect(blamed()).toEqual([expect.stringContaining(line)]);
      expect(seen.at(-1)).toBe('close');
    },
  );

  it.each([
    ['throws in close', throwing('close'), 'plugin bad: its close failed: no licence'],
    ['never returns from close', hanging('close'), 'plugin bad: its close failed: it did not finish within 200 ms'],
  ])('%s: is named, and all others are closed', async (_, text, message) => {
    const { agent, seen } = await lifeWith({ 'bad.js': text }, 'stop-timeout: 200ms\n');
    const failed = await agent.close().catch((error: AggregateError) => error);
    expect(failed?.errors.map(({ message: told }) => told)).toEqual([expect.stringContaining(message)]);
    expect(seen.at(-1)).toBe('close');
  });

  it.each([
    ['all of them optional: each is named, whoever needs them too, and the rest lives', true],
    ['one of them needed: nothing starts, and the whole circle is named', false],
  ])('several that need each other in a circle, %s', async (_, optional) => {
    const needs = (name: string, other: string, more = '') =>
      pluginFile(
        `bad-${name}`,
        `requires: { x: api.token('test/${other}') }, provides: { y: api.token('test/${name}') }, create: () => ({ provide: { y: 1 } }),${more}`,
      );
    const files = { 'a.js': needs('a', 'b'), 'b.js': needs('b', 'a'), 'c.js': needs('c', 'a') };
    const circle =
      'plugins require each other in a circle: bad-a requires "test/b" of bad-b, bad-b requires "test/a" of bad-a';
    if (!optional) return expect(lifeWith(files, '', 'b.js')).rejects.toThrow(circle);
    const { agent, seen, blamed } = await lifeWith(files);
    expect(blamed()).toEqual([
      `${circle}; skipped, since it is optional`,
      expect.stringMatching(/^plugins .* in a circle: bad-b requires "test\/a" of bad-a, bad-a .*; skipped/),
      expect.stringMatching(/^plugin bad-c requires "test\/a", which no plugin in the list provides .*; skipped/),
    ]);
    await agent.close();
    expect(seen.at(-1)).toBe('close');
  });
});
