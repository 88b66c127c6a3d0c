/** Routes of two plugins at one path. */

import { expect, it, onTestFinished } from 'vitest';
import { createAgent } from '../../../src/agent/boot/create-agent.js';
import { httpPlugin } from '../../../src/plugins/http/plugin.js';
import { Http } from '../../../src/sdk/http.js';
import { recordingLog, taker } from '../../agent/support.js';

/** An agent with plugins that add routes in turn. */
async function agentWith(...adds: ((server: Http['server']) => void)[]) {
  const users = adds.map(
    (add, i) => taker({ http: Http }, ['one', 'two'][i], ({ http }) => ({ init: () => add(http.server) })).plugin,
  );
  const agent = await createAgent({
    plugins: [httpPlugin, ...users],
    ...{ log: recordingLog().log, env: {}, settings: { http: { endpoint: '127.0.0.1:0' } } },
  });
  onTestFinished(() => agent.close());
  return agent;
}

const handler = async () => 'x';
const BOTH = 'plugins one and two both serve GET /x: ';

it.each<[string, (server: Http['server']) => void]>([
  ['added', (server) => void server.get('/x', handler)],
  ['one of several methods', (server) => void server.route({ method: ['PUT', 'GET'], url: '/x', handler })],
  ['registered', (server) => void server.register(async (scope) => void scope.get('/x', handler))],
  [
    'registered with a prefix',
    (server) => void server.register(async (s) => void s.get('/', handler), { prefix: '/x' }),
  ],
])('a route that another plugin has, %s: the start fails and names both', async (_, add) => {
  const agent = await agentWith((server) => void server.get('/x', handler), add);
  await expect(agent.start()).rejects.toThrow(BOTH);
});

it('other methods, and the same path for another host: no conflict', async () => {
  const agent = await agentWith(
    (server) => {
      server.get('/x', handler);
      server.get('/y', { constraints: { host: 'a.example' } }, handler);
    },
    (server) => {
      server.post('/x', handler);
      server.get('/y', { constraints: { host: 'b.example' } }, handler);
    },
  );
  await agent.start();
});

it('a plugin that has its own route already: the error is that of fastify', async () => {
  const agent = await agentWith((server) => {
    server.get('/x', handler);
    server.get('/x', handler);
  });
  await expect(agent.start()).rejects.toThrow("Method 'GET' already declared for route '/x'");
});
