/** Operations over HTTP. */

import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { gateway, post } from './support.js';

const WRITES = { 'loopback-access': 'write' };

describe('an operation over HTTP', () => {
  it('a POST of JSON: its output', async () => {
    const { server, written } = await gateway({ http: WRITES });
    const response = await server.inject(post('/api/test/set-state', { interface: 'loop0' }));
    expect(response.statusCode).toBe(200);
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({ interface: 'loop0', state: 'up' });
    expect(written).toEqual([{ interface: 'loop0', state: 'up' }]);
  });

  it('one that reads, by GET: query parameters get the types of its input', async () => {
    const { server } = await gateway();
    const query = 'prefix=7&max=7&swIfIndex=0x10&verbose=true&tags=1&tags=b&ports=80&ports=443&range={"from":1,"to":2}';
    const response = await server.inject(`/api/test/list?${query}`);
    expect(response.json()).toEqual({
      prefix: '7',
      max: 7,
      swIfIndex: 16,
      verbose: true,
      tags: ['1', 'b'],
      ports: [80, 443],
      range: { from: 1, to: 2 },
    });
    expect((await server.inject('/api/test/list?tags=one')).json()).toMatchObject({ tags: ['one'] });
    expect((await server.inject('/api/test/list?ports=[1,2]')).json()).toMatchObject({ ports: [1, 2] });
    expect((await server.inject(post('/api/test/list', { max: 3 }))).json()).toEqual({ max: 3, verbose: false });
  });

  it.each([
    ['max=x', 'max', /^operation test\.list: max: .*expected number, received string/],
    ['max=0', 'max', /max/],
    ['max=1&max=2', 'max', /max/],
    ['ports=80&ports=x', 'ports[1]', /ports\[1\]/],
    ['range={"from":1}', 'range.to', /range\.to: is missing/],
    ['prefx=a', undefined, /did you mean "prefix"/],
    ['__proto__=1', undefined, /__proto__/],
  ])('GET ?%s: refused, with the path', async (query, path, message) => {
    const { server } = await gateway();
    const response = await server.inject(`/api/test/list?${query}`);
    expect(response.statusCode).toBe(400);
    expect(response.json().error).toEqual({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(message),
      ...(path && { path }),
      requestId: expect.any(String),
    });
  });

  it('more than two words: a path of as many', async () => {
    const { server } = await gateway();
    const input = { tree: { name: 'a', children: [{ name: 'b' }] } };
    expect((await server.inject(post('/api/test/deep/grow', input))).json()).toEqual(input);
  });

  it.each([
    ['a GET of one that writes', { url: '/api/test/set-state?interface=x' }, 405, 'METHOD_NOT_ALLOWED'],
    ['PUT', { url: '/api/test/list', method: 'PUT' }, 405, 'METHOD_NOT_ALLOWED'],
    ['HEAD', { url: '/api/test/list', method: 'HEAD' }, 405, undefined],
    ['a write to one who may read', post('/api/test/set-state', { interface: 'x' }), 403, 'READ_ONLY'],
    ['an unknown operation', { url: '/api/test/lst' }, 404, 'UNKNOWN_OPERATION'],
    ['a path that none can have', { url: '/api/Test/../x' }, 404, undefined],
    ['no name at all', { url: '/api/' }, 404, 'NOT_FOUND'],
    ['dots in the path', { url: '/api/test.list' }, 404, 'NOT_FOUND'],
    ['a POST without a body', { url: '/api/test/list', method: 'POST' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['a POST of a list', post('/api/test/list', []), 400, 'INVALID_INPUT'],
    ['a POST of null', post('/api/test/list', null), 400, 'INVALID_INPUT'],
    ['a fault', { url: '/api/test/fail?how=ENOENT' }, 404, 'ENOENT'],
    ['a bug', { url: '/api/test/fail?how=bug' }, 500, 'FAILED'],
    ['an output that is no JSON', { url: '/api/test/fail?how=bigint' }, 500, 'FAILED'],
    ['a timeout that is none', { url: '/api/test/list', headers: { 'x-timeout-ms': 'soon' } }, 400, 'BAD_REQUEST'],
    ['a page of another origin', post('/api/test/list', {}, { origin: 'https://evil.example' }), 403, 'FORBIDDEN'],
  ] as const)('%s: %j', async (_, request, status, code) => {
    const { server, written } = await gateway();
    const response = await server.inject(request as never);
    expect(response.statusCode).toBe(status);
    if (code !== undefined) expect(response.json().error.code).toBe(code);
    if (status === 405) expect(response.headers.allow).toMatch(/POST/);
    expect(written).toEqual([]);
  });

  it('an unknown one: the nearest names', async () => {
    const { server } = await gateway();
    expect((await server.inject('/api/test/lst')).json().error.message).toContain('did you mean "test.list"?');
  });

  it('a bug: nothing of it for the caller, all of it in the log', async () => {
    const { server, text } = await gateway();
    const { message } = (await server.inject('/api/test/fail?how=bug')).json().error;
    expect(message).toMatch(/^operation test\.fail failed; the agent's log says why \(call \d+\)$/);
    expect(text()).toContain('operation test.fail failed: secret inner text');
  });

  it('x-timeout-ms: the time it has', async () => {
    const { server } = await gateway();
    const response = await server.inject({ url: '/api/test/wait', headers: { 'x-timeout-ms': '20' } });
    expect(response.statusCode).toBe(504);
    expect(response.json().error.code).toBe('TIMEOUT');
  });

  it('more at once than max-calls: BUSY', async () => {
    const { server, release, waiting } = await gateway({ gateway: { 'max-calls': 2 } });
    const running = [server.inject('/api/test/wait'), server.inject('/api/test/wait')];
    await vi.waitFor(() => expect(waiting()).toBe(2));
    const refused = await server.inject('/api/test/wait');
    expect(refused.statusCode).toBe(503);
    expect(refused.json().error).toMatchObject({ code: 'BUSY', message: expect.stringContaining('gateway.conf') });
    release();
    for (const answer of await Promise.all(running)) expect(answer.statusCode).toBe(200);
    expect((await server.inject('/api/test/list')).statusCode).toBe(200);
  });

  it('who calls: the name of the token, and whether it is the command line', async () => {
    const seen: string[] = [];
    const open = ({ name, via, access }: { name: string; via: string; access: string }) =>
      seen.push(`${name} ${via} ${access}`);
    const { server } = await gateway({ http: { 'read-token': 'the-token-of-this-test' }, hooks: { open } });
    await server.inject('/api/test/list');
    await server.inject({ url: '/api/test/list', headers: { authorization: 'Bearer the-token-of-this-test' } });
    await server.inject({ url: '/api/test/list', headers: { 'user-agent': 'vppmux/0.1.0 op' } });
    expect(seen).toEqual(['loopback rest read', 'read-token rest read', 'loopback cli read']);
  });

  it('what is marked secret: is not in the log, even in a query', async () => {
    const { server, lines } = await gateway({ http: WRITES, level: 'debug' });
    await server.inject(post('/api/test/set-state', { interface: 'x', key: 'hunter2' }));
    await server.inject('/api/test/set-state?key=hunter2');
    expect(JSON.stringify(lines)).not.toContain('hunter2');
    expect(JSON.stringify(lines)).toContain('(secret)');
  });
});

describe('progress', () => {
  const accept = { accept: 'application/x-ndjson' };

  it('asked for: a line each, then the result', async () => {
    const { url, release } = await gateway();
    const response = await fetch(`${url}/api/test/wait`, { headers: accept });
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    release();
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toEqual([{ progress: { done: 1, total: 2 } }, { result: { waited: true } }]);
  });

  it('an operation that tells nothing: one line, the result', async () => {
    const { server } = await gateway();
    const response = await server.inject({ url: '/api/test/list', headers: accept });
    expect(response.body).toBe('{"result":{"verbose":false}}\n');
  });

  it('an error before the first line: its status; after it: a last line', async () => {
    const { server } = await gateway();
    const early = await server.inject({ url: '/api/test/fail?how=ENOENT', headers: accept });
    expect(early.statusCode).toBe(404);
    expect(early.json().error.code).toBe('ENOENT');
    const late = await server.inject({ url: '/api/test/fail?how=late', headers: accept });
    expect(late.statusCode).toBe(200);
    const [progress, error] = late.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(progress).toEqual({ progress: { done: 1 } });
    expect(error.error).toMatchObject({ code: 'ENOENT', path: 'how', requestId: late.headers['x-request-id'] });
  });
});

describe('the body of one who may only read', () => {
  it('with a write: is not looked at; the refusal is the operation’s, and in the log', async () => {
    const { server, written, lines, agent } = await gateway({ level: 'debug' });
    const response = await server.inject({ ...post('/api/test/set-state', {}), payload: 'x'.repeat(2_000_000) });
    expect([response.statusCode, response.json().error.code]).toEqual([403, 'READ_ONLY']);
    expect(response.json().error.message).toMatch(
      /may only read; with the write-token of http\.conf it may \(Authorization/,
    );
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: expect.stringMatching(/^operation test\.set-state: READ_ONLY after /) }),
    );
    expect(written).toEqual([]);
    expect(agent.status.status.overall).toBe('ok');
  });

  it('a text that nobody means: is refused before anything reads it, in a query and in a body', async () => {
    const { server } = await gateway();
    const list = '/api/test/list';
    const told = async (request: string | ReturnType<typeof post>) => {
      const response = await server.inject(request);
      return response.statusCode === 200 ? 200 : [response.statusCode, response.json().error.message];
    };
    const inQuery = 'prefix has more than 4096 characters in the query; a POST takes more';
    expect(await told(`${list}?prefix=${'1'.repeat(4097)}`)).toEqual([400, inQuery]);
    expect(await told(`${list}?prefix=${'1'.repeat(4096)}`)).toBe(200);
    const inBody = 'a text in the body has more than 65536 characters, the most that this operation takes';
    expect(await told(post(list, { tags: ['x'.repeat(65_537)] }))).toEqual([400, inBody]);
    expect(await told(post(list, { ['k'.repeat(65_537)]: 1 }))).toEqual([400, inBody]);
    expect(await told(post(list, { prefix: 'x'.repeat(65_536) }))).toBe(200);
  });

  it('up to a megabyte: is taken; more: 413, whether its length is told or not', async () => {
    const { server, url } = await gateway();
    const headers = { 'content-type': 'application/json' };
    const ask = (bytes: number) => post('/api/test/list', { tags: Array(bytes / 50_000).fill('x'.repeat(49_990)) });
    expect((await server.inject(ask(1_000_000))).statusCode).toBe(200);
    const told = await server.inject(ask(1_100_000));
    expect(told.json().error).toMatchObject({ code: 'BODY_TOO_LARGE', message: expect.stringContaining('1 MiB') });
    const chunks = Array.from({ length: 32 }, () => `"${'x'.repeat(50_000)}",`);
    for (const [parts, status] of [[['{"prefix":', '"x"}'], 200] as const, [['{"tags":[', ...chunks], 413] as const]) {
      const request = httpRequest(`${url}/api/test/list`, { method: 'POST', headers });
      request.on('error', () => {});
      for (const part of parts) request.write(part);
      request.end();
      const [response] = await once(request, 'response');
      expect(response.statusCode).toBe(status);
      response.resume();
    }
  });

  it('of one who may write: up to body-limit', async () => {
    const { server } = await gateway({ http: WRITES });
    const response = await server.inject(post('/api/test/list', { tags: Array(100).fill('x'.repeat(50_000)) }));
    expect(response.statusCode).toBe(200);
  });
});

describe('a caller that goes away', () => {
  it.each([{}, { accept: 'application/x-ndjson' }])(
    'in the middle of a call (%j): it is cancelled, its handle closed',
    async (headers) => {
      const closed: unknown[] = [];
      let opened = 0;
      const hooks = { open: () => ++opened, closeHandle: (handle: unknown) => void closed.push(handle) };
      const { url, waiting, agent } = await gateway({ hooks });
      const request = httpRequest(`${url}/api/test/wait`, { headers });
      request.on('error', () => {}).end();
      await vi.waitFor(() => expect(waiting()).toBe(1));
      request.destroy();
      await vi.waitFor(() => expect(closed).toEqual([1]));
      expect(waiting()).toBe(0);
      expect(agent.status.status.overall).toBe('ok');
    },
  );

  it('each request is a client of its own, over one connection as well: no handle stays', async () => {
    const open: number[] = [];
    let last = 0;
    const hooks = {
      open: () => {
        open.push(++last);
        return last;
      },
      closeHandle: (handle: unknown) => void open.splice(open.indexOf(handle as number), 1),
    };
    const { url } = await gateway({ hooks });
    for (let i = 0; i < 20; i++) await (await fetch(`${url}/api/test/list`)).json();
    expect(last).toBe(20);
    await vi.waitFor(() => expect(open).toEqual([]));
  });

  it('before its body is whole: nothing is called', async () => {
    const { url, written } = await gateway({ http: WRITES });
    const headers = { 'content-type': 'application/json', 'content-length': '1000' };
    const request = httpRequest(`${url}/api/test/set-state`, { method: 'POST', headers });
    request.on('error', () => {});
    request.write('{"interface":"x"');
    await once(request, 'socket');
    request.destroy();
    expect((await fetch(`${url}/api/test/list`)).status).toBe(200);
    expect(written).toEqual([]);
  });
});

describe('the lists', () => {
  it('/api: every operation, with its path', async () => {
    const { server } = await gateway();
    const { operations } = (await server.inject('/api')).json();
    expect(operations.map(({ name }: { name: string }) => name)).toEqual([
      'test.add',
      'test.deep.grow',
      'test.fail',
      'test.list',
      'test.set-state',
      'test.wait',
    ]);
    expect(operations[4]).toEqual({
      name: 'test.set-state',
      access: 'write',
      summary: 'Set an interface up or down',
      path: '/api/test/set-state',
      methods: ['POST'],
      plugins: ['user'],
    });
  });

  it('they need read access like everything else', async () => {
    const { server } = await gateway({ http: { 'loopback-access': 'none' } });
    for (const url of ['/api', '/docs', '/openapi.json', '/api/test/list']) {
      expect((await server.inject(url)).statusCode).toBe(403);
    }
  });

  it('at the start: the log says where', async () => {
    const { text, url } = await gateway();
    expect(text()).toContain(`gateway info: 6 operations at ${url}/api, described at ${url}/docs and /openapi.json`);
  });
});
