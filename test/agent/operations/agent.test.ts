/** Operations in a running agent: from after init until before close. */

import { describe, expect, it, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { Operations } from '../../../src/agent/operations/operations.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import type { Plugin, PluginHooks } from '../../../src/agent/plugin/plugin.js';
import { rightAfterwards, worksFor } from '../../support/busy.js';
import { deferred, directoryWith, recordingLog } from '../support.js';
import { echo, echoing, named, settle } from './support.js';

/** Keeps the event loop for longer than it may stand still. */
function block<T>(result: T): T {
  rightAfterwards();
  worksFor(1400);
  return result;
}

const plugin = (name: string, hooks: PluginHooks, optional = false) =>
  definePlugin({ name, version: '1.0.0', agentApi: 1, optional, create: () => hooks });

async function agentOf(...plugins: Plugin[]) {
  const recorded = recordingLog();
  return { ...recorded, agent: await createAgent({ plugins, log: recorded.log, env: {} }) };
}

describe('operations in an agent', () => {
  it('can be called from the afterInit of any plugin on; the calling plugin’s clients end with it', async () => {
    const steps: string[] = [];
    const server = plugin('server', {
      operations: [echoing()],
      open: ({ name }) => void steps.push(`open ${name}`),
      closeHandle: (_, { name }) => void steps.push(`closeHandle ${name}`),
      close: () => void steps.push('server.close'),
    });
    const user = definePlugin({
      name: 'user',
      version: '1.0.0',
      agentApi: 1,
      requires: { operations: Operations },
      create: ({ operations }) => {
        const client = operations.open({ name: 'user', access: 'read' });
        return {
          async afterInit() {
            steps.push((await client.call(echo, { text: 'called' })).text);
          },
          close: () => void steps.push('user.close'),
        };
      },
    });
    const { agent } = await agentOf(user, server);
    await agent.start();
    await agent.close();
    expect(steps).toEqual(['open user', 'called', 'closeHandle user', 'server.close', 'user.close']);
  });

  it('a handle that its plugin does not close: costs that plugin, not the one that opened the client', async () => {
    const server = plugin('server', { operations: [echoing()], closeHandle: () => new Promise(() => {}) });
    const user = definePlugin({
      name: 'user',
      version: '1.0.0',
      agentApi: 1,
      requires: { operations: Operations },
      create: ({ operations }) => ({
        afterInit: async () => void (await operations.open({ name: 'caller', access: 'read' }).call(echo, {})),
      }),
    });
    const { agent, text } = await agentOf(server, user);
    await agent.start();
    await agent.close();
    expect(text()).toMatch(/server error: the handle of client 1 \(caller\) is not closed after \d+ ms/);
    expect(text()).not.toContain('user warn');
  });

  it('operation-timeout of agent.yaml: is the deadline of calls that name none', async () => {
    const configDir = directoryWith({ 'agent.yaml': 'operation-timeout: 20ms' });
    const builtIns = { server: plugin('server', { operations: [echoing(() => new Promise(() => {}))] }) };
    const agent = await createAgent({ builtIns, configDir, log: recordingLog().log, env: {} });
    await agent.start();
    const client = agent.operations.open({ name: 'test', access: 'read' });
    await expect(client.call(echo, {})).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: expect.stringContaining('has not ended within 20 ms'),
    });
    await agent.close();
  });

  it.each<[string, PluginHooks]>([
    ['operation test.echo', { operations: [echoing(() => block({ text: '' }))] }],
    ['open', { operations: [echoing()], open: () => block({}) }],
    ['closeHandle', { operations: [echoing()], closeHandle: () => block(undefined) }],
  ])('%s that blocks the event loop: is named, and nobody else', async (doing, hooks) => {
    const stopped = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    const patient = plugin('patient', {
      operations: [echoing(({ signal }) => stopped(signal), named('test.patient'))],
    });
    const { agent, text } = await agentOf(plugin('hog', hooks), patient);
    await agent.start();
    const other = agent.operations.open({ name: 'other', access: 'read' });
    const waiting = other.call('test.patient', {}).catch(() => {});
    const client = agent.operations.open({ name: 'test', access: 'read' });
    await client.call(echo, {});
    await client.close();
    await vi.waitFor(() => expect(text()).toContain('the event loop was blocked'));
    expect(text()).toContain(`: plugin hog in its ${doing}`);
    await other.close();
    await waiting;
    await agent.close();
  });

  it.each<[string, PluginHooks, RegExp]>([
    ['an operation', { operations: [echoing(() => new Promise(() => {}))] }, /test\.echo has not stopped/],
    [
      'open',
      { operations: [echoing()], open: () => new Promise(() => {}) },
      /its open, which test\.echo waits for, has/,
    ],
  ])('%s that never returns: is named in one line when the agent ends', async (_, hooks, said) => {
    const configDir = directoryWith({ 'agent.yaml': 'stop-timeout: 300ms' });
    const { log, lines } = recordingLog();
    const agent = await createAgent({ plugins: [plugin('stuck', hooks)], configDir, log, env: {} });
    await agent.start();
    const client = agent.operations.open({ name: 'test', access: 'read' });
    await expect(client.call(echo, {}, { timeoutMs: 20 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    await agent.close();
    const blamed = lines.filter(({ level }) => level === 'error' || level === 'warn').map(({ msg }) => msg);
    expect(blamed).toEqual([expect.stringMatching(said)]);
    expect(blamed[0]).toMatch(/ \d+ ms after it was aborted; its plugin ends all the same$/);
  });

  it('plugins with one operation: are asked in their order', async () => {
    const say = (text: string) => plugin(text, { operations: [echoing(() => ({ text }))] });
    const { agent } = await agentOf(say('one'), say('two'));
    await agent.start();
    const client = agent.operations.open({ name: 'test', access: 'read' });
    expect(await client.call(echo, {})).toEqual({ text: 'one' });
    expect(agent.operations.catalogue[0].plugins).toEqual(['one', 'two']);
    await agent.close();
  });

  it('two shapes of one name: the agent does not start, names both plugins and closes what was up', async () => {
    const closed: string[] = [];
    const one = plugin('one', { operations: [echoing()], close: () => void closed.push('one') });
    const other = named('test.echo', 'write');
    const two = plugin('two', { operations: [echoing(undefined, other)], close: () => void closed.push('two') });
    const { agent } = await agentOf(one, two);
    await expect(agent.start()).rejects.toMatchObject({
      code: 'OPERATION_CONFLICT',
      message: expect.stringContaining('plugins one and two define operation test.echo differently (access)'),
    });
    expect(closed).toEqual(['two', 'one']);
  });

  it('an optional plugin with such: the agent goes on without it, and does not call its afterInit', async () => {
    let told = false;
    const two = plugin(
      'two',
      {
        operations: [echoing(undefined, named('test.echo', 'write'))],
        afterInit: () => {
          told = true;
        },
      },
      true,
    );
    const { agent } = await agentOf(plugin('one', { operations: [echoing()] }), two);
    await agent.start();
    expect(agent.operations.catalogue[0]).toMatchObject({ plugins: ['one'], operation: { access: 'read' } });
    expect(told).toBe(false);
    await agent.close();
  });

  it('at the end: a call under way finishes before the plugin closes, one that does not is cancelled', async () => {
    const steps: string[] = [];
    const gate = deferred<{ text: string }>();
    const slow = echoing(async () => {
      const result = await gate.promise;
      steps.push('finished');
      return result;
    });
    const hung = echoing(
      (ctx) =>
        new Promise((_, reject) => {
          ctx.signal.addEventListener('abort', () => reject(ctx.signal.reason));
        }),
      named('test.hung'),
    );
    const { agent } = await agentOf(
      plugin('hung', { operations: [hung], close: () => void steps.push('hung.close') }),
      plugin('slow', { operations: [slow], close: () => void steps.push('slow.close') }),
    );
    await agent.start();
    const client = agent.operations.open({ name: 'test', access: 'read' });
    const finishing = client.call(echo, {});
    const cancelled = expect(client.call('test.hung', {})).rejects.toMatchObject({ code: 'CLOSED' });
    await settle();
    const closing = agent.close();
    gate.resolve({ text: 'done' });
    expect(await finishing).toEqual({ text: 'done' });
    await cancelled;
    await closing;
    expect(steps).toEqual(['finished', 'slow.close', 'hung.close']);
    await expect(client.call(echo, {})).rejects.toMatchObject({ code: 'CLOSED' });
    expect(() => agent.operations.open({ name: 'late', access: 'read' })).toThrow('the agent is closing');
  });
});
