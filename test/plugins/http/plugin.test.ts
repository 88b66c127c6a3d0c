import { type IncomingMessage, Server } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';
import { isLoopback } from '../../../src/plugins/http/caller.js';
import { httpConfig } from '../../../src/plugins/http/config.js';
import { Sockets } from '../../../src/plugins/http/sockets.js';
import type { Http } from '../../../src/sdk/http.js';
import { fakeClock } from '../../support/fake-clock.js';
import { ODDITIES } from '../../support/oddities.js';
import { serve } from './support.js';

const echo = (http: Http) =>
  http.socket('/echo', (socket) => {
    socket.on('message', (data) => socket.send(String(data)));
  });

/** The agent's for ending, milliseconds (`stop-timeout`). */
const BUDGET = 1500;

const JSON_BODY = { 'content-type': 'application/json' };

const fail = (): never => {
  throw new Error('mine');
};

/** How a WebSocket's opening ends: `open`, or the status of its refusal. */
function opening(url: string, path: string, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`, { headers });
  onTestFinished(() => socket.terminate());
  socket.on('error', () => {});
  const outcome = new Promise<'open' | number | undefined>((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
  });
  return { socket, outcome };
}

/** All that is answered to `text`, until the server closes. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  socket.write(text);
  let answer = '';
  for await (const part of socket) answer += part;
  return answer;
}

describe('the HTTP server', () => {
  it('routes of other plugins: are served once everything has been initialised', async () => {
    const { url, text } = await serve((http) => void http.server.get('/hello', async () => ({ hello: 'you' })));
    expect(await (await fetch(`${url}/hello`)).json()).toEqual({ hello: 'you' });
    expect((await fetch(`${url}/nothing`)).status).toBe(404);
    expect(text()).toContain(`http info: listening at ${url}`);
    expect(text()).not.toContain('warn');
  });

  it.each([
    ['a handler', fail as () => void],
    ['a listener of a socket', (socket: WebSocket) => void socket.on('message', fail)],
  ])('%s that throws: that WebSocket is closed, the log says why, and all else goes on', async (_, onSocket) => {
    const { url, text } = await serve((http) => {
      http.socket('/bad', onSocket);
      echo(http);
    });
    const bad = opening(url, '/bad');
    const closed = new Promise((resolve) => void bad.socket.once('close', resolve));
    expect(await bad.outcome).toBe('open');
    bad.socket.send('x');
    expect(await closed).toBe(1011);
    expect(text()).toContain('error: the WebSocket at /bad failed: mine; it is closed');
    const good = opening(url, '/echo');
    expect(await good.outcome).toBe('open');
    const answer = new Promise((resolve) => void good.socket.once('message', (data) => resolve(String(data))));
    good.socket.send('still there');
    expect(await answer).toBe('still there');
  });

  it.each(Object.entries(ODDITIES))('a route that throws %s: is answered with 500, once', async (_, make) => {
    const { url } = await serve((http) => {
      http.server.get('/odd', async () => {
        throw make();
      });
      http.server.get('/fine', async () => 'fine');
    });
    const answer = await fetch(`${url}/odd`);
    expect(answer.status).toBe(500);
    expect(await answer.json()).toMatchObject({ error: { code: 'INTERNAL' } });
    expect(await (await fetch(`${url}/fine`)).text()).toBe('fine');
  });

  it('an address that other machines reach, without a token: is warned of', async () => {
    const { text } = await serve(() => {}, { endpoint: '0.0.0.0:0' });
    expect(text()).toMatch(/http warn: .* can be reached from other machines; .* nothing else: no token is set/);
  });

  it.each([
    ['0.0.0.0:0', '0.0.0.0', '127.0.0.1'],
    ['[::]:0', '[::]', '[::1]'],
    [':0', '[::]', '[::1]'],
  ])('endpoint %s: the address that it listens on is logged, and the one to use here', async (endpoint, at, here) => {
    const { text, url } = await serve((http) => void http.server.get('/x', async () => 'x'), { endpoint });
    const { port, hostname } = new URL(url);
    expect(hostname).toBe(here);
    expect(port).toMatch(/^[1-9]\d+$/);
    const line = `http info: listening at http://${at}:${port}, all addresses of this machine (here: ${url})`;
    expect(text()).toContain(line);
    expect(text()).toContain(`http warn: http://${at}:${port} can be reached from other machines`);
    expect(await (await fetch(`${url}/x`)).text()).toBe('x');
  });

  it('an address this machine does not have: the start ends and says so', async () => {
    const refused = serve(() => {}, { endpoint: '192.0.2.1:9191' });
    await expect(refused).rejects.toThrow(
      'cannot listen on port 9191 of 192.0.2.1: this machine does not have that address',
    );
  });

  it('close: cuts idle and half-sent requests, well within its budget', async () => {
    const clock = fakeClock(onTestFinished);
    const { agent, url } = await serve(() => {});
    const { hostname, port } = new URL(url);
    const idle = connect(Number(port), hostname);
    const half = connect(Number(port), hostname);
    half.write('GET /x HTTP/1.1\r\nHost:');
    const ends = [idle, half].map((socket) => new Promise<void>((resolve) => void socket.on('close', () => resolve())));
    for (const socket of [idle, half]) socket.on('error', () => {});
    await vi.waitFor(() => expect(half.bytesWritten).toBeGreaterThan(0));
    const closing = agent.close();
    await clock.pass(BUDGET / 2);
    await Promise.all([closing, ...ends]);
  });
});

