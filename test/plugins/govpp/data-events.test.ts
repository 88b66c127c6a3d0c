/** The data events as plugins have them: through the token, of the channels of all plugins, each with its own attachments. */

import { expect, it, onTestFinished, vi } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import type { PluginHooks } from '../../../src/agent/plugin/plugin.js';
import { refuse } from '../../../src/mux/index.js';
import { govppPlugin } from '../../../src/plugins/govpp/plugin.js';
import { PluginDataEvents } from '../../../src/plugins/govpp/plugin-data-events.js';
import { DataEvents, Mux } from '../../../src/sdk/mux.js';
import { recordingLog, taker } from '../../agent/support.js';
import { testMock } from '../../support/mock.js';

/** An agent with two plugins that listen, and one that sends; the listeners note what they hear, with their own counts. */
async function listening() {
  const mock = await testMock();
  const heard: string[] = [];
  const listener = (name: string, refuses: (message: string) => boolean) =>
    definePlugin({
      ...{ name, version: '1', agentApi: 1, requires: { events: DataEvents } },
      create({ events }) {
        const stop = events.listen({
          name,
          opened: ({ owner }) => ({ owner, count: 0 }),
          firstMessage: (_session, message) =>
            refuses(message.name) ? refuse('REFUSED', `${name} says no`) : undefined,
          request: (_session, message, mine) => {
            mine.count++;
            heard.push(`${name} ${mine.owner} ${mine.count}: ${message.name}`);
            return undefined;
          },
          refused: (_session, message, { text }, mine) =>
            void heard.push(`${name} ${mine.owner}: ${message.name} refused, ${text}`),
          closed: (_session, mine) => void heard.push(`${name} ${mine.owner} ${mine.count} closed`),
        });
        return { close: stop };
      },
    });
  const sender = taker({ mux: Mux }, 'sender');
  const { log } = recordingLog();
  const agent = await createAgent({
    plugins: [
      govppPlugin(),
      listener('one', () => false),
      listener('two', (message) => message === 'create_loopback'),
      sender.plugin,
    ],
    settings: { govpp: { 'binapi-socket-path': mock.socket, 'health-check-probe': 'none' } },
    ...{ log, env: {} },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const { mux } = sender.taken();
  await mux.ready();
  await vi.waitFor(() => expect(mux.status.pid).toBeDefined());
  return { agent, heard, mock, mux };
}

it('listeners of two plugins: each has its own attachment to the channel, whose owner it is told, until it is closed', async () => {
  const { heard, mux } = await listening();
  const ch = mux.channel();
  await ch.request('show_version');
  await ch.request('show_version');
  const other = mux.channel();
  await other.request('show_version');
  ch.close();
  expect(heard).toEqual([
    ...['one sender 1: show_version', 'two sender 1: show_version'],
    ...['one sender 2: show_version', 'two sender 2: show_version'],
    ...['one sender 1: show_version', 'two sender 1: show_version'],
    ...['one sender 2 closed', 'two sender 2 closed'],
  ]);
});

it('a plugin that refuses: the caller gets its code and text, VPP gets nothing, and only that plugin is told', async () => {
  const { heard, mock, mux } = await listening();
  for (const sent of [
    () => mux.channel().request('create_loopback'),
    () => mux.newAPIChannel().sendRequest('create_loopback').receiveReply(),
  ]) {
    await expect(sent()).rejects.toMatchObject({
      ...{ code: 'REFUSED', outcome: 'not-sent', message: expect.stringContaining('of sender) was refused') },
    });
    expect(heard.splice(0)).toEqual([
      'one sender 1: create_loopback',
      'two sender: create_loopback refused, two says no',
    ]);
  }
  expect(mock.received('create_loopback')).toBe(0);
});

it.each<[string, PluginHooks]>([
  ['init fails', { init: () => Promise.reject(new Error('no licence')) }],
  ['afterInit fails', { afterInit: () => Promise.reject(new Error('no licence')) }],
])('an optional plugin that refuses everything, and whose %s: refuses nothing any more', async (_, hooks) => {
  const mock = await testMock();
  let events: DataEvents | undefined;
  const listener = { firstMessage: () => refuse('REFUSED', 'nothing may go') };
  const bad = definePlugin({
    ...{ name: 'bad', version: '1', agentApi: 1, optional: true, requires: { events: DataEvents } },
    create(services) {
      events = services.events;
      events.listen(listener);
      return hooks;
    },
  });
  let mux: Mux | undefined;
  const sender = definePlugin({
    ...{ name: 'sender', version: '1', agentApi: 1, requires: { mux: Mux } },
    create(services) {
      mux = services.mux;
      return { afterInit: () => services.mux.ready() };
    },
  });
  const settings = { govpp: { 'binapi-socket-path': mock.socket } };
  const agent = await createAgent({
    plugins: [govppPlugin(), bad, sender],
    ...{ log: recordingLog().log, env: {}, settings },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  await expect(mux?.channel().request('show_version')).resolves.toMatchObject({ retval: 0 });
  expect(() => events?.listen(listener)).toThrow('plugin bad has ended: its start failed');
  await expect(mux?.channel().request('show_version')).resolves.toMatchObject({ retval: 0 });
});

it('the agent closes: listeners hear once of the channels that a plugin leaves open which ends before them', async () => {
  const { agent, heard, mux } = await listening();
  mux.channel();
  await agent.close();
  expect(heard).toEqual(['one sender 0 closed', 'two sender 0 closed']);
});

it('many listeners of one plugin: end with it, and Node does not warn of a leak', () => {
  const warned = vi.spyOn(process, 'emitWarning');
  onTestFinished(() => warned.mockRestore());
  const all = { listening: 0, decideAgain: () => {} };
  const listen = () => {
    all.listening++;
    return () => void all.listening--;
  };
  const plugin = new AbortController();
  const events = new PluginDataEvents({ ...all, listen }, plugin.signal);
  const [first] = Array.from({ length: 20 }, () => events.listen({}));
  first();
  expect(all.listening).toBe(19);
  plugin.abort(new Error('it has ended'));
  expect(() => events.listen({})).toThrow('it has ended');
  expect(all.listening).toBe(0);
  expect(warned).not.toHaveBeenCalled();
});
