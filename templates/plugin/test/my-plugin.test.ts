import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createAgent, createLog } from 'vppmux/agent';
import { builtIns } from 'vppmux/built-ins';
import { startMock } from 'vppmux/mock';
import myPlugin, { count } from '../src/my-plugin.js';

/** The plugin in an agent, against a mock with two interfaces, of which one is up. */
async function running(t: TestContext, config: Record<string, unknown> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'my-plugin-'));
  const mock = await startMock({
    socket: join(folder, 'api.sock'),
    setup: (dataplane) => void dataplane.addLoopback({ up: true }),
  });
  const agent = await createAgent({
    builtIns,
    plugins: [builtIns.govpp, builtIns.http, builtIns.health, builtIns.stats, builtIns.metrics, myPlugin],
    settings: {
      govpp: { 'binapi-socket-path': mock.socket },
      http: { endpoint: '127.0.0.1:0' },
      [myPlugin.name]: config,
    },
    log: createLog({ level: 'silent' }),
    env: {},
  });
  await agent.start();
  t.after(async () => {
    await agent.close();
    await mock.stop();
    rmSync(folder, { recursive: true });
  });
  const { url } = agent.status.status.details.http as { url: string };
  const reason = () => agent.status.status.parts.find(({ name }) => name === myPlugin.name)?.reason;
  return {
    mock,
    client: agent.operations.open({ name: 'test', access: 'read' }),
    metrics: async () => (await fetch(`${url}/metrics`)).text(),
    /** Resolves when the plugin's entry in /status says so. */
    says: (wanted: string) =>
      new Promise<void>((resolve) => {
        const look = () => reason() === wanted && resolve();
        agent.status.subscribe(look);
        look();
      }),
  };
}

test('count: all interfaces, or those of a state', { timeout: 10_000 }, async (t) => {
  const plugin = await running(t);
  await plugin.says('2 interfaces');
  assert.deepEqual(await plugin.client.call(count, {}), { count: 2 });
  assert.deepEqual(await plugin.client.call(count, { state: 'up' }), { count: 1 });
  await assert.rejects(plugin.client.call('my-plugin.count', { state: 'sideways' }), { code: 'INVALID_INPUT' });
});

test('metric: the interfaces at the last look', { timeout: 10_000 }, async (t) => {
  const plugin = await running(t);
  await plugin.says('2 interfaces');
  assert.match(await plugin.metrics(), /^my_plugin_interfaces 2$/m);
});

test('VPP: looked at every so often, and again when it is back', { timeout: 10_000 }, async (t) => {
  const plugin = await running(t, { every: '20ms' });
  await plugin.says('2 interfaces');
  plugin.mock.dataplane.addLoopback();
  await plugin.says('3 interfaces');
  plugin.mock.kill();
  await plugin.says('waiting for VPP');
  await plugin.mock.start();
  await plugin.says('2 interfaces');
});
