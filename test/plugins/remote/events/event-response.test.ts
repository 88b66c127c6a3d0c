import { expect, it } from 'vitest';
import type { EventFeed } from '../../../../src/plugins/remote/events/event-feed.js';
import { EventResponse } from '../../../../src/plugins/remote/events/event-response.js';
import { EventRing } from '../../../../src/plugins/remote/events/event-ring.js';
import { sseText } from '../../../../src/plugins/remote/events/sse.js';

/** A reader whose client reads only when the test does. */
function scene() {
  const ring = new EventRing({ items: 3, bytes: 1e9 }, 0);
  const readers = new Set<unknown>();
  const feed = { ring, add: (each: unknown) => readers.add(each), remove: (each: unknown) => readers.delete(each) };
  const ends: (() => void)[] = [];
  const until = (end: () => void) => {
    ends.push(end);
    return end;
  };
  const visit = { spend: () => 0, until };
  const shown = () => ({ code: 'REFUSED', message: 'not any more' });
  const options = { feed: feed as unknown as EventFeed, event: 'an_event', lastId: undefined, visit, shown };
  const response = new EventResponse(options);
  const add = (text: string) => {
    ring.add((id) => sseText(text, { id }));
    response.wake();
  };
  const read = () => {
    let text = '';
    for (let part = response.body.read(); part !== null; part = response.body.read()) text += part;
    return text;
  };
  return { response, add, read, readers, leave: () => ends.map((end) => end()) };
}

const READY = 'retry: 1000\n\nid: 0\nevent: ready\ndata: {"event":"an_event"}\n\n';

it('a client that reads: gets each item once', () => {
  const { add, read } = scene();
  expect(read()).toBe(READY);
  add('a');
  expect(read()).toBe('id: 1\ndata: "a"\n\n');
  expect(read()).toBe('');
});

it('a client that does not: gets what is kept when it reads again, and a gap in place of the rest', async () => {
  const { add, read, response } = scene();
  const long = 'x'.repeat(200_000);
  for (let i = 0; i < 10; i++) add(`${long}${i}`);
  expect(response.body.writableLength + response.body.readableLength).toBeLessThan(1_000_000);
  let text = '';
  for (let more = read(); more !== ''; more = read()) {
    text += more;
    await new Promise((resolve) => setImmediate(resolve));
  }
  const gap = /id: (\d+)\nevent: gap\ndata: \{"gap":(\d+)\}/.exec(text);
  expect(gap).not.toBeNull();
  const ids = [...text.matchAll(/id: (\d+)\ndata/g)].map(([, id]) => Number(id));
  const [, last, missing] = (gap ?? []).map(Number);
  expect(ids.length + missing).toBe(10);
  expect(ids).toContain(last + 1);
  expect(ids.slice(-3)).toEqual([8, 9, 10]);
});

it('a feed that fails: says why, and ends', () => {
  const { response, read, readers } = scene();
  response.end(new Error('not any more'));
  expect(read()).toBe(`${READY}event: failed\ndata: {"error":{"code":"REFUSED","message":"not any more"}}\n\n`);
  expect(response.body.writableEnded).toBe(true);
  expect(readers.size).toBe(0);
});

it('a sign of life: comes while the stream is open, and never behind its end', async () => {
  const { response, read } = scene();
  read();
  response.beat();
  expect(read()).toBe(': \n\n');
  response.end(new Error('not any more'));
  response.beat();
  await new Promise((resolve) => setImmediate(resolve));
  expect(response.body.destroyed).toBe(false);
  expect(read()).toMatch(/^event: failed\n/);
});

it('a client that has left: reads no more of the feed', () => {
  const { readers, leave, response, add } = scene();
  leave();
  expect(readers.size).toBe(0);
  add('a');
  expect(response.body.writableEnded).toBe(true);
});
