/** One shape for every error, whoever it comes from; limits; request ids. */

import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fault } from '../../../src/agent/operations/fault.js';
import { HTTP_CODES } from '../../../src/sdk/error-codes.js';
import type { Http } from '../../../src/sdk/http.js';
import { serve } from './support.js';

const ID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const TOKEN = 'write-token-of-the-test';

function routes({ server }: Http): void {
  server.get('/ok', async () => ({ ok: true }));
  server.post('/echo', async ({ body }) => ({ body }));
  server.post('/look', { config: { access: 'read' } }, async ({ body }) => ({ body }));
  server.get('/open', { config: { access: 'open' } }, async () => ({ open: true }));
  server.post('/drop', { config: { access: 'open' } }, async () => ({}));
  server.get('/fault', async () => {
    throw fault('ENOENT', 'there is no loop7', { path: 'interface' });
  });
  server.get('/teapot', async () => {
    throw Object.assign(new Error('short and stout'), { statusCode: 418 });
  });
  server.get('/bug', async () => {
    throw new TypeError('secret inner text');
  });
}

/** Sends bytes, gives what came back until the end. */
async function raw(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.write(bytes);
  await new Promise((resolve) => socket.once('close', resolve).once('error', resolve));
  return text;
}

const json = (payload: string, url = '/look') =>
  ({ method: 'POST', url, payload, headers: { 'content-type': 'application/json' } }) as const;

