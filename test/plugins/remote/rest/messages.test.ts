/** `/vpp/MESSAGE`: requests, replies, lists and problems. */

import { describe, expect, it } from 'vitest';
import { bearer, jsonOf, remote, TOKENS, WRITES } from '../support.js';

describe('a request', () => {
  it('by GET, for what only reads: its reply as JSON', async () => {
    const { get } = await remote();
    const response = await get('/vpp/show_version');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toMatchObject({ retval: 0, program: 'vpe' });
  });

  it('by POST: fields as JSON, in the one form that they have everywhere', async () => {
    const { get, post } = await remote({ http: WRITES });
    expect(await (await post('/vpp/create_loopback', {})).json()).toEqual({ retval: 0, sw_if_index: 1 });
    const flags = await post('/vpp/sw_interface_set_flags', { sw_if_index: '0x1', flags: ['ADMIN_UP'] });
    expect(await flags.json()).toEqual({ retval: 0 });
    const route = {
      is_add: true,
      route: { prefix: '10.1.0.0/16', paths: [{ sw_if_index: 1, weight: 1, nh: { address: { ip4: '10.0.0.2' } } }] },
    };
    expect(await (await post('/vpp/ip_route_add_del_v2', route)).json()).toMatchObject({ retval: 0 });
    const text = await (await get('/vpp/ip_route_v2_dump?table.table_id=0')).text();
    expect(text).toContain('"prefix":"10.1.0.0/16"');
  });

  it('64-bit values and bytes: decimal and 0x text', async () => {
    const { get } = await remote();
    const [row] = (await (await get('/vpp/sw_interface_dump')).text()).split('\n');
    expect(JSON.parse(row)).toMatchObject({ sw_if_index: 0, l2_address: '00:00:00:00:00:00', flags: 0 });
  });

  it('?names: enums by name, ?names=false: as numbers', async () => {
    const { get, post } = await remote({ http: WRITES });
    await post('/vpp/create_loopback', {});
    await post('/vpp/sw_interface_set_flags', { sw_if_index: 1, flags: 1 });
    const response = await get('/vpp/sw_interface_dump?names&sw_if_index=1', { accept: 'application/json' });
    const rows = await jsonOf(response);
    expect(rows[0].flags).toContain('IF_STATUS_API_FLAG_ADMIN_UP');
    const numbers = await get('/vpp/sw_interface_dump?names=false&sw_if_index=1', { accept: 'application/json' });
    expect(await jsonOf(numbers)).toMatchObject([{ flags: expect.any(Number) }]);
  });
});

describe('a list', () => {
  it('as lines, one for each of its details', async () => {
    const { get, post } = await remote({ http: WRITES });
    for (let i = 0; i < 3; i++) await post('/vpp/create_loopback', {});
    const response = await get('/vpp/sw_interface_dump');
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const text = await response.text();
    expect(text.endsWith('\n')).toBe(true);
    expect(
      text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).interface_name),
    ).toEqual(['local0', 'loop0', 'loop1', 'loop2']);
  });

  it('as one array, for a caller that takes nothing but JSON', async () => {
    const { get } = await remote();
    const response = await get('/vpp/sw_interface_dump', { accept: 'application/json' });
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toMatchObject([{ interface_name: 'local0' }]);
    expect(await (await get('/vpp/acl_dump?acl_index=~0', { accept: 'application/json' })).json()).toEqual([]);
  });

  it('without any details: no line', async () => {
    const { get } = await remote();
    const response = await get('/vpp/acl_dump?acl_index=~0');
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'application/x-ndjson',
      '',
    ]);
  });
});