describe('WebSockets', () => {
  it('at the path that a plugin takes: come through', async () => {
    const { url } = await serve(echo);
    const { socket, outcome } = opening(url, '/echo?x=1');
    expect(await outcome).toBe('open');
    const answer = new Promise((resolve) => void socket.once('message', (data) => resolve(String(data))));
    socket.send('hello');
    expect(await answer).toBe('hello');
  });

  it('messages of a path: at most as long as it says, which may change', async () => {
    let messageBytes = 100_000;
    const { url } = await serve((http) => {
      echo(http);
      const lengthOf = (socket: WebSocket) => socket.on('message', (data: Buffer) => socket.send(String(data.length)));
      http.socket('/long', lengthOf, { messageBytes: () => messageBytes });
    });
    const outcomeOf = async (path: string, length: number) => {
      const { socket, outcome } = opening(url, path);
      expect(await outcome).toBe('open');
      const end = new Promise((resolve) => {
        socket.once('message', () => resolve('taken'));
        socket.once('close', resolve);
      });
      socket.send(Buffer.alloc(length));
      return end;
    };
    expect(await outcomeOf('/echo', 65_536)).toBe('taken');
    expect(await outcomeOf('/echo', 65_537)).toBe(1009);
    expect(await outcomeOf('/long', 100_000)).toBe('taken');
    messageBytes = 99_999;
    expect(await outcomeOf('/long', 100_000)).toBe(1009);
    expect(await outcomeOf('/long', 99_999)).toBe('taken');
  });

  it('subprotocols of a path: the first one offered that it speaks', async () => {
    const { url } = await serve((http) => void http.socket('/own', () => {}, { protocols: ['v1', 'v2'] }));
    const protocolOf = (...offered: string[]) => {
      const socket = new WebSocket(`${url.replace('http', 'ws')}/own`, offered);
      onTestFinished(() => socket.terminate());
      return new Promise((resolve) => {
        socket.on('error', ({ message }) => resolve(message));
        socket.on('open', () => resolve(socket.protocol));
      });
    };
    expect(await protocolOf('v3', 'v2', 'v1')).toBe('v2');
    expect(await protocolOf()).toBe('');
    expect(await protocolOf('v3')).toBe('Server sent no subprotocol');
  });

  it('a plain GET of its path: 426, with what to use instead', async () => {
    const { url } = await serve((http) => {
      echo(http);
      http.socket('/own', () => {}, { hint: 'vppmux own' });
    });
    const answer = await fetch(`${url}/echo?x=1`);
    expect(answer.status).toBe(426);
    expect(answer.headers.get('upgrade')).toBe('websocket');
    expect(answer.headers.get('connection')).toMatch(/upgrade/i);
    const { host } = new URL(url);
    const message = `/echo is a WebSocket; use one, as: websocat ws://${host}/echo`;
    expect(await answer.json()).toMatchObject({ error: { code: 'UPGRADE_REQUIRED', message } });
    const own = await (await fetch(`${url}/own`)).json();
    expect(own).toMatchObject({ error: { message: '/own is a WebSocket; use one, as: vppmux own' } });
    expect((await fetch(`${url}/echo`, { method: 'HEAD' })).status).toBe(426);
  });

  it.each([
    ['HTTP/1.0', ''],
    ['HTTP/1.1', 'Connection: close\r\n'],
  ])(
    'a client that wants its connection closed behind the answer (%s): that is done with 426, too',
    async (version, wish) => {
      const { url } = await serve(echo);
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.write(`GET /echo ${version}\r\nHost: localhost\r\n${wish}\r\n`);
      const answer = (await socket.setEncoding('utf8').toArray()).join('');
      expect(answer).toMatch(/^HTTP\/1.1 426 (.*\r\n)*connection: Upgrade, close\r\n/);
    },
  );

  it('another method at its path: 405, GET is the one', async () => {
    const { url } = await serve(echo, { 'loopback-access': 'write' });
    const answer = await fetch(`${url}/echo`, { method: 'POST', body: '{}', headers: JSON_BODY });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET']);
  });

  it('a Host that is no host: is not repeated', async () => {
    const { http } = await serve(echo);
    const answer = await http.server.inject({ url: '/echo', headers: { host: 'x`y`', authorization: 'Bearer none' } });
    expect(answer.statusCode).toBe(401);
    const sockets = new Sockets(new Server(), async () => ({ name: 'x', access: 'read', local: true }));
    sockets.add('/echo', () => {});
    const request = { method: 'GET', headers: { host: 'x`y`' }, socket: {} } as IncomingMessage;
    expect(sockets.refusalAt('/echo', request)?.message).toContain('websocat ws://HOST:PORT/echo');
    expect(sockets.refusalAt('/other', request)).toBeUndefined();
  });

  it('no longer served: a plain GET finds nothing there', async () => {
    const { url } = await serve((http) => echo(http)());
    expect((await fetch(`${url}/echo`)).status).toBe(404);
  });

  it('who is not let in: a plain GET learns nothing of it either', async () => {
    const { url } = await serve(echo, { 'loopback-access': 'none', 'read-token': 'a-token-for-readers' });
    expect((await fetch(`${url}/echo`)).status).toBe(401);
  });

  it('elsewhere: 404', async () => {
    const { url } = await serve(echo);
    expect(await opening(url, '/other').outcome).toBe(404);
  });

  it('who is not let in: learns nothing of which paths there are', async () => {
    const { url } = await serve(echo, { 'loopback-access': 'none', 'read-token': 'a-token-for-readers' });
    expect(await opening(url, '/echo').outcome).toBe(401);
    expect(await opening(url, '/other').outcome).toBe(401);
  });

  it('asked for more than rate-limit in a second: 429, at any path', async () => {
    const { url } = await serve(echo, { 'rate-limit': 1 });
    const both = ['/other', '/other'].map((path) => opening(url, path).outcome);
    expect((await Promise.all(both)).sort()).toEqual([404, 429]);
  });

  it.each<[string, string, string[], string, RegExp]>([
    ['without a key', 'GET', ['Upgrade: websocket'], 'BAD_REQUEST', /Sec-WebSocket-Key/],
    ['by POST', 'POST', ['Upgrade: websocket'], 'METHOD_NOT_ALLOWED', /HTTP method/],
    ['for HTTP/2', 'GET', ['Upgrade: h2c'], 'BAD_REQUEST', /no h2c: .*HTTP\/1\.1/],
  ])('an upgrade %s: refused in the shape of all errors', async (_, method, headers, code, message) => {
    const { url } = await serve(echo);
    const { host, port } = new URL(url);
    const head = [`${method} /echo HTTP/1.1`, `Host: ${host}`, 'Connection: Upgrade', ...headers];
    const answer = await exchange(Number(port), `${head.join('\r\n')}\r\n\r\n`);
    const { error } = JSON.parse(answer.split('\r\n\r\n')[1]);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message), requestId: expect.any(String) });
    expect(answer).toContain(code === 'BAD_REQUEST' ? 'HTTP/1.1 400 ' : '\r\nallow: GET\r\n');
  });

  it('a path taken twice: the second plugin is refused', async () => {
    const twice = serve((http) => {
      echo(http);
      echo(http);
    });
    await expect(twice).rejects.toThrow('WebSockets at /echo are taken by another plugin');
  });

  it.each([
    ['no Origin: no browser', undefined, 'open'],
    ['its own origin', (url: string) => url, 'open'],
    ['an allowed one', () => 'https://noc.example.com', 'open'],
    ['a foreign one', () => 'https://evil.example.com', 403],
    ['another port of this machine', () => 'http://127.0.0.1:1', 403],
    ['no URL at all', () => 'null', 403],
  ])('a page of %s: %s', async (_, origin, expected) => {
    const { url } = await serve(echo, { 'allowed-origins': ['https://noc.example.com'] });
    const headers: Record<string, string> = origin ? { origin: origin(url) } : {};
    expect(await opening(url, '/echo', headers).outcome).toBe(expected);
  });

  it('a foreign name made to resolve to this machine: is foreign all the same', async () => {
    const { url } = await serve(echo);
    const host = `evil.example.com:${new URL(url).port}`;
    expect(await opening(url, '/echo', { host, origin: `http://${host}` }).outcome).toBe(403);
  });

  it('close: says 1001, and cuts off who does not answer, well within its budget', async () => {
    const clock = fakeClock(onTestFinished);
    const { agent, url } = await serve(echo);
    const polite = opening(url, '/echo');
    const deaf = opening(url, '/echo');
    await Promise.all([polite.outcome, deaf.outcome]);
    deaf.socket.pause();
    const code = new Promise((resolve) => void polite.socket.once('close', resolve));
    const closing = agent.close();
    await clock.pass(BUDGET / 2);
    await closing;
    expect(await code).toBe(1001);
  });
});

