/** `GET /vpp/events/EVENT`: server-sent events. */

import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../../../support/mock.js';
import { bearer, jsonOf, remote, TOKENS, WRITES } from '../support.js';

const EVENT = '/vpp/events/sw_interface_event';

interface Got {
  readonly id: number;
  readonly event: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects
  readonly data: any;
}

/** Reads a stream as an EventSource does. `next(n)`: the next n events, those named `ready` left out. */
async function source(url: string, headers: Record<string, string> = {}) {
  const leave = new AbortController();
  onTestFinished(() => leave.abort());
  const response = await fetch(url, { headers, signal: leave.signal });
  const got: Got[] = [];
  const state = { comments: 0, ended: false, ready: undefined as Got | undefined };
  const read = async () => {
    let text = '';
    for await (const part of response.body ?? []) {
      text += Buffer.from(part).toString();
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const fields = new Map(
          block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        );
        if (fields.has('')) state.comments++;
        const data = fields.get('data');
        if (data === undefined) continue;
        const event = { id: Number(fields.get('id')), event: fields.get('event') ?? 'message', data: JSON.parse(data) };
        if (event.event === 'ready') state.ready = event;
        else got.push(event);
      }
    }
    state.ended = true;
  };
  const reading = read().catch(() => {});
  if (response.ok) await until(() => state.ready !== undefined);
  const next = async (count: number) => {
    await until(() => got.length >= count);
    return got.splice(0, count);
  };
  const end = async () => {
    leave.abort();
    await reading;
  };
  return { response, state, next, end, reading };
}

describe('an event', () => {
  it('as JSON, with an id that counts; of all callers, to each', async () => {
    const { url, mock, mux } = await remote();
    const one = await source(`${url}${EVENT}`);
    expect(one.response.headers.get('content-type')).toBe('text/event-stream');
    expect(one.response.headers.get('cache-control')).toBe('no-store');
    const two = await source(`${url}${EVENT}`);
    mock?.dataplane.addLoopback();
    mock?.dataplane.setAdmin(1, true);
    const [up] = await one.next(1);
    expect(up).toMatchObject({ event: 'message', data: { sw_if_index: 1, flags: expect.any(Number) } });
    expect(up.id).toBe((one.state.ready?.id ?? 0) + 1);
    expect(await two.next(1)).toEqual([up]);
    mock?.dataplane.setAdmin(1, false);
    expect((await one.next(1))[0].id).toBe(up.id + 1);
    expect(mux.stats().perChannel.filter(({ owner }) => owner === 'remote/loopback')).toHaveLength(1);
  });

  it('with the fields of the request that VPP sends it for', async () => {
    const { url, mock, get } = await remote();
    const stream = await source(`${url}/vpp/events/ip_neighbor_event_v2?sw_if_index=0&ip=0.0.0.0`);
    mock?.emit('ip_neighbor_event_v2', { flags: 1 });
    expect(await stream.next(1)).toMatchObject([{ data: { flags: 1 } }]);
    const refused = await get('/vpp/events/ip_neighbor_event_v2?sw_if_idx=1');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'BAD_FIELD', path: 'sw_if_idx', nearest: ['sw_if_index'] });
  });

  it('missed by a reader that was cut off: comes behind the last id that it has', async () => {
    const { url, mock } = await remote();
    const first = await source(`${url}${EVENT}`);
    mock?.emit('sw_interface_event', { sw_if_index: 1 });
    const [last] = await first.next(1);
    await first.end();
    for (const index of [2, 3]) mock?.emit('sw_interface_event', { sw_if_index: index });
    const again = await source(`${url}${EVENT}`, { 'last-event-id': String(last.id) });
    const missed = await again.next(2);
    expect(missed.map(({ id, data }) => [id - last.id, data.sw_if_index])).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });

  it.each(['1', '99999999999999999', 'x', '9007199254740991'])(
    'after the id %s, which is none of it: says resync',
    async (id) => {
      const { url } = await remote();
      const stream = await source(`${url}${EVENT}`, { 'last-event-id': id });
      expect(await stream.next(1)).toMatchObject([
        { event: 'resync', id: stream.state.ready?.id, data: { reason: expect.stringContaining('not kept any more') } },
      ]);
    },
  );

  it('more of them missed than are kept: says resync, and goes on from now', async () => {
    const { url, mock } = await remote({ remote: { 'kept-events': 2 } });
    const first = await source(`${url}${EVENT}`);
    const watch = await source(`${url}${EVENT}`);
    const { id = 0 } = first.state.ready ?? {};
    await first.end();
    for (let i = 0; i < 5; i++) mock?.emit('sw_interface_event', { sw_if_index: i });
    await watch.next(5);
    const again = await source(`${url}${EVENT}`, { 'last-event-id': String(id + 1) });
    mock?.emit('sw_interface_event', { sw_if_index: 7 });
    const got = await again.next(2);
    expect(got.map((each) => [each.id - id, each.event])).toEqual([
      [5, 'resync'],
      [6, 'message'],
    ]);
  });

  it('after another VPP: a resync by name', async () => {
    const { url, mock } = await remote({ govpp: { 'retry-connect-timeout': '20ms' } });
    const stream = await source(`${url}${EVENT}`);
    await mock?.kill();
    await mock?.start();
    expect(await stream.next(1)).toMatchObject([
      { event: 'resync', id: (stream.state.ready?.id ?? 0) + 1, data: { generation: 2, reason: expect.any(String) } },
    ]);
  });
});

