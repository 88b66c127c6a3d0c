import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import interfaceLister from '../../examples/interface-lister/interface-lister.js';
import { createAgent } from '../../src/agent/boot/create-agent.js';
import { govppPlugin } from '../../src/plugins/govpp/plugin.js';
import { recordingLog } from '../agent/support.js';
import { socketPath, testMock } from '../support/mock.js';

async function lister(socket: string, every = '10s') {
  const { log, text } = recordingLog('info');
  const agent = await createAgent({
    plugins: [govppPlugin(), interfaceLister],
    log,
    env: {},
    settings: { govpp: { 'binapi-socket-path': socket }, 'interface-lister': { every } },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const part = () => agent.status.status.parts.find(({ name }) => name === 'interface-lister');
  const lists = () => text().match(/interfaces: .*/g) ?? [];
  return { agent, text, part, lists };
}

const untilTrue = (check: () => unknown) => vi.waitFor(check, { interval: 10 });

describe('the interface lister', () => {
  it('lists when VPP is connected, and then only what changed', async () => {
    const mock = await testMock();
    const { lists, part } = await lister(mock.socket, '50ms');
    await untilTrue(() => expect(mock.received('sw_interface_dump')).toBeGreaterThan(2));
    expect(lists()).toEqual(['interfaces: local0 (down)']);
    mock.dataplane.addLoopback();
    await untilTrue(() => expect(lists()).toHaveLength(2));
    expect(lists()[1]).toBe('interfaces: local0 (down), loop0 (down)');
    expect(part()?.state).toBe('ok');
  });

  it('tells what happens to an interface', async () => {
    const mock = await testMock({ setup: (dataplane) => void dataplane.addLoopback() });
    const { text } = await lister(mock.socket);
    await untilTrue(() => expect(mock.clients[0].wants).toContain('want_interface_events'));
    mock.dataplane.setAdmin(1, true);
    await untilTrue(() => expect(text()).toContain('interface 1 is up'));
    mock.dataplane.deleteLoopback(1);
    await untilTrue(() => expect(text()).toContain('interface 1 is deleted'));
  });

  it('VPP away at the start: waits; gone and back: lists again', async () => {
    const socket = socketPath();
    const { lists } = await lister(socket);
    const mock = await testMock({ socket });
    await untilTrue(() => expect(lists()).toHaveLength(1));
    await untilTrue(() => expect(mock.clients[0].wants).toContain('want_interface_events'));
    await mock.restart();
    await untilTrue(() => expect(lists()).toHaveLength(2));
  });

  it('a VPP that refuses the events: degraded, with the reason', async () => {
    const mock = await testMock();
    mock.handle('want_interface_events', () => -21);
    const { part } = await lister(mock.socket);
    await untilTrue(() => expect(part()?.state).toBe('degraded'));
    expect(part()?.reason).toContain('want_interface_events');
  });

  it('close: leaves nothing behind', async () => {
    const mock = await testMock();
    const { agent } = await lister(mock.socket, '20ms');
    await untilTrue(() => expect(mock.received('sw_interface_dump')).toBeGreaterThan(1));
    await agent.close();
    expect(agent.status.status.parts.map(({ state }) => state)).toEqual(['closed', 'closed']);
    expect(mock.clients).toEqual([]);
  });

  it('its source: short, from public doors only', () => {
    const file = new URL('../../examples/interface-lister/interface-lister.ts', import.meta.url);
    const text = readFileSync(fileURLToPath(file), 'utf8');
    const code = text.split('\n').filter((line) => line.trim() !== '' && !/^\s*(\/\/|\/\*)/.test(line));
    expect(code.length).toBeLessThanOrEqual(35);
    expect([...text.matchAll(/from '(.*)'/g)].map(([, name]) => name)).toEqual(['vppmux/plugin', 'vppmux/vpp-26.06']);
  });
});
