/** The operations clients.*, as programs call them. */

import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import * as op from '../../../src/plugins/index.js';
import { servingAgent } from './serving-agent.js';

describe('clients.list', () => {
  it('by name, role and order', async () => {
    const { client, paths, operations } = await servingAgent({ sockets: [{ role: 'one' }, { role: 'two' }] });
    const b = await client('b');
    await client('a');
    await client('c', paths[1]);
    await b.ask('show_version');
    const names = async (input: object) =>
      (await operations.call(op.clientsList, input)).clients.map(({ name }) => name);
    expect(await names({})).toEqual(['b', 'a', 'c']);
    expect(await names({ sort: 'name' })).toEqual(['a', 'b', 'c']);
    expect(await names({ sort: 'in' })).toEqual(['b', 'a', 'c']);
    expect(await names({ name: '[ab]' })).toEqual([]);
    expect(await names({ name: '?', role: 'two' })).toEqual(['c']);
    await expect(names({ role: 'three' })).rejects.toMatchObject({
      ...{ code: 'ENOENT', message: expect.stringContaining('there are: one, two') },
    });
  });

  it('a client that waits: comes first by wait, with the age of what it waits for', async () => {
    const { client, operations, sockets } = await servingAgent();
    await client('idle');
    const waiting = await client('waiting');
    await sockets.pause();
    waiting.post('show_version');
    await vi.waitFor(async () => {
      const { clients } = await operations.call(op.clientsList, { sort: 'wait' });
      expect(clients[0]).toMatchObject({ name: 'waiting', state: 'paused', waiting: 1 });
      expect(clients[0].oldestMs).toBeGreaterThan(0);
    });
    await sockets.resume();
  });
});

describe('clients.kill', () => {
  it('closes the client, and nobody else; an unknown number is ENOENT', async () => {
    const { client, operations, text } = await servingAgent();
    const [one, two] = [await client('one'), await client('two')];
    const { clients } = await operations.call(op.clientsList, { name: 'one' });
    expect(await operations.call(op.clientsKill, { id: clients[0].id })).toEqual({ id: clients[0].id, name: 'one' });
    await one.untilClosed();
    expect(await two.ask('show_version')).toMatchObject({ retval: 0 });
    expect(text()).toContain(`has closed client ${clients[0].id} "one" of api-socket`);
    await expect(operations.call(op.clientsKill, { id: clients[0].id })).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is refused to a caller that may only read', async () => {
    const { agent } = await servingAgent();
    const reader = agent.operations.open({ name: 'reader', access: 'read' });
    await expect(reader.call(op.clientsKill, { id: 1 })).rejects.toMatchObject({ code: 'READ_ONLY' });
  });
});

describe('clients.pause and resume', () => {
  it('what is asked meanwhile: is answered after resume, of new clients too', async () => {
    const { client, operations } = await servingAgent();
    const one = await client('one');
    expect(await operations.call(op.clientsPause, {})).toEqual({ clients: 1, inFlight: 0 });
    one.post('show_version');
    const two = client('two');
    const { clients } = await operations.call(op.clientsList, {});
    expect(clients).toMatchObject([{ name: 'one', state: 'paused' }]);
    expect(one.pending).toBe(0);
    await operations.call(op.clientsResume, {});
    expect((await one.message()).name).toBe('show_version_reply');
    expect(await (await two).ask('show_version')).toMatchObject({ retval: 0 });
  });

  it('a request that VPP does not answer in time: is counted, as a failure', async () => {
    const { client, operations } = await servingAgent({
      mock: { misbehave: { silent: { messages: 'show_version' } } },
    });
    const one = await client('one');
    one.post('show_version');
    await vi.waitFor(async () => expect((await operations.call(op.clientsList, {})).clients[0].inFlight).toBe(1));
    expect(await operations.call(op.clientsPause, { timeout: '50ms' })).toEqual({ clients: 1, inFlight: 1 });
  });
});

describe('clients.drain', () => {
  it('listens no more and closes who does not leave; resume listens again', async () => {
    const { client, operations, paths, sockets } = await servingAgent();
    const one = await client('one');
    expect(await operations.call(op.clientsDrain, { timeout: '20ms' })).toEqual({ closed: 1 });
    await one.untilClosed();
    expect(existsSync(paths[0])).toBe(false);
    expect(sockets.sockets()).toMatchObject([{ state: 'closed', counters: { accepted: 1, closed: 1 } }]);
    await operations.call(op.clientsResume, {});
    expect(await (await client('two')).ask('show_version')).toMatchObject({ retval: 0 });
    expect(sockets.sockets()).toMatchObject([{ state: 'listening', counters: { accepted: 2, closed: 1 } }]);
  });

  it('clients that leave by themselves: none is closed', async () => {
    const { client, operations } = await servingAgent();
    const one = await client('one');
    const drained = operations.call(op.clientsDrain, { timeout: '1m' });
    one.close();
    expect(await drained).toEqual({ closed: 0 });
  });
});
