/** The feed: what its clients are sent, what it costs while they are slow, gone or many. */

import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Feed } from '../../../src/plugins/dashboard/feed.js';
import type { TopicSource } from '../../../src/plugins/dashboard/topic.js';
import { FakeSocket } from './fake-socket.js';

/** A feed with a topic `count:N`, which counts its reads, and one that can fail. */
function world({ maxClients = 8 } = {}) {
  const reads: Record<string, number> = {};
  const open = new Set<string>();
  const failing = { now: false };
  const count: TopicSource = (argument) => {
    open.add(argument);
    return {
      read: () => {
        reads[argument] = (reads[argument] ?? 0) + 1;
        return { argument, count: reads[argument], same: { x: 1 } };
      },
      close: () => void open.delete(argument),
    };
  };
  const fails: TopicSource = () => ({
    read: () => (failing.now ? Promise.reject(new Error('it is broken')) : { value: 1 }),
  });
  const topics = new Map<string, TopicSource>([
    ['state', () => ({ read: () => ({ agent: 'here' }) })],
    ['count', count],
    ['fails', fails],
  ]);
  const said: string[] = [];
  const log = { info: (text: string) => void said.push(text) } as never;
  const feed = new Feed({ topics, limits: { intervalMs: 3_600_000, maxClients }, version: '1.2.3', log });
  onTestFinished(() => feed.close());
  const join = (access: 'read' | 'write' = 'read') => {
    const socket = new FakeSocket();
    feed.add(socket, { name: 'tester', access });
    return socket;
  };
  const settle = async () => {
    for (let i = 0; i < 20; i++) await setImmediate();
  };
  const tick = async () => {
    await feed.tick();
    await settle();
  };
  return { feed, join, settle, tick, reads, open, failing, said };
}

describe('a client', () => {
  it('when it comes: is told who it is, and gets the state', async () => {
    const { join, settle } = world();
    const socket = join('write');
    await settle();
    expect(socket.messages).toEqual([
      { hello: { version: '1.2.3', access: 'write', caller: 'tester', intervalMs: 3_600_000 } },
      { topic: 'state', at: expect.any(Number), full: { agent: 'here' } },
    ]);
  });

  it('a topic that it wants: the whole state once, then what changed at each interval', async () => {
    const { join, settle, tick } = world();
    const socket = join();
    socket.want('count:a');
    await settle();
    await tick();
    await tick();
    expect(socket.kinds('count:a')).toEqual(['full', 'patch', 'patch']);
    expect(socket.messages.at(-1)).toMatchObject({ topic: 'count:a', patch: { count: 3 } });
    expect(socket.states['count:a']).toEqual({ argument: 'a', count: 3, same: { x: 1 } });
    expect(socket.kinds('state')).toEqual(['full', 'same', 'same']);
  });

  it('a topic that it wants no more: is sent no more, and read no more', async () => {
    const { join, settle, tick, reads, open } = world();
    const socket = join();
    socket.want('count:a', 'count:b');
    await settle();
    socket.want('count:b');
    await tick();
    expect(socket.kinds('count:a')).toEqual(['full']);
    expect(reads).toEqual({ a: 1, b: 2 });
    expect([...open]).toEqual(['b']);
  });

  it('many of them: each topic is read once an interval, for all', async () => {
    const { join, settle, tick, reads } = world();
    const sockets = Array.from({ length: 5 }, () => join());
    for (const socket of sockets) socket.want('count:a');
    await settle();
    await tick();
    expect(reads).toEqual({ a: 2 });
    for (const socket of sockets) expect(socket.states['count:a']).toMatchObject({ count: 2 });
  });

  it('that reads slowly: gets the newest whole state in place of what it missed', async () => {
    const { join, settle, tick } = world();
    const [slow, quick] = [join(), join()];
    for (const socket of [slow, quick]) socket.want('count:a');
    await settle();
    slow.pause();
    for (let i = 0; i < 1000; i++) {
      await tick();
      for (const socket of [slow, quick]) socket.emit('pong');
    }
    const before = slow.messages.length;
    slow.resume();
    await settle();
    // The one that was on its way, then one of each topic.
    expect(slow.messages.length - before).toBeLessThanOrEqual(2);
    expect(slow.states['count:a']).toMatchObject({ count: 1001 });
    expect(slow.kinds('count:a').at(-1)).toBe('full');
    await tick();
    expect(slow.kinds('count:a').at(-1)).toBe('patch');
    expect(quick.kinds('count:a')).toHaveLength(1002);
  });

  it('a topic that fails: its reason, and the whole state when it is back', async () => {
    const { join, settle, tick, failing } = world();
    const socket = join();
    socket.want('fails');
    await settle();
    failing.now = true;
    await tick();
    expect(socket.messages.at(-1)).toMatchObject({ topic: 'fails', error: 'it is broken' });
    failing.now = false;
    await tick();
    expect(socket.kinds('fails')).toEqual(['full', 'error', 'full']);
  });

  it('a topic that there is not: says so', async () => {
    const { join, settle } = world();
    const socket = join();
    socket.want('nothing:x');
    await settle();
    expect(socket.messages.at(-1)).toMatchObject({ topic: 'nothing:x', error: 'there is no topic nothing' });
  });

  it.each([
    ['no JSON', '{'],
    ['no list', '{"topics":"count"}'],
    ['a topic that is no text', '{"topics":[1]}'],
    ['a name that is too long', JSON.stringify({ topics: ['x'.repeat(201)] })],
    ['too many topics', JSON.stringify({ topics: Array.from({ length: 33 }, (_, i) => `count:${i}`) })],
  ])('that sends %s: is closed with the reason', (_, text) => {
    const { join, feed } = world();
    const socket = join();
    socket.emit('message', text);
    expect(socket.closed).toMatch(/^4400 a message is/);
    socket.want('counter:late');
    expect(feed.size).toEqual({ clients: 0, topics: 0 });
    expect(feed.size).toEqual({ clients: 0, topics: 0 });
  });

  it('that sends without end: is closed', () => {
    const { join } = world();
    const socket = join();
    for (let i = 0; i < 50; i++) socket.want(`count:${i}`);
    expect(socket.closed).toBeUndefined();
    socket.want('count:last');
    expect(socket.closed).toMatch(/^4400 /);
  });

  it('one too many: is turned away; there is room when one goes', () => {
    const { join } = world({ maxClients: 2 });
    const first = join();
    join();
    expect(join().closed).toMatch(/^4429 2 others are looking already/);
    first.emit('close');
    expect(join().closed).toBeUndefined();
  });

  it('that answers no ping: is cut off', async () => {
    const { join, tick, said } = world();
    const [dead, alive] = [join(), join()];
    for (let i = 0; i < 20; i++) {
      await tick();
      alive.emit('pong');
    }
    expect([dead.pings, alive.pings]).toEqual([1, 2]);
    expect([dead.closed, alive.closed]).toEqual(['terminated', undefined]);
    expect(said).toEqual(['a client of the dashboard does not answer pings; it is cut off']);
  });

  it('the last one gone: nothing is read any more', async () => {
    const { join, settle, tick, reads, open, feed } = world();
    const socket = join();
    socket.want('count:a');
    await settle();
    socket.emit('close');
    expect(feed.size).toEqual({ clients: 0, topics: 0 });
    await tick();
    expect(reads).toEqual({ a: 1 });
    expect(open.size).toBe(0);
  });
});