describe('errors of the HTTP server', () => {
  it.each([
    ['an unknown path', { url: '/nothing?x=1' }, 'NOT_FOUND', 'there is nothing at /nothing'],
    ['a path that would be the pattern of a route', { url: '/*x' }, 'NOT_FOUND', 'there is nothing at /*x'],
    ['another', { url: '/:x(((' }, 'NOT_FOUND', ''],
    ['an unknown path for what is no GET', { ...json('{}', '/nothing') }, 'NOT_FOUND', 'at /nothing for POST'],
    ['a method that the path lacks', { url: '/ok', method: 'DELETE' }, 'METHOD_NOT_ALLOWED', 'but GET, HEAD'],
    ['no JSON', json('{"a":'), 'BAD_REQUEST', 'the body is no JSON: Unexpected end of JSON input'],
    ['no JSON in the middle', json('{"a":1, b}'), 'BAD_REQUEST', 'position 8'],
    ['no body', json(''), 'BAD_REQUEST', 'empty'],
    ['a prototype in JSON', json('{"__proto__":{"x":1}}'), 'BAD_REQUEST', 'a key __proto__'],
    ['another way to it', json('{"a":{"constructor":{"prototype":1}}}'), 'BAD_REQUEST', 'constructor with prototype'],
    [
      'text',
      { ...json('hello'), headers: { 'content-type': 'text/plain' } },
      'UNSUPPORTED_MEDIA_TYPE',
      'application/json',
    ],
    [
      'a form',
      { ...json('a=1'), headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      'UNSUPPORTED_MEDIA_TYPE',
      '',
    ],
    ['a body too large', json(JSON.stringify('x'.repeat(2000))), 'BODY_TOO_LARGE', 'body-limit'],
    ['a path that is no path', { url: '/%zz' }, 'BAD_REQUEST', ''],
    ['an error with a status', { url: '/teapot' }, 'BAD_REQUEST', 'short and stout'],
    ['a write without the right', json('{}', '/echo'), 'FORBIDDEN', 'loopback may only read'],
    [
      'a token where none is set',
      { url: '/ok', headers: { authorization: 'Bearer x' } },
      'UNAUTHORIZED',
      'none is set',
    ],
    [
      'a page from elsewhere',
      { ...json('{}'), headers: { origin: 'https://evil.example' } },
      'FORBIDDEN',
      'evil.example',
    ],
    ['a foreign name', { url: '/ok', headers: { host: 'evil.example' } }, 'FORBIDDEN', 'evil.example'],
    ['a bug', { url: '/bug' }, 'INTERNAL', 'its log says why'],
  ] as const)('%s: %j', async (_, request, code, message) => {
    const { http } = await serve(routes, { 'body-limit': 1024 });
    const response = await http.server.inject(request as never);
    const { error, ...rest } = response.json();
    expect(rest).toEqual({});
    expect(error).toEqual({ code, message: expect.stringContaining(message), requestId: expect.stringMatching(ID) });
    expect(response.statusCode).toBe(HTTP_CODES[code].status);
    expect(response.headers['x-request-id']).toBe(error.requestId);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
  });

  it('a fault of an operation: its code, status and path', async () => {
    const { http } = await serve(routes);
    const response = await http.server.inject('/fault');
    expect(response.statusCode).toBe(404);
    expect(response.json().error).toMatchObject({ code: 'ENOENT', message: 'there is no loop7', path: 'interface' });
  });

  it('401: says how; 405: says what the path takes', async () => {
    const { http } = await serve(routes, { 'write-token': TOKEN, 'loopback-access': 'none' });
    const without = await http.server.inject('/ok');
    expect(without.statusCode).toBe(401);
    expect(without.headers['www-authenticate']).toBe('Bearer realm="vppmux"');
    const headers = { authorization: `Bearer ${TOKEN}` };
    const wrong = await http.server.inject({ url: '/echo', method: 'GET', headers });
    expect(wrong.headers.allow).toBe('POST');
    expect(
      (await http.server.inject({ ...json('{}', '/echo'), headers: { ...headers, ...json('').headers } })).statusCode,
    ).toBe(200);
  });

  it('who is not let in: learns nothing of which paths there are; an open route is open', async () => {
    const { http } = await serve(routes, { 'loopback-access': 'none' });
    for (const url of ['/ok', '/nothing', '/echo']) expect((await http.server.inject(url)).statusCode).toBe(403);
    expect((await http.server.inject('/open')).json()).toEqual({ open: true });
  });

  it('who may not write: sends a megabyte at most, to an open route as well', async () => {
    const { http } = await serve(routes, { 'write-token': TOKEN });
    const long = JSON.stringify('x'.repeat(1_100_000));
    for (const url of ['/look', '/drop']) {
      const refused = await http.server.inject({ ...json(long, url), remoteAddress: '127.0.0.1' });
      expect([refused.statusCode, refused.json().error.code]).toEqual([413, 'BODY_TOO_LARGE']);
    }
    const headers = { ...json('').headers, authorization: `Bearer ${TOKEN}` };
    expect((await http.server.inject({ ...json(long), headers })).statusCode).toBe(200);
  });

  it('a bug: in the log with its stack, under the request id; nothing of it for the caller', async () => {
    const { http, lines } = await serve(routes);
    const response = await http.server.inject('/bug?token=hidden');
    expect(response.body).not.toContain('secret inner text');
    const line = lines.find(({ msg }) => msg.includes('secret inner text'));
    expect(line).toMatchObject({
      level: 'error',
      msg: 'GET /bug failed: secret inner text',
      request: response.json().error.requestId,
    });
    expect(JSON.stringify(lines)).not.toContain('hidden');
  });

  it('a request id of the caller: is not taken', async () => {
    const { http } = await serve(routes);
    const response = await http.server.inject({
      url: '/ok',
      headers: { 'x-request-id': 'mine', 'request-id': 'mine' },
    });
    expect(response.headers['x-request-id']).toMatch(ID);
  });

  it('at debug: a line for each request, without query and tokens', async () => {
    const { http, lines } = await serve(routes, { 'write-token': TOKEN }, { level: 'debug' });
    const response = await http.server.inject({
      url: '/ok?password=hidden',
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    await vi.waitFor(() =>
      expect(lines).toContainEqual(
        expect.objectContaining({ msg: 'GET /ok: 200', request: response.headers['x-request-id'], status: 200 }),
      ),
    );
    expect(JSON.stringify(lines)).not.toMatch(/hidden|write-token-of-the-test/);
  });

  it.each([
    ['what is no HTTP', 'hello\r\n\r\n', 400, 'BAD_REQUEST'],
    ['a method nobody knows', 'FROB / HTTP/1.1\r\nHost: localhost\r\n\r\n', 400, 'BAD_REQUEST'],
    [
      'headers without end',
      `GET /ok HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`,
      431,
      'HEADERS_TOO_LARGE',
    ],
    ['no Host', 'GET /ok HTTP/1.1\r\nConnection: close\r\n\r\n', 403, 'FORBIDDEN'],
    [
      'two lengths',
      'POST /look HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}',
      400,
      'BAD_REQUEST',
    ],
    ['a tunnel through it', 'CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n', 400, 'BAD_REQUEST'],
    [
      'a method that no route has',
      'PROPFIND /ok HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n',
      405,
      'METHOD_NOT_ALLOWED',
    ],
    [
      'an expectation nobody knows: passed over',
      'GET /nothing HTTP/1.1\r\nHost: localhost\r\nExpect: the-best\r\nConnection: close\r\n\r\n',
      404,
      'NOT_FOUND',
    ],
    [
      'a chunk without a size',
      'POST /look HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
      400,
      'BAD_REQUEST',
    ],
  ])('%s: answered in the same shape', async (_, bytes, status, code) => {
    const { url } = await serve(routes);
    const answer = await raw(url, bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    const { error } = JSON.parse(answer.split('\r\n\r\n')[1].replace(/^[0-9a-f]+\r\n/, ''));
    expect(error).toMatchObject({ code, requestId: expect.stringMatching(ID) });
    expect(answer.toLowerCase()).toContain(`x-request-id: ${error.requestId}`);
  });

  it.each([
    ['headers', 'GET /ok HTTP/1.1\r\nHost: localhost\r\n'],
    [
      'a body',
      'POST /look HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ],
  ])('%s without an end: 408 after request-timeout, not much later', async (_, bytes) => {
    const { http, url } = await serve(routes, { 'request-timeout': '50ms' });
    const answer = await raw(url, bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1]).error).toMatchObject({
      code: 'REQUEST_TIMEOUT',
      message: 'the request did not come in time (request-timeout in http.conf)',
      requestId: expect.stringMatching(ID),
    });
    expect(http.server.server).toMatchObject({ requestTimeout: 50, headersTimeout: 50 });
  });

  it.each([
    ['X-Forwarded-For: 192.0.2.7', 'FORBIDDEN'],
    ['Origin: https://evil.example', 'FORBIDDEN'],
    ['Authorization: Bearer x', 'UNAUTHORIZED'],
  ])('behind three thousand other headers, %s: counts all the same', async (header, code) => {
    const { url } = await serve(routes);
    const more = 'X:\r\n'.repeat(3000);
    const answer = await raw(
      url,
      `GET /ok HTTP/1.1\r\nHost: localhost\r\n${more}${header}\r\nConnection: close\r\n\r\n`,
    );
    expect(JSON.parse(answer.split('\r\n\r\n')[1]).error.code).toBe(code);
  });

  it.each([
    ['that says nothing', ''],
    ['that speaks no HTTP', 'hello\r\n\r\n'],
    [
      'that does not end its body',
      'POST /look HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ],
    ['that wants a tunnel', 'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ])('a client %s, and keeps its half of the connection open: is cut off', async (_, bytes) => {
    const { http, url } = await serve(routes, { 'request-timeout': '50ms' });
    const { hostname, port } = new URL(url);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => {});
    socket.write(bytes);
    let answer = '';
    socket.on('data', (part) => {
      answer += part;
    });
    await once(socket, 'end');
    expect(socket.writable).toBe(true);
    expect(JSON.parse(answer.split('\r\n\r\n')[1]).error.requestId).toMatch(ID);
    const open = () =>
      new Promise((resolve, reject) => http.server.server.getConnections((e, n) => (e ? reject(e) : resolve(n))));
    await vi.waitFor(async () => expect(await open()).toBe(0));
  });

  it('a client that goes while it is refused: nobody falls over it', async () => {
    const { url } = await serve(routes);
    const { hostname, port } = new URL(url);
    for (const bytes of ['CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n', 'hello\r\n\r\n']) {
      const socket = connect(Number(port), hostname);
      socket.on('error', () => {});
      socket.write(bytes, () => socket.resetAndDestroy());
      await new Promise((resolve) => socket.once('close', resolve));
    }
    expect((await fetch(`${url}/ok`)).status).toBe(200);
  });
});

describe('the rate limit', () => {
  it('a route that costs more: leaves less to the others of its second; one that costs nothing is never limited', async () => {
    let cost = 3;
    const { http } = await serve(
      ({ server }) => {
        server.get('/dear', { config: { cost: () => cost } }, async () => 'dear');
        server.get('/probe', { config: { access: 'open', cost: 0 } }, async () => 'alive');
        server.get('/cheap', async () => 'cheap');
      },
      { 'rate-limit': 7 },
    );
    const ask = async (path: string) => (await http.server.inject(path)).statusCode;
    expect([await ask('/dear'), await ask('/dear'), await ask('/dear')]).toEqual([200, 200, 429]);
    cost = 0;
    expect([await ask('/dear'), await ask('/cheap'), await ask('/nothing')]).toEqual([200, 429, 429]);
    for (let i = 0; i < 20; i++) expect(await ask('/probe')).toBe(200);
  });

  it('what costs more than the whole rate: is answered once in each second, and not never', async () => {
    const routes = ({ server }: Http) => void server.get('/dear', { config: { cost: 5 } }, async () => 'x');
    const { http } = await serve(routes, { 'rate-limit': 3 });
    const ask = async (path: string) => (await http.server.inject(path)).statusCode;
    expect([await ask('/dear'), await ask('/dear')]).toEqual([200, 429]);
  });

  it('a long answer: costs one request more for each 64 KiB', async () => {
    const { http } = await serve(({ server }) => void server.get('/long', async () => 'x'.repeat(300_000)), {
      'rate-limit': 8,
    });
    const ask = async () => (await http.server.inject('/long')).statusCode;
    expect([await ask(), await ask(), await ask()]).toEqual([200, 200, 429]);
  });

  it('more than rate-limit in a second: 429, for open and unknown paths and WebSockets too', async () => {
    const { http, url } = await serve(routes, { 'rate-limit': 5 });
    const statuses = [];
    for (let i = 0; i < 5; i++) statuses.push((await http.server.inject('/ok')).statusCode);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    const over = await http.server.inject('/open');
    expect(over.statusCode).toBe(429);
    expect(over.headers['retry-after']).toBe('1');
    expect(over.json().error).toMatchObject({
      code: 'RATE_LIMITED',
      message: expect.stringContaining('more than 5 requests'),
    });
    expect((await http.server.inject('/nothing')).statusCode).toBe(429);
    // Another address has its own.
    expect((await http.server.inject({ url: '/open', remoteAddress: '192.0.2.1' })).statusCode).toBe(200);
    expect(url).toBeDefined();
  });

  it('IPv6: a /64 counts as one address', async () => {
    const { http } = await serve(routes, { 'rate-limit': 1 });
    const ask = async (remoteAddress: string) => (await http.server.inject({ url: '/open', remoteAddress })).statusCode;
    expect([await ask('2001:db8:1::1'), await ask('2001:db8:1::ffff:2')]).toEqual([200, 429]);
    expect(await ask('2001:db8:1:1::1')).toBe(200);
    expect([await ask('fe80::1%eth0'), await ask('fe80::2%eth0')]).toEqual([200, 429]);
    expect([await ask('::ffff:192.0.2.1'), await ask('::ffff:192.0.2.2')]).toEqual([200, 200]);
  });

  it('X-Forwarded-For: buys nothing', async () => {
    const { http } = await serve(routes, { 'rate-limit': 1 });
    const ask = (from: string) => http.server.inject({ url: '/open', headers: { 'x-forwarded-for': from } });
    expect((await ask('192.0.2.1')).statusCode).toBe(200);
    expect((await ask('192.0.2.2')).statusCode).toBe(429);
  });

  it('0: none', async () => {
    const { http } = await serve(routes, { 'rate-limit': 0 });
    for (let i = 0; i < 1500; i++) expect((await http.server.inject('/ok')).statusCode).toBe(200);
  });
});