describe('a refusal', () => {
  it('by VPP: a problem document with number and name', async () => {
    const { post } = await remote({ http: WRITES });
    const response = await post('/vpp/sw_interface_set_flags', { sw_if_index: 77, flags: 1 });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const id = response.headers.get('x-request-id');
    expect(await response.json()).toEqual({
      type: 'urn:vppmux:RETVAL',
      title: expect.stringMatching(/^VPP refused the request/),
      status: 404,
      detail: expect.stringMatching(/sw_interface_set_flags.*-2/),
      instance: `urn:uuid:${id}`,
      code: 'RETVAL',
      messageName: 'sw_interface_set_flags',
      channel: expect.any(Number),
      context: expect.any(Number),
      afterMs: expect.any(Number),
      generation: 1,
      retval: -2,
      retvalName: 'INVALID_SW_IF_INDEX',
      text: '',
      reply: { retval: -2 },
      error: { code: 'RETVAL', message: expect.any(String), requestId: id },
    });
  });

  it.each<[string, string, number, object]>([
    ['GET', '/vpp/show_versin', 404, { code: 'UNKNOWN_MESSAGE', nearest: expect.arrayContaining(['show_version']) }],
    ['GET', '/vpp/..%2f..%2fetc', 404, { code: 'NOT_FOUND' }],
    ['GET', '/vpp/show_version?x=1', 400, { code: 'BAD_FIELD', path: 'x' }],
    ['GET', '/vpp/sw_interface_dump?sw_if_index=one', 400, { code: 'BAD_FIELD', path: 'sw_if_index' }],
    ['GET', '/vpp/show_version_reply', 400, { code: 'WRONG_KIND' }],
    [
      'GET',
      '/vpp/sw_interface_event',
      400,
      { code: 'WRONG_KIND', detail: expect.stringContaining('/vpp/events/sw_interface_event') },
    ],
    [
      'GET',
      '/vpp/want_interface_events',
      400,
      { code: 'WRONG_KIND', detail: expect.stringContaining('/vpp/events/sw_interface_event') },
    ],
    ['GET', '/vpp/create_loopback', 405, { code: 'METHOD_NOT_ALLOWED' }],
    ['DELETE', '/vpp/show_version', 405, { code: 'METHOD_NOT_ALLOWED' }],
    ['POST', '/vpp/show_version', 415, { code: 'UNSUPPORTED_MEDIA_TYPE' }],
  ])('%s %s: %d', async (method, path, status, body) => {
    const { url } = await remote({ http: WRITES });
    const response = await fetch(`${url}${path}`, { method });
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const problem = await jsonOf(response);
    expect(problem).toMatchObject({ status, ...body });
    expect(problem.error.code).toBe(problem.code);
    expect(response.status).toBe(status);
  });

  it.each([
    ['[]', 400, 'BAD_FIELD'],
    ['null', 400, 'BAD_FIELD'],
    ['{', 400, 'BAD_REQUEST'],
    ['{"sw_if_index":-1}', 400, 'BAD_FIELD'],
    ['{"__proto__":1}', 400, 'BAD_REQUEST'],
  ])('of the body %s: %d', async (body, status, code) => {
    const { post } = await remote({ http: WRITES });
    const response = await post('/vpp/sw_interface_set_flags', body);
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code, error: { code } });
  });

  it('of what writes, for a caller who may read: 403 with what to do, in the audit with the caller', async () => {
    const { post, text } = await remote({ http: TOKENS });
    const response = await post('/vpp/create_loopback', { no_such: 1 }, bearer(TOKENS['read-token']));
    expect(response.status).toBe(403);
    const hint = 'with the write-token of http.conf it may (Authorization: Bearer TOKEN)';
    const problem = await jsonOf(response);
    expect(problem).toMatchObject({ code: 'READ_ONLY', outcome: 'not-sent', hint });
    expect(problem.detail).not.toContain('access:');
    expect(text()).toMatch(
      /refused create_loopback of remote\/read-token \(channel "HTTP read-token at 127\.0\.0\.1"\)/,
    );
    expect((await post('/vpp/create_loopback', {}, bearer(TOKENS['write-token']))).status).toBe(200);
  });

  it('by a policy for one caller', async () => {
    const rules = [{ plugins: 'remote/read-token', messages: 'sw_*', action: 'refuse', text: 'not for you' }];
    const { get } = await remote({ http: TOKENS, policy: { rules } });
    const response = await get('/vpp/sw_interface_dump', bearer(TOKENS['read-token']));
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'REFUSED', detail: expect.stringContaining('not for you') });
    expect((await get('/vpp/sw_interface_dump', bearer(TOKENS['write-token']))).status).toBe(200);
    expect((await get('/vpp/show_version', bearer(TOKENS['read-token']))).status).toBe(200);
  });

  it('without a token, from a caller who needs one: a problem as well', async () => {
    const { get } = await remote({ http: { ...TOKENS, 'loopback-access': 'none' } });
    const response = await get('/vpp/show_version');
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/Bearer/);
    expect(await response.json()).toMatchObject({ status: 401, code: 'UNAUTHORIZED', error: { code: 'UNAUTHORIZED' } });
  });

  it('over the share of a caller by a body of unknown length: the next one is', async () => {
    const { url, get } = await remote({ http: WRITES, remote: { 'bytes-per-second': 100_000 } });
    const body = new Blob([`{${' '.repeat(500_000)}}`]).stream();
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    } as RequestInit;
    expect((await fetch(`${url}/vpp/show_version`, init)).status).toBe(200);
    expect((await get('/vpp/show_version')).status).toBe(429);
  });

  it('over the share of a caller: 429, with the time to wait', async () => {
    const { get } = await remote({ remote: { 'calls-per-second': 1 } });
    const all = await Promise.all([1, 2, 3].map(() => get('/vpp/show_version')));
    expect(all.map(({ status }) => status).sort()).toEqual([200, 429, 429]);
    const refused = all.find(({ status }) => status === 429);
    expect(refused?.headers.get('retry-after')).toBe('1');
    expect(await refused?.json()).toMatchObject({ code: 'RATE_LIMITED' });
  });

  it('without a VPP: 503', async () => {
    const { get } = await remote({ vpp: false });
    const response = await get('/vpp/show_version');
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
    expect(await response.json()).toMatchObject({ code: 'NOT_CONNECTED', hint: expect.stringContaining('/status') });
  });

  it.each(['0', '-1', '1e3', '999999999', ''])('of a timeout of "%s"', async (ms) => {
    const { get } = await remote();
    const response = await get('/vpp/show_version', { 'x-timeout-ms': ms });
    expect([response.status, (await jsonOf(response)).code]).toEqual([400, 'BAD_REQUEST']);
  });
});
