/** Pages of other origins: those of http.conf may read answers, and no others. */

import { describe, expect, it } from 'vitest';
import { serve } from './support.js';

const NOC = 'https://noc.example.com';
const TOKEN = 't'.repeat(32);
const settings = { 'allowed-origins': [NOC, 'http://localhost:3000'], 'write-token': TOKEN };

const page = async (more: Record<string, unknown> = {}) => {
  const { url } = await serve(
    ({ server }) => {
      server.get('/thing', async () => ({ thing: 1 }));
      server.post('/thing', async ({ body }) => body);
    },
    { ...settings, ...more },
  );
  return (init: RequestInit & { readonly headers: Record<string, string> }, path = '/thing') =>
    fetch(`${url}${path}`, init);
};

const asking = {
  'access-control-request-method': 'POST',
  'access-control-request-headers': 'authorization,content-type',
};
const corsOf = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-') || name === 'vary'));

describe('a page of an allowed origin', () => {
  it('asks before its request, and is told what it may send; without a token, which it does not have yet', async () => {
    const send = await page({ 'loopback-access': 'none' });
    for (const path of ['/thing', '/nothing']) {
      const response = await send({ method: 'OPTIONS', headers: { origin: NOC, ...asking } }, path);
      expect(response.status).toBe(204);
      expect(corsOf(response)).toEqual({
        'access-control-allow-origin': NOC,
        'access-control-allow-methods': 'GET, HEAD, POST',
        'access-control-allow-headers': 'authorization, content-type, last-event-id, x-timeout-ms',
        'access-control-expose-headers': 'retry-after, x-request-id',
        'access-control-max-age': '600',
        vary: 'Origin',
      });
    }
  });

  it('reads answers, refusals as well', async () => {
    const send = await page({ 'loopback-access': 'none' });
    const headers = { origin: NOC, authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' };
    const answer = await send({ method: 'POST', headers, body: '{"a":1}' });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, NOC]);
    const refused = await send({ headers: { origin: NOC } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, NOC]);
    expect(refused.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('a page of another origin', () => {
  it.each(['https://evil.example.com', 'https://noc.example.com.evil.com', 'null', 'https://NOC.example.com', ''])(
    '%s: is told nothing',
    async (origin) => {
      const send = await page();
      const asked = await send({ method: 'OPTIONS', headers: { origin, ...asking } });
      expect(asked.status).not.toBe(204);
      expect(corsOf(asked)).toEqual({ vary: 'Origin' });
      expect(corsOf(await send({ headers: { origin } }))).toEqual({ vary: 'Origin' });
    },
  );

  it('where none is allowed: no header of it at all', async () => {
    const send = await page({ 'allowed-origins': [] });
    expect(corsOf(await send({ headers: { origin: NOC } }))).toEqual({});
    expect(corsOf(await send({ headers: {} }))).toEqual({});
  });
});

it('preflights: count towards the rate', async () => {
  const send = await page({ 'rate-limit': 2 });
  const all = [1, 2, 3, 4].map(() => send({ method: 'OPTIONS', headers: { origin: NOC, ...asking } }));
  const statuses = (await Promise.all(all)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
});

it.each(['gzip', 'br', 'x', 'gzip, identity'])(
  'a body with Content-Encoding: %s: 415 in clear words',
  async (encoding) => {
    const send = await page();
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      'content-type': 'application/json',
      'content-encoding': encoding,
    };
    const response = await send({ method: 'POST', headers, body: '{}' });
    expect(response.status).toBe(415);
    const text = `compressed bodies are not taken: send it without Content-Encoding: ${encoding}`;
    expect(await response.json()).toMatchObject({ error: { code: 'UNSUPPORTED_MEDIA_TYPE', message: text } });
  },
);
