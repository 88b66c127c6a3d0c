/** Clients that do not read, and such that speak nonsense behind a request. */

import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { deferred } from '../../agent/support.js';
import { serve } from './support.js';

/** A connection that has sent `text` and reads when told to. */
function sending(url: string, text: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let closed = false;
  let answer = '';
  socket
    .on('error', () => {})
    .on('close', () => {
      closed = true;
    });
  socket.write(text);
  const read = () =>
    socket.setEncoding('utf8').on('data', (part) => {
      answer += part;
    });
  return { read, write: (more: string) => socket.write(more), closed: () => closed, answer: () => answer };
}

const get = (path: string, headers = '') => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n`;
const untilTrue = (check: () => unknown) => vi.waitFor(check, { interval: 10 });

describe('an answer', () => {
  it.each([
    ['', ''],
    [', also to one who expects something', 'Expect: the-best\r\n'],
  ])('that its client does not read%s: is given up after request-timeout', async (_, header) => {
    const size = 32 * 1024 * 1024;
    let asked = 0;
    const { url, http } = await serve(
      ({ server }) => {
        server.get('/large', () => {
          asked++;
          return 'x'.repeat(size);
        });
        server.get('/small', () => 'small');
      },
      { 'request-timeout': '100ms' },
    );
    sending(url, get('/large', header));
    await untilTrue(() => expect(asked).toBe(1));
    const connections = () =>
      new Promise((resolve) => void http.server.server.getConnections((_, count) => resolve(count)));
    await untilTrue(async () => expect(await connections()).toBe(0));
    // A small one: a busy machine may take longer than that short time over a large one.
    const reader = sending(url, get('/small'));
    reader.read();
    await untilTrue(() => expect(reader.answer()).toMatch(/^HTTP\/1\.1 200 OK.*small$/s));
  });

  it('that takes its time: is waited for, as nothing of it is unread', async () => {
    const gate = deferred();
    let over = 0;
    const { url } = await serve(
      ({ server }) => {
        server.get('/slow', async (_, { raw }) => {
          raw.on('timeout', () => over++);
          await gate.promise;
          return 'done';
        });
      },
      { 'request-timeout': '50ms' },
    );
    const client = sending(url, get('/slow'));
    client.read();
    await untilTrue(() => expect(over).toBe(4)); // the time of an unread one, several times
    gate.resolve();
    await untilTrue(() => expect(client.answer()).toMatch(/^HTTP\/1\.1 200 OK.*done$/s));
  });

  const socket = 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n';
  it.each([
    ['a WebSocket', get('/live', `${socket}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n`)],
    ['a WebSocket at a path of none', get('/slow', socket)],
    ['a tunnel', 'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('%s behind its request: ends the connection, and is not answered in its place', async (_, behind) => {
    const gate = deferred();
    let asked = 0;
    const { url } = await serve(({ server, socket: listen }) => {
      listen('/live', () => {});
      server.get('/slow', () => {
        asked++;
        return gate.promise;
      });
    });
    onTestFinished(() => gate.resolve());
    const client = sending(url, `${get('/slow')}${behind}`);
    client.read();
    await untilTrue(() => expect(client.closed()).toBe(true));
    expect({ asked, answer: client.answer() }).toEqual({ asked: 1, answer: '' });
  });
});

it.each([
  ['at once', 0],
  ['later, when more nonsense has come', 100_000],
])(
  'nonsense behind a request: that gets its answer %s, nothing is put in its place, and the connection ends',
  async (_, more) => {
    const gate = deferred();
    const { url } = await serve(({ server }) => void server.get('/slow', () => gate.promise.then(() => 'done')));
    if (more === 0) gate.resolve();
    const client = sending(url, `${get('/slow')}no request at all\r\n\r\n`);
    client.write('x'.repeat(more));
    client.read();
    gate.resolve();
    await untilTrue(() => expect(client.closed()).toBe(true));
    expect(client.answer()).toMatch(/^HTTP\/1\.1 200 OK\r\n.*done$/s);
    expect(client.answer().match(/HTTP/g)).toHaveLength(1);
  },
);

it.each([
  ['GET', '', '200 OK'],
  ['POST', 'Content-Type: text/plain\r\n', '415 Unsupported'],
])('a body that nobody reads (%s): does not stand before the next request', async (method, type, status) => {
  const { url } = await serve(({ server }) => {
    server.get('/ok', () => 'ok');
    server.post('/ok', { config: { access: 'read' } }, () => 'ok');
  });
  const size = 0x80000; // more than waits in between, less than is refused
  const chunk = `${size.toString(16)}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`;
  const head = `${method} /ok HTTP/1.1\r\nHost: localhost\r\n${type}Transfer-Encoding: chunked\r\n\r\n`;
  const client = sending(url, `${head}${chunk}`.repeat(2));
  client.read();
  await untilTrue(() => expect(client.answer().split(`HTTP/1.1 ${status}`)).toHaveLength(3));
});
