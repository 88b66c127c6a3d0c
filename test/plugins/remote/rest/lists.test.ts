/** Long lists over HTTP: in lines as they come, within bounds, and over when their reader leaves. */

import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { until } from '../../../support/mock.js';
import { remote } from '../support.js';

const DUMP = '/vpp/ip_route_v2_dump';

/** An answer whose body nobody has read yet. */
async function unread(url: string, headers = {}): Promise<IncomingMessage> {
  const sent = request(url, { headers });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return response.pause();
}

async function linesOf(response: IncomingMessage): Promise<string[]> {
  const parts: Buffer[] = [];
  for await (const part of response) parts.push(part);
  const text = Buffer.concat(parts).toString();
  expect(text.endsWith('\n')).toBe(true);
  return text.slice(0, -1).split('\n');
}

const channelsOf = (mux: Awaited<ReturnType<typeof remote>>['mux']) =>
  mux.stats().perChannel.filter(({ owner }) => owner?.startsWith('remote'));

describe('a long list', () => {
  it('read as it comes: is whole, and its channel ends with it', async () => {
    const { url, mux } = await remote({ mock: { routes: 20_000 } });
    const lines = await linesOf(await unread(`${url}${DUMP}`));
    expect(lines.length).toBeGreaterThan(20_000);
    const prefixes = new Set(lines.map((line) => JSON.parse(line).route.prefix));
    expect(prefixes.size).toBe(lines.length);
    await until(() => channelsOf(mux).length === 0);
  });

  it('whose reader leaves: is given up', async () => {
    const { url, mux } = await remote({ mock: { routes: 50_000 } });
    const response = await unread(`${url}${DUMP}`);
    expect(channelsOf(mux)).toMatchObject([{ owner: 'remote/loopback', name: 'HTTP loopback at 127.0.0.1' }]);
    response.destroy();
    await until(() => channelsOf(mux).length === 0);
  });

  it.each(['max-buffer', 'buffer-bytes'])(
    'whose reader does not read: ends with an error within %s, and holds up nobody',
    async (key) => {
      const { url, mux, get } = await remote({ mock: { routes: 50_000 }, remote: { [key]: 65_536 } });
      const response = await unread(`${url}${DUMP}`);
      await until(() => mux.stats().perChannel.every(({ inFlight }) => inFlight === 0));
      expect((await get('/vpp/show_version')).status).toBe(200);
      const lines = await linesOf(response);
      const { error } = JSON.parse(lines.at(-1) ?? '');
      expect(error).toMatchObject({
        code: 'REPLY_OVERFLOW',
        messageName: 'ip_route_v2_dump',
        hint: 'read faster, or raise max-buffer or buffer-bytes in remote.conf',
        requestId: expect.any(String),
      });
      expect(error.arrived).toBeGreaterThanOrEqual(lines.length - 1);
    },
  );

  it('that fails behind its first line: has the error in its last', async () => {
    const { url, mock } = await remote({ mock: { routes: 5000 } });
    mock?.misbehave({ truncate: { messages: 'ip_route_v2_details', after: 4000 } });
    const lines = await linesOf(await unread(`${url}${DUMP}`));
    expect(lines).toHaveLength(4001);
    expect(JSON.parse(lines[3999])).toMatchObject({ route: { prefix: expect.any(String) } });
    expect(JSON.parse(lines[4000])).toMatchObject({ error: { code: 'TRUNCATED', messageName: 'ip_route_v2_dump' } });
  });

  it('that fails before anything is sent: is a problem', async () => {
    const { get, mock } = await remote();
    mock?.misbehave({ truncate: { messages: 'sw_interface_details' } });
    const response = await get('/vpp/sw_interface_dump');
    expect(response.status).toBe(502);
    expect(await response.json()).toMatchObject({ code: 'TRUNCATED' });
  });

  it('as one array: has a bound, and the error names the way without', async () => {
    const { get } = await remote({ mock: { routes: 1000 }, remote: { 'max-buffer': 65_536 } });
    const response = await get(DUMP, { accept: 'application/json' });
    expect(response.status).toBe(507);
    expect(await response.json()).toMatchObject({
      code: 'REPLY_OVERFLOW',
      detail: expect.stringMatching(/more than 65536 bytes in one array .*Accept: application\/x-ndjson streams/),
    });
  });

  it('as one array: is streamed, and keeps its place until it has been read', async () => {
    const { url, get, mux } = await remote({ mock: { routes: 50_000 }, remote: { 'max-dumps': 1 } });
    const accept = { accept: 'application/json' };
    const response = await unread(`${url}${DUMP}`, accept);
    expect((await get(DUMP, accept)).status).toBe(429);
    const text = (await linesOf(response)).join('\n');
    expect(text.startsWith('[\n{')).toBe(true);
    expect(JSON.parse(text).length).toBeGreaterThan(50_000);
    await until(() => channelsOf(mux).length === 0);
    expect((await get('/vpp/sw_interface_dump', accept)).status).toBe(200);
  });

  it('as one array, without any row: is an empty one', async () => {
    const { get } = await remote();
    const response = await get('/vpp/sw_interface_dump?name_filter_valid=true&name_filter=none', {
      accept: 'application/json',
    });
    expect(await response.text()).toBe('[]\n');
  });

  it('others whose readers do not read: hold up nobody', async () => {
    const bounds = { 'max-buffer': 65_536, 'buffer-bytes': 65_536 };
    const { url } = await remote({ mock: { routes: 5000 }, remote: bounds });
    const others = await Promise.all(Array.from({ length: 8 }, () => unread(`${url}${DUMP}`)));
    const lines = await linesOf(await unread(`${url}/vpp/sw_interface_dump`));
    expect(JSON.parse(lines[0])).toMatchObject({ interface_name: 'local0' });
    for (const other of others) other.destroy();
  });

  it('more of them than the caller may have: 429', async () => {
    const { url, get } = await remote({ mock: { routes: 50_000 }, remote: { 'max-dumps': 1 } });
    const first = await unread(`${url}${DUMP}`);
    const second = await get(DUMP);
    expect(second.status).toBe(429);
    expect(await second.json()).toMatchObject({ code: 'RATE_LIMITED', detail: expect.stringMatching(/max-dumps/) });
    first.destroy();
  });
});