describe('a stream', () => {
  it('that nobody reads: undoes its registration after a time', async () => {
    const { url, mock, mux } = await remote({ remote: { 'resume-time': '10ms' } });
    const stream = await source(`${url}${EVENT}`);
    expect(mock?.emit('sw_interface_event', {})).toBe(1);
    await stream.end();
    await until(() => mux.stats().perChannel.every(({ owner }) => owner !== 'remote/loopback'));
    await until(() => mock?.emit('sw_interface_event', {}) === 0);
  });

  it('shows that it is there', async () => {
    const { url } = await remote({ remote: { heartbeat: '5ms' } });
    const stream = await source(`${url}${EVENT}`);
    await until(() => stream.state.comments > 2);
  });

  it.each<[string, number, object]>([
    [
      '/vpp/events/sw_interface_evnt',
      404,
      { code: 'UNKNOWN_MESSAGE', nearest: expect.arrayContaining(['sw_interface_event']) },
    ],
    ['/vpp/events/show_version', 400, { code: 'WRONG_KIND' }],
    ['/vpp/events/a/b', 404, { code: 'NOT_FOUND' }],
    ['/vpp/events/sw_interface_event?x=1', 400, { code: 'BAD_FIELD' }],
    ['/vpp/events/dhcp_compl_event', 400, { code: 'WRONG_KIND', detail: expect.stringContaining('?subscribe=false') }],
  ])('%s: refused with %d', async (path, status, body) => {
    const { get } = await remote({ http: WRITES });
    const response = await get(path);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await jsonOf(response)).toMatchObject({ status, ...body });
  });

  it('of an action’s event: only listens', async () => {
    const { url, mock } = await remote();
    const stream = await source(`${url}/vpp/events/dhcp_compl_event?subscribe=false`);
    mock?.inject('dhcp_compl_event', { pid: 7 });
    expect(await stream.next(1)).toMatchObject([{ data: { pid: 7 } }]);
  });

  it('asked for with ?subscribe=true: as without', async () => {
    const { url, mock } = await remote();
    const stream = await source(`${url}${EVENT}?subscribe=true`);
    mock?.dataplane.addLoopback();
    mock?.dataplane.setAdmin(1, true);
    expect(await stream.next(1)).toMatchObject([{ data: { sw_if_index: 1 } }]);
  });

  it('that a policy refuses to one caller: 403, and not to another', async () => {
    const rules = [{ plugins: 'remote/read-token', messages: 'sw_interface_event', action: 'refuse' }];
    const { url } = await remote({ http: TOKENS, policy: { rules } });
    const refused = await source(`${url}${EVENT}`, bearer(TOKENS['read-token']));
    expect(refused.response.status).toBe(403);
    expect((await source(`${url}${EVENT}`, bearer(TOKENS['write-token']))).response.status).toBe(200);
  });

  it('more of them than a caller may have: 429', async () => {
    const { url } = await remote({ remote: { 'max-streams': 1 } });
    await source(`${url}${EVENT}`);
    expect((await source(`${url}${EVENT}`)).response.status).toBe(429);
  });

  it('without a VPP: waits for one, and its first event', async () => {
    const { url } = await remote({ vpp: false });
    const stream = await source(`${url}${EVENT}`);
    expect(stream.response.status).toBe(200);
    expect((await source(`${url}${EVENT}?sw_if_index=1`)).response.status).toBe(503);
  });

  it('when the agent ends: ends', async () => {
    const { url, agent } = await remote();
    const stream = await source(`${url}${EVENT}`);
    await agent.close();
    await stream.reading;
  });
});
