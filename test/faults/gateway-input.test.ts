/** Random input at the HTTP side of operations: it answers in one shape, goes on, and holds nothing afterwards. */

import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { HTTP_CODES } from '../../src/sdk/error-codes.js';
import { gateway } from '../plugins/gateway/support.js';
import { heldBytes } from './memory.js';

const WRITE = 'write-token-of-the-test';

describe('anything at all, sent to it', () => {
  const RUNS = 10_000;
  const seed = Number(process.env.VPPMUX_SEED ?? 20_261_121);

  const words = fc.constantFrom(
    'test',
    'list',
    'add',
    'deep',
    'grow',
    'set-state',
    'fail',
    'api',
    '..',
    '%2e',
    '%00',
    '',
    'a.b',
  );
  const segment = fc.oneof({ weight: 5, arbitrary: words }, { weight: 1, arbitrary: fc.webSegment() });
  const path = fc.oneof(
    {
      weight: 6,
      arbitrary: fc.constantFrom(
        '/api/test/list',
        '/api/test/add',
        '/api/test/deep/grow',
        '/api/test/set-state',
        '/api/test/fail',
      ),
    },
    { weight: 3, arbitrary: fc.array(segment, { maxLength: 5 }).map((parts) => `/api/${parts.join('/')}`) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('/openapi.json', '/api', '/', '/%', '/api/%zz', '*', `/api/${'x'.repeat(5000)}`),
    },
    { weight: 1, arbitrary: fc.string().map((text) => `/${encodeURI(text.replace(/[\ud800-\udfff]/g, ''))}`) },
  );
  const key = fc.oneof(
    fc.constantFrom(
      'interface',
      'state',
      'key',
      'max',
      'tags',
      'ports',
      'range',
      'lines',
      'tree',
      'name',
      'how',
      '__proto__',
      'constructor',
      'toString',
    ),
    fc.string(),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('loop0', 'up', null, true, -1, 0, 1e308, 0.5, '', '\u0000', '7', 'ENOENT'),
      fc.jsonValue({ maxDepth: 1 }),
      fc.array(tie('value'), { maxLength: 4 }),
      fc
        .array(fc.tuple(key, tie('value')), { maxLength: 4 })
        .map((entries) => `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${JSON.stringify(item)}`)}}`)
        .map((text) => JSON.parse(text)),
    ),
  }));
  const json = fc
    .array(fc.tuple(key, value), { maxLength: 5 })
    .map(
      (entries) => `{${entries.map(([name, item]) => `${JSON.stringify(name)}:${JSON.stringify(item)}`).join(',')}}`,
    );
  const body = fc.oneof(
    { weight: 6, arbitrary: json },
    { weight: 2, arbitrary: value.map((item) => JSON.stringify(item)) },
    { weight: 1, arbitrary: fc.string() },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '[',
        '{',
        '['.repeat(20_000),
        '{"tree":'.repeat(5000),
        '"',
        '1e999',
        `{"lines":["${'x'.repeat(40_000)}"]}`,
      ),
    },
  );
  const query = fc
    .array(fc.tuple(key, fc.oneof(fc.string(), fc.constantFrom('1', 'true', '[1', '{"from":1}', '0x', '1e999'))), {
      maxLength: 4,
    })
    .map((pairs) =>
      pairs
        .map(([name, text]) =>
          [name, text].map((part) => encodeURIComponent(part.replace(/[\ud800-\udfff]/g, ''))).join('='),
        )
        .join('&'),
    );
  const header = fc.oneof(
    fc.tuple(
      fc.constantFrom(
        'authorization',
        'origin',
        'host',
        'accept',
        'x-timeout-ms',
        'x-forwarded-for',
        'user-agent',
        'x-request-id',
        'expect',
        'content-encoding',
      ),
      fc.oneof(
        fc.constantFrom(
          'Bearer x',
          `Bearer ${WRITE}`,
          'null',
          'localhost',
          'application/x-ndjson',
          '1',
          '-1',
          '1e9',
          'gzip',
        ),
        fc.webSegment(),
      ),
    ),
    fc.tuple(fc.constantFrom('x-a', 'x-b'), fc.webSegment()),
  );
  const request = fc.record({
    method: fc.oneof(
      { weight: 3, arbitrary: fc.constant('POST') },
      { weight: 2, arbitrary: fc.constant('GET') },
      { weight: 1, arbitrary: fc.constantFrom('PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS') },
    ),
    path,
    query,
    body: fc.option(body, { nil: undefined }),
    type: fc.oneof(
      { weight: 6, arbitrary: fc.constant('application/json') },
      {
        weight: 1,
        arbitrary: fc.constantFrom('text/plain', 'application/json; charset=latin1', 'multipart/form-data', 'x', ''),
      },
    ),
    headers: fc.array(header, { maxLength: 3 }).map((entries) => Object.fromEntries(entries)),
  });

  const CODES = new Set<string>([...Object.keys(HTTP_CODES)]);

  it(`${RUNS} requests: no status over 499 but of operations that failed, one shape, nothing held afterwards`, async () => {
    let handles = 0;
    const hooks = {
      open: () => {
        handles += 1;
        return handles;
      },
      closeHandle: () => {
        handles -= 1;
      },
    };
    const { server, url, text } = await gateway({
      http: { 'loopback-access': 'write', 'write-token': WRITE, 'body-limit': 32_768 },
      hooks,
    });
    const statuses = new Map<number, number>();
    type Sent = { method: string; url: string; headers: Record<string, string>; payload: string | undefined };
    type Answer = { statusCode: number; headers: Record<string, unknown>; body: string };
    /** Past Node's parser, which is quick, and through it. */
    const inject = async ({ method, url, headers, payload }: Sent): Promise<Answer> =>
      server.inject({ method: method as 'GET', url, headers, ...(payload !== undefined && { payload }) });
    const connections = new Agent({ keepAlive: true, maxSockets: 1 });
    const { port } = new URL(url);
    const send = async ({ method, url: path, headers: given, payload }: Sent): Promise<Answer> => {
      // Node's client sends the body of a DELETE with no length, behind which nothing on the connection is understood.
      const headers = { ...given, ...(payload !== undefined && { 'content-length': Buffer.byteLength(payload) }) };
      const made = httpRequest({ agent: connections, host: '127.0.0.1', port, method, path, headers });
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        made.on('response', resolve).on('error', reject).end(payload);
      });
      return { statusCode: response.statusCode ?? 0, headers: response.headers, body: await textOf(response) };
    };
    const check =
      (ask: (sent: Sent) => Promise<Answer>) =>
      async ({
        method,
        path,
        query,
        body,
        type,
        headers,
      }: typeof request extends fc.Arbitrary<infer R> ? R : never) => {
        const response = await ask({
          method,
          url: query === '' ? path : `${path}?${query}`,
          headers: { ...(body !== undefined && { 'content-type': type }), ...headers },
          payload: method === 'GET' || method === 'HEAD' ? undefined : body,
        });
        statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1);
        if (response.statusCode < 400 || method === 'HEAD') return;
        const { error, ...rest } = JSON.parse(response.body);
        expect(rest).toEqual({});
        expect(Object.keys(error).filter((name) => !['code', 'message', 'path', 'requestId'].includes(name))).toEqual(
          [],
        );
        expect(error.requestId).toBe(response.headers['x-request-id']);
        // 500 is what test.fail is for; a time of 1 ms may be too short.
        if (response.statusCode >= 500)
          expect(`${error.code} ${error.message}`).toMatch(/^(FAILED operation test\.fail|TIMEOUT )/);
        else if (!CODES.has(error.code))
          expect(error.code).toMatch(/^(INVALID_INPUT|UNKNOWN_OPERATION|ENOENT|READ_ONLY)$/);
      };
    const fuzz = (ask: typeof send, runs: number, from: number) =>
      fc.assert(fc.asyncProperty(request, check(ask)), { numRuns: runs, seed: from, endOnFailure: true });

    await fuzz(send, 2000, seed + 1);
    const before = await heldBytes();
    await fuzz(inject, RUNS, seed);
    await fuzz(send, 2000, seed + 2);
    const grown = (await heldBytes()) - before;
    connections.destroy();
    await vi.waitFor(() => expect(handles).toBe(0));
    expect(text()).not.toMatch(/error: (?!operation test\.fail failed)/);
    // Every request that holds a kilobyte would be ten megabytes.
    expect(grown).toBeLessThan(5_000_000);
    expect((await fetch(`${url}/api/test/list`)).status).toBe(200);
    // It did not all end at the door.
    for (const status of [200, 400, 401, 403, 404, 405, 413, 415]) expect([...statuses.keys()]).toContain(status);
    expect(statuses.get(200)).toBeGreaterThan(RUNS / 100);
    expect(statuses.get(400)).toBeGreaterThan(RUNS / 100);
  });

  it('bytes on a socket, cut anywhere: answered or closed, no connection stays, and the agent goes on', async () => {
    const { url, text, server } = await gateway();
    const { hostname, port } = new URL(url);
    const lines = fc.constantFrom(
      'GET /api/test/list HTTP/1.1',
      'POST /api/test/list HTTP/1.1',
      'GET  /  HTTP/9.9',
      'Host: localhost',
      'Host: localhost\r\nHost: evil.example',
      'Content-Length: 5',
      'Content-Length: -1',
      'Content-Length: 99999999999999999999',
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: chunked, identity',
      'Connection: upgrade\r\nUpgrade: websocket',
      'Content-Type: application/json',
      'Expect: 100-continue',
      'Expect: something',
      '',
      '{}',
      '5\r\n{"a":\r\n0\r\n',
      'ffffffffff\r\n',
      ': no name',
      'X: \u0000\u0001',
    );
    const bytes = fc
      .tuple(
        fc.array(fc.oneof({ weight: 8, arbitrary: lines }, { weight: 1, arbitrary: fc.string() }), { maxLength: 8 }),
        fc.nat(300),
      )
      .map(([parts, cut]) => `${parts.join('\r\n')}\r\n\r\n`.slice(0, cut));
    await fc.assert(
      fc.asyncProperty(bytes, async (sent) => {
        const answer = await new Promise<string>((resolve) => {
          let got = '';
          const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true }, () =>
            socket.end(sent, 'latin1'),
          );
          socket.on('data', (chunk) => {
            got += chunk;
          });
          socket
            .on('error', () => {})
            .on('close', () => resolve(got))
            .on('end', () => socket.destroy());
        });
        expect(answer).not.toMatch(/^HTTP\/1\.1 5/m);
      }),
      { numRuns: 1000, seed, endOnFailure: true },
    );
    expect((await fetch(`${url}/api/test/list`, { headers: { connection: 'close' } })).status).toBe(200);
    expect(text()).not.toContain('error:');
    const open = () =>
      new Promise((resolve, reject) => server.server.getConnections((e, n) => (e ? reject(e) : resolve(n))));
    await vi.waitFor(async () => expect(await open()).toBe(0));
  });
});
