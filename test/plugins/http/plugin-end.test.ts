/** Routes and WebSockets of a plugin that has ended, while the server goes on. */

import { once } from 'node:events';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { definePlugin } from '../../../src/agent/plugin/define-plugin.js';
import type { PluginHooks } from '../../../src/agent/plugin/plugin.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { deferred, recordingLog, taker } from '../../agent/support.js';

/** An agent whose optional plugin `left` has routes of every kind, and fails in its afterInit when it is let. */
async function serving(step: 'init' | 'afterInit') {
  const fail = deferred();
  let left: Http | undefined;
  const bad = definePlugin({
    ...{ name: 'left', version: '1', agentApi: 1, optional: true, requires: { http: Http } },
    create({ http }) {
      left = http;
      http.server.get('/left', async () => 'left');
      http.server.route({
        method: ['GET', 'POST'],
        url: '/left/open',
        config: { access: 'open' },
        handler: async () => 'open',
      });
      http.server.register(async (scope) => void scope.get('/inner', async () => 'inner'), { prefix: '/left' });
      http.server.register((scope, _, done) => {
        scope.get('/left/callback', async () => 'callback');
        done();
      });
      const module = (path: string) => ({
        default: async (scope: FastifyInstance) => void scope.get(path, async () => 'module'),
      });
      http.server.register(module('/left/module') as unknown as FastifyPluginAsync);
      http.server.register(Promise.resolve(module('/left/promise')));
      http.socket('/left/live', (socket) => socket.send('hello'));
      return { [step]: () => fail.promise };
    },
  });
  const user = taker({ http: Http }, 'user', ({ http }) => ({
    init() {
      http.server.get('/user', async () => 'user');
      http.socket('/user/live', (socket) => socket.send('hello'));
    },
  }));
  const { log, text } = recordingLog();
  const settings = { http: { endpoint: '127.0.0.1:0', 'loopback-access': 'write' } };
  const agent = await createAgent({ plugins: [httpPlugin, bad, user.plugin], log, env: {}, settings });
  onTestFinished(() => agent.close());
  const started = agent.start();
  const get = async (path: string) => {
    const answer = await fetch(`${user.taken().http.url}${path}`);
    return `${answer.status} ${await answer.text()}`;
  };
  const open = async (path: string) => {
    const socket = new WebSocket(`${user.taken().http.url?.replace('http', 'ws')}${path}`);
    onTestFinished(() => socket.terminate());
    await once(socket, 'message');
    return socket;
  };
  return { started, fail, user, get, open, text, left: () => left as Http };
}

const PATHS = ['/left', '/left/open', '/left/inner', '/left/callback', '/left/module', '/left/promise'];

it('a plugin left out: its routes are unavailable, its WebSockets closed, those of others are as before', async () => {
  const { started, fail, user, get, open, text } = await serving('afterInit');
  await vi.waitFor(() => expect(user.taken().http.url).toBeDefined());
  expect(await Promise.all(PATHS.map(get))).toEqual([
    ...['200 left', '200 open', '200 inner', '200 callback', '200 module', '200 module'],
  ]);
  const [mine, other] = await Promise.all([open('/left/live'), open('/user/live')]);
  const closed = once(mine, 'close');
  fail.reject(new Error('no licence'));
  await started;
  const [code, reason] = await closed;
  expect(`${code} ${reason}`).toBe('1001 plugin left has ended: its start failed');
  expect(other.readyState).toBe(WebSocket.OPEN);
  expect(await get('/user')).toBe('200 user');
  for (const path of PATHS) {
    expect(await get(path)).toMatch(/^503 .*"UNAVAILABLE","message":"plugin left, which is behind it, has ended"/);
  }
  await expect(open('/left/live')).rejects.toThrow('404');
  expect(text()).toContain('http debug: closed what plugin left left open: 1 WebSocket path, 1 WebSocket');
});

it('a plugin that fails before the server listens: so are its routes, and it takes no WebSockets any more', async () => {
  const { started, fail, get, left } = await serving('init');
  fail.reject(new Error('no licence'));
  await started;
  for (const path of PATHS) expect(await get(path)).toMatch(/^503 .*"UNAVAILABLE"/);
  expect(() => left().socket('/late', () => {})).toThrow(
    expect.objectContaining({ code: 'PLUGIN_ENDED', message: 'plugin left has ended: its start failed' }),
  );
});

/** An agent with an optional plugin whose registered function fails when the server begins to listen. */
async function registering(register: Register, hooks: PluginHooks = {}) {
  const bad = definePlugin({
    ...{ name: 'bad', version: '1', agentApi: 1, optional: true, requires: { http: Http } },
    create({ http }) {
      register(http.server);
      return hooks;
    },
  });
  const { log, text } = recordingLog();
  const settings = { http: { endpoint: '127.0.0.1:0' } };
  const agent = await createAgent({ plugins: [httpPlugin, bad], log, env: {}, settings });
  onTestFinished(() => agent.close().catch(() => {}));
  return { agent, text };
}

type Register = (server: FastifyInstance) => void;

const FAILING: readonly [string, Register][] = [
  ['asynchronous', (server) => void server.register(async () => Promise.reject(new Error('no licence')))],
  ['with a callback', (server) => void server.register((_scope, _options, done) => done(new Error('no licence')))],
  [
    'with a callback, and throws',
    (server) =>
      void server.register((_scope, _options, _done) => {
        throw new Error('no licence');
      }),
  ],
];

it.each(FAILING)('a function that was registered fails (%s): its plugin is named', async (_, register) => {
  const { agent } = await registering(register);
  await expect(agent.start()).rejects.toThrow(
    'plugin http: its afterInit failed: what plugin bad has registered with the server failed: no licence',
  );
});

it.each(FAILING)('it fails (%s) when its plugin has ended: is told, and the server listens', async (_, register) => {
  const { agent, text } = await registering(register, { init: () => Promise.reject(new Error('ended')) });
  await agent.start();
  expect(text()).toContain(
    'http warn: what plugin bad, which has ended, has registered with the server failed: no licence',
  );
});