describe('http.conf', () => {
  it('nothing in it: this machine alone is listened to, and may read', () => {
    expect(httpConfig.parse({})).toMatchObject({
      endpoint: { host: '127.0.0.1', port: 9191 },
      'loopback-access': 'read',
      'read-token': '',
      'write-token': '',
      'allowed-origins': [],
    });
  });

  it.each([
    ['127.0.0.1:9191', { host: '127.0.0.1', port: 9191 }],
    ['[::1]:80', { host: '::1', port: 80 }],
    ['localhost:0', { host: 'localhost', port: 0 }],
    [':9191', { host: '', port: 9191 }],
  ])('endpoint %s: is %j', (endpoint, expected) => {
    expect(httpConfig.parse({ endpoint }).endpoint).toEqual(expected);
  });

  it.each(['9191', '127.0.0.1', '127.0.0.1:', '127.0.0.1:70000', '::1:80', '[x]:1', ''])(
    'endpoint %j: is refused',
    (endpoint) => {
      expect(httpConfig.safeParse({ endpoint }).error?.issues[0].message).toBe(
        'must be ADDRESS:PORT, like 127.0.0.1:9191 or [::1]:9191',
      );
    },
  );

  it('an origin with a path: is refused', () => {
    expect(httpConfig.safeParse({ 'allowed-origins': ['https://x.example/y'] }).success).toBe(false);
  });

  it.each([
    ['127.0.0.1', true],
    ['127.1.2.3', true],
    ['::1', true],
    ['localhost', true],
    ['0.0.0.0', false],
    ['', false],
    ['127.evil.com', false],
  ])('%j: loopback %s', (host, expected) => {
    expect(isLoopback(host)).toBe(expected);
  });
});
