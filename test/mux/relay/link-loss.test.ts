/** Clients of an API socket while the link to VPP is lost, and after it. */

import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { OnLinkLoss } from '../../../src/mux/index.js';
import { Relay } from '../../../src/mux/relay/relay.js';
import { testMock } from '../../support/mock.js';
import { relayWorld } from '../../support/relay-world.js';

const PID = 4711;

/** A world whose VPP has gone and come back, as the same one or another. */
async function afterRestart(onLinkLoss: OnLinkLoss | undefined, pid: number) {
  const made = await relayWorld({
    mock: { pid: PID },
    connect: { reconnect: { delayMs: 10, maxDelayMs: 50 } },
    socket: { onLinkLoss, holdMs: 20_000 },
  });
  const client = await made.client('idle');
  expect(await client.ask('show_version')).toMatchObject({ retval: 0 });
  const { generation } = made.connection.status;
  await made.mock.stop();
  await vi.waitFor(() => expect(made.connection.state).not.toBe('ready'));
  await testMock({ socket: made.mock.socket, pid });
  await vi.waitFor(() => expect(made.connection.status).toMatchObject({ state: 'ready', generation: generation + 1 }));
  return { ...made, client };
}

describe('a client that was idle when the link was lost', () => {
  it('by default: goes on where the same VPP is behind the new link', async () => {
    const { client } = await afterRestart(undefined, PID);
    expect(await client.ask('show_version')).toMatchObject({ retval: 0 });
  });

  it('by default: is closed where VPP was restarted', async () => {
    const { client, warnings } = await afterRestart(undefined, PID + 1);
    await client.untilClosed();
    expect(warnings.join()).toContain('VPP was restarted');
  });

  it('keep: goes on with whatever VPP comes', async () => {
    const { client, api } = await afterRestart('keep', PID + 1);
    expect(await client.ask('control_ping')).toMatchObject({ vpe_pid: PID + 1 });
    expect(api.clients()).toMatchObject([{ name: 'idle', state: 'idle' }]);
  });

  it('close: is closed at once', async () => {
    const { client, warnings } = await afterRestart('close', PID);
    await client.untilClosed();
    expect(warnings.join()).toContain('the link to VPP was lost');
  });
});

it('a pause while a client waits for VPP: holds it when VPP has come', async () => {
  const { mock, connection, api, client } = await relayWorld({
    connect: { reconnect: { delayMs: 10, maxDelayMs: 50 } },
    socket: { holdMs: 60_000 },
  });
  await mock.stop();
  await vi.waitFor(() => expect(connection.state).not.toBe('ready'));
  const waiting = vi.spyOn(Relay.prototype, 'whenThere');
  onTestFinished(() => waiting.mockRestore());
  const coming = client('early');
  await vi.waitFor(() => expect(waiting).toHaveBeenCalled());
  api.pause();
  await testMock({ socket: mock.socket });
  const early = await coming;
  early.post('show_version');
  await vi.waitFor(() => expect(api.clients()).toMatchObject([{ state: 'paused', waiting: 1 }]));
  api.resume();
  expect((await early.message()).name).toBe('show_version_reply');
});

it('another word than these: is refused', async () => {
  const odd = { onLinkLoss: 'drop' as OnLinkLoss };
  await expect(relayWorld({ socket: odd })).rejects.toThrow('must be one of same-vpp, close, keep');
});
