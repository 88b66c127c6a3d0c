/** Debug output of a connection: why it tries again, who takes over, and what its probes mean. */

import { afterEach, describe, expect, it, vi } from 'vitest';
import { FailBack } from '../../../src/mux/connection/fail-back.js';
import { debugLines } from '../../support/debug-lines.js';
import { mockVpp } from '../../support/vpp.js';
import { afterThis, world } from '../../support/world.js';

afterEach(() => void vi.useRealTimers());

describe('debug output', () => {
  it('reconnect, session: a VPP that goes away and comes back', async () => {
    const { mock, connection } = await world();
    const lines = debugLines('reconnect,session');
    mock.kill();
    await expect.poll(() => lines.some((line) => line.startsWith('reconnect: primary'))).toBe(true);
    await mock.start();
    await expect.poll(() => connection.state).toBe('ready');
    const text = lines.join('\n');
    expect(text).toMatch(/^session: generation 1 ends with its link: .*; \d+ requests in flight fail$/m);
    expect(text).toMatch(/^reconnect: back-off: /m);
    expect(text).toMatch(/^reconnect: primary .*: next attempt in \d+ ms, after \d+ failures$/m);
    expect(text).toMatch(/^session: the handshake gave client index \d+ and \d+ messages$/m);
  });

  it('standby: a backup that takes over', async () => {
    const { socket, stop } = await mockVpp();
    afterThis(stop);
    const { mock, connection } = await world({ backup: { socket } });
    await expect.poll(() => connection.status.redundancy?.standby.state).toBe('ready');
    const lines = debugLines('standby');
    mock.kill();
    await expect.poll(() => connection.status.redundancy?.role).toBe('backup');
    expect(lines).toEqual([
      expect.stringMatching(/^standby: hand-over: /),
      expect.stringMatching(/^standby: take-over: /),
    ]);
  });

  it('standby: when a fail-back begins to wait, is put off, and waits for longer', () => {
    vi.useFakeTimers();
    const lines = debugLines('standby');
    const policy = new FailBack({ socket: '/b', failBack: 'auto', failBackAfterMs: 1000 }, () => {});
    policy.onSwitch('backup', false);
    policy.look(true);
    policy.look(false);
    policy.onSwitch('primary', true);
    policy.onSwitch('backup', false);
    expect(lines).toEqual([
      'standby: the primary is healthy: fail-back in 1000 ms, if it stays so',
      'standby: no fail-back: the primary is not healthy',
      'standby: the primary did not last: the next fail-back waits 2000 ms',
    ]);
  });
});
