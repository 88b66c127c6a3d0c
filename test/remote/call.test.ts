/** Operations called over a remote connection. */

import { describe, expect, it } from 'vitest';
import { RemoteFault } from '../../src/remote/index.js';
import { isFault } from '../../src/sdk/index.js';
import { remoteWorld } from './support/fake-agent.js';

describe('a call', () => {
  it('resolves with the output; progress is told where it is asked for', async () => {
    const { vpp, socket } = await remoteWorld({
      answer(frame, to) {
        if (frame.type !== 'call') return;
        if (frame.progress) to.send({ type: 'progress', id: frame.id, progress: { done: 1, total: 2 } });
        to.send({ type: 'result', id: frame.id, output: { name: 'loop0' } });
      },
    });
    const told: unknown[] = [];
    const options = { timeoutMs: 900, progress: (each: unknown) => told.push(each) };
    expect(await vpp.call('interface.create', { mac: 1 }, options)).toEqual({ name: 'loop0' });
    expect(told).toEqual([{ done: 1, total: 2 }]);
    expect(await vpp.call<{ name: string }>('interface.list')).toEqual({ name: 'loop0' });
    const [first, second] = socket.of('call');
    expect(first).toMatchObject({ operation: 'interface.create', input: { mac: 1 }, timeoutMs: 900, progress: true });
    expect(second).not.toHaveProperty('progress');
  });

  it('refused: RemoteFault with code and path, which is a fault for an agent that passes it on', async () => {
    const { vpp } = await remoteWorld({
      answer(frame, to) {
        const error = { code: 'INVALID_INPUT', message: 'no prefix', path: 'routes[3].prefix' };
        if (frame.type === 'call') to.send({ type: 'error', id: frame.id, error });
      },
    });
    const thrown = await vpp.call('route.add', {}).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(RemoteFault);
    expect(thrown).toMatchObject({ code: 'INVALID_INPUT', path: 'routes[3].prefix', operation: 'route.add' });
    expect(isFault(thrown)).toBe(true);
  });

  it('its signal: ABORTED, and the agent is told', async () => {
    const { vpp, socket } = await remoteWorld();
    const stop = new AbortController();
    const call = vpp.call('route.add', {}, { signal: stop.signal }).catch((error: unknown) => error);
    const { id } = await socket.next('call');
    stop.abort();
    expect(await call).toMatchObject({ code: 'ABORTED', outcome: 'unknown' });
    expect(await socket.next('cancel')).toEqual({ type: 'cancel', id });
  });

  it('a progress function that throws: gives the call up, with what it threw', async () => {
    const { vpp, socket } = await remoteWorld({
      answer(frame, to) {
        if (frame.type === 'call') to.send({ type: 'progress', id: frame.id, progress: { done: 1 } });
      },
    });
    const progress = () => {
      throw new Error('no more of this');
    };
    await expect(vpp.call('route.add', {}, { progress })).rejects.toThrow('no more of this');
    await socket.next('cancel');
  });

  it('under way when the agent is lost: CONNECTION_LOST, it may have been done', async () => {
    const { vpp, socket } = await remoteWorld();
    const call = vpp.call('route.add').catch((error: unknown) => error);
    await socket.next('call');
    socket.breakOff();
    expect(await call).toMatchObject({ code: 'CONNECTION_LOST', outcome: 'unknown' });
  });
});
