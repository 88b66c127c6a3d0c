/** A channel with a signal: closed by it, with its reason as the cause of all that fails. */

import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createConnection } from '../../../src/mux/index.js';
import { onMemory } from '../../support/channel-on-memory.js';
import { testMock } from '../../support/mock.js';

const settled = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => error,
  );

/** Counts the signals that Node has hung on this one: those that `AbortSignal.any` makes are never taken off. */
function dependants(signal: AbortSignal): number {
  const key = Object.getOwnPropertySymbols(signal).find(({ description }) => description === 'kDependantSignals');
  return key === undefined ? 0 : (Reflect.get(signal, key) as { size: number }).size;
}

describe('a channel with a signal', () => {
  it('aborted: what is in flight, what waits, and what is asked later fail with its reason', async () => {
    const { channel } = onMemory();
    const user = new AbortController();
    const ch = channel({ requestBuffer: 1, signal: user.signal });
    const [sent, waiting] = [settled(ch.request('add_one')), settled(ch.request('add_one'))];
    const dump = settled(ch.dump('thing_dump').toArray());
    const reason = new Error('the user has gone');
    user.abort(reason);
    expect(ch.closed).toBe(true);
    for (const failed of [await sent, await waiting, await dump]) {
      expect(failed).toMatchObject({ code: 'CHANNEL_CLOSED' });
    }
    expect(await sent).toMatchObject({ outcome: 'unknown', cause: reason });
    expect(await waiting).toMatchObject({ outcome: 'not-sent', cause: reason });
    await expect(ch.request('add_one')).rejects.toMatchObject({
      ...{ code: 'CHANNEL_CLOSED', outcome: 'not-sent', cause: reason },
      message: `a request on channel ${ch.id}, which this program has closed: the user has gone`,
    });
    await expect(ch.events('thing_event').ready()).rejects.toMatchObject({ code: 'CHANNEL_CLOSED', cause: reason });
  });

  it('aborted: its event streams end', async () => {
    const { channel } = onMemory();
    const user = new AbortController();
    const events = channel({ signal: user.signal }).events('thing_event', { subscribe: false });
    const read = events[Symbol.asyncIterator]().next();
    user.abort();
    await expect(read).resolves.toEqual({ done: true, value: undefined });
  });

  it('closed before: is aborted without effect, and one signal may close many', () => {
    const { channel } = onMemory();
    const user = new AbortController();
    const all = Array.from({ length: 50 }, () => channel({ signal: user.signal }));
    all[0].close();
    user.abort(new Error('late'));
    expect(all.every(({ closed }) => closed)).toBe(true);
  });

  it('several: the first that is aborted closes it, with its reason; of a closed channel nothing is left on any', async () => {
    const { channel } = onMemory();
    const [user, plugin] = [new AbortController(), new AbortController()];
    const signal = [user.signal, plugin.signal];
    const [closed, open] = [channel({ signal }), channel({ signal })];
    closed.close();
    const request = settled(open.request('add_one'));
    const reason = new Error('the plugin has ended');
    plugin.abort(reason);
    user.abort(new Error('late'));
    expect(await request).toMatchObject({ code: 'CHANNEL_CLOSED', cause: reason });
    for (const each of signal) {
      expect(getEventListeners(each, 'abort')).toEqual([]);
      expect(dependants(each)).toBe(0);
    }
  });

  it('aborted already: no channel is opened', async () => {
    const mock = await testMock();
    const vpp = createConnection({ socket: mock.socket });
    const reason = new Error('gone');
    for (const signal of [AbortSignal.abort(reason), [new AbortController().signal, AbortSignal.abort(reason)]]) {
      expect(() => vpp.channel({ signal })).toThrow(expect.objectContaining({ code: 'ABORTED', cause: reason }));
    }
    expect(vpp.stats().channels).toBe(0);
    await vpp.close();
  });
});
