/** Other options for an API socket that is open. */

import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { relayWorld } from '../../support/relay-world.js';

describe('change', () => {
  it('access and limits: are those of clients that come from now on', async () => {
    const { api, client } = await relayWorld({ socket: { role: 'all' } });
    const before = await client('before');
    api.change({ role: 'readers', access: 'read', limits: { clients: 2 } });
    const after = await client('after');
    expect(await before.ask('create_loopback')).toMatchObject({ retval: 0 });
    expect(await after.ask('create_loopback')).toMatchObject({ retval: -126 });
    expect(api.clients().map(({ name, role, access }) => [name, role, access])).toEqual([
      ['before', 'all', 'write'],
      ['after', 'readers', 'read'],
    ]);
    await expect(client('third')).rejects.toThrow('closed');
  });

  it('permissions: are those of the file at once', async () => {
    const { api, path } = await relayWorld();
    api.change({ mode: 0o600 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('an option that is wrong: changes nothing', async () => {
    const { api } = await relayWorld({ socket: { role: 'all' } });
    expect(() => api.change({ role: 'x', limits: { clients: 0 } })).toThrow('must be a whole number');
    expect(api.role).toBe('all');
  });
});

describe('figures', () => {
  it('bytes: are counted for a client, and stay when it has gone', async () => {
    const { api, client } = await relayWorld();
    const one = await client();
    await one.ask('show_version');
    const [{ bytesIn, bytesOut }] = api.clients();
    expect(bytesIn).toBe(16 + 70 + 16 + 10);
    expect(bytesOut).toBeGreaterThan(bytesIn);
    one.close();
    await expect.poll(() => api.clients()).toEqual([]);
    expect(api.counters).toMatchObject({ accepted: 1, bytesIn, bytesOut, closed: 0 });
  });

  it('a request that is held: counts as the oldest', async () => {
    const { api, client } = await relayWorld();
    const one = await client();
    api.pause();
    one.post('show_version');
    await expect.poll(() => api.clients()[0].waiting).toBe(1);
    await expect.poll(() => api.clients()[0].oldestMs).toBeGreaterThan(1);
    api.resume();
    expect((await one.message()).name).toBe('show_version_reply');
    expect(api.clients()[0].oldestMs).toBe(0);
  });
});
