import { describe, expect, it } from 'vitest';
import type { Dataplane } from '../../mock-vpp/dataplane/dataplane.js';
import { RetvalError } from '../../src/mux/index.js';
import { routes, StepError } from '../../src/vpp/index.js';
import { channelToMock } from './support.js';

const setup = (dataplane: Dataplane) => void dataplane.addLoopback({ up: true, addresses: ['192.0.2.1/24'] });

describe('routes', () => {
  it('objects and lines: added, listed with names, removed', async () => {
    const { channel } = await channelToMock({ setup });
    const wanted = [
      { prefix: '10.1.0.0/16', paths: [{ nextHop: '192.0.2.2', interface: 'loop0', weight: 3 }] },
      '10.2.0.0/16 drop',
    ];
    expect(await routes.add(channel, wanted)).toEqual({ done: 2, failed: 0, failures: [] });
    const query = { source: 'api', within: '10.9.9.9/8' };
    expect(await routes.list(channel, query)).toEqual({
      routes: [
        {
          ...{ prefix: '10.1.0.0/16', table: 0, source: 'API' },
          paths: [{ type: 'via', nextHop: '192.0.2.2', interface: 'loop0', weight: 3, preference: 0 }],
        },
        {
          ...{ prefix: '10.2.0.0/16', table: 0, source: 'API' },
          paths: [{ type: 'drop', weight: 1, preference: 0 }],
        },
      ],
      total: 2,
      details: expect.any(Number),
    });
    expect(await routes.list(channel, { ...query, limit: 1 })).toMatchObject({ routes: [{}], total: 2 });
    expect(await routes.remove(channel, ['10.1.0.0/16', { prefix: '10.2.0.0/16' }])).toMatchObject({ done: 2 });
    expect(await routes.list(channel, query)).toMatchObject({ routes: [], total: 0 });
  });

  it('multipath: next to the paths that are there', async () => {
    const { channel } = await channelToMock({ setup });
    for (const hop of [2, 3]) {
      await routes.add(channel, [`10.1.0.0/16 via 192.0.2.${hop} loop0`], { multipath: true });
    }
    const { routes: listed } = await routes.list(channel, { source: 'API' });
    expect(listed[0].paths.map(({ nextHop }) => nextHop)).toEqual(['192.0.2.2', '192.0.2.3']);
  });

  it.each([
    ['10.1.0.0/16', 'INVALID', 'routes[1].paths', '(10.1.0.0/16): it has no path: add via, or drop'],
    ['10.1.0.0/16 via', 'INVALID', 'routes[1]', '"10.1.0.0/16 via": via needs something behind it'],
    [
      '10.1.0.0/16 via lop0',
      'NOT_FOUND',
      'routes[1].paths[0].interface',
      '(10.1.0.0/16): there is no interface "lop0"; did you mean loop0?',
    ],
    [
      { prefix: '10.1/16', paths: [{ type: 'drop' }] },
      'INVALID',
      'routes[1].prefix',
      '(10.1/16): it is no prefix, such as 192.0.2.0/24 or 2001:db8::/32',
    ],
    [
      { prefix: '10.1.0.0/16', paths: [{ nextHop: '192.0.2' }] },
      'INVALID',
      'routes[1].paths[0].nextHop',
      '(10.1.0.0/16): "192.0.2" is no address, such as 192.0.2.1 or 2001:db8::1',
    ],
    [null, 'INVALID', 'routes[1]', '(?): it is no route: give an object, or a line of text'],
    [{}, 'INVALID', 'routes[1].prefix', '(?): it is no prefix, such as 192.0.2.0/24 or 2001:db8::/32'],
    [
      { prefix: '10.1.0.0/16', table: -1 },
      'INVALID',
      'routes[1].table',
      '(10.1.0.0/16): its table must be an integer from 0 to 4294967294',
    ],
    [
      { prefix: '10.1.0.0/16', paths: { type: 'drop' } },
      'INVALID',
      'routes[1].paths',
      '(10.1.0.0/16): its paths must be a list of at most 255',
    ],
    [
      { prefix: '10.1.0.0/16', paths: [null] },
      'INVALID',
      'routes[1].paths[0]',
      '(10.1.0.0/16): it is no path: give an object',
    ],
    [
      { prefix: '10.1.0.0/16', paths: [{ type: 'toString' }] },
      'INVALID',
      'routes[1].paths[0].type',
      '(10.1.0.0/16): its type must be one of via, local, drop, unreachable, prohibit',
    ],
    [
      { prefix: '10.1.0.0/16', paths: [{ nextHop: 5 }] },
      'INVALID',
      'routes[1].paths[0].nextHop',
      '(10.1.0.0/16): "5" is no address, such as 192.0.2.1 or 2001:db8::1',
    ],
    [
      { prefix: '10.1.0.0/16', paths: [{ interface: {} }] },
      'INVALID',
      'routes[1].paths[0].interface',
      '(10.1.0.0/16): its interface must be a name or a sw_if_index',
    ],
    [
      { prefix: '10.1.0.0/16', paths: [{ type: 'drop', weight: 256 }] },
      'INVALID',
      'routes[1].paths[0].weight',
      '(10.1.0.0/16): its weight must be an integer from 1 to 255',
    ],
  ] as const)('%j: rejects with its place, and nothing is sent', async (line, code, path, text) => {
    const { mock, channel } = await channelToMock({ setup });
    const given = ['10.9.0.0/16 drop', line as string];
    const error: unknown = await routes.add(channel, given).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(StepError);
    expect(error).toMatchObject({ code, path, message: `routes[1] ${text} (nothing was sent)` });
    expect(mock.received('ip_route_add_del_v2')).toBe(0);
  });

  it('VPP refuses one: rejects with its place, its cause and what became of the others', async () => {
    const { channel } = await channelToMock({ setup });
    const lines = ['10.1.0.0/16 drop', '10.2.0.0/16 table 9 drop'];
    const error: unknown = await routes.add(channel, lines).catch((thrown) => thrown);
    if (!(error instanceof StepError)) throw error;
    expect(error).toMatchObject({ code: 'INCOMPLETE', path: 'routes[1]', cause: expect.any(RetvalError) });
    expect(error.describe('refused')).toBe('routes[1] (10.2.0.0/16): refused (1 added)');
  });

  it('onError continue: counts and lists what failed', async () => {
    const { channel } = await channelToMock({ setup });
    const lines = ['10.1.0.0/16 drop', '10.2.0.0/16 table 9 drop', '10.3.0.0/16 via loop9', '10.4.0.0/16 drop'];
    const outcome = await routes.add(channel, lines, { onError: 'continue' });
    expect(outcome).toMatchObject({
      ...{ done: 2, failed: 2 },
      failures: [
        { index: 1, route: { prefix: '10.2.0.0/16', table: 9 }, error: { retvalName: 'NO_SUCH_FIB' } },
        { index: 2, route: { prefix: '10.3.0.0/16' }, error: { code: 'NOT_FOUND', nearest: ['loop0'] } },
      ],
    });
    const few = await routes.add(channel, lines, { onError: 'continue', maxFailures: 1 });
    expect([few.failed, few.failures.length]).toEqual([2, 1]);
  });

  it('onProgress: after each hundred, and after the last', async () => {
    const { channel } = await channelToMock({ setup });
    const seen: unknown[] = [];
    const lines = Array.from({ length: 150 }, (_, i) => `10.1.${i}.0/24 drop`);
    await routes.add(channel, lines, { onProgress: (...progress) => seen.push(progress) });
    expect(seen).toEqual([
      [100, 150],
      [150, 150],
    ]);
  });

  it('onProgress throws: rejects with its error, and sends no more', async () => {
    const { mock, channel } = await channelToMock({ setup });
    const lines = Array.from({ length: 1000 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24 drop`);
    const failed = new Error('the terminal is gone');
    const onProgress = () => {
      throw failed;
    };
    await expect(routes.add(channel, lines, { onProgress })).rejects.toBe(failed);
    const sent = mock.received('ip_route_add_del_v2');
    expect(sent).toBeLessThan(lines.length);
    await routes.list(channel, { limit: 0 });
    expect(mock.received('ip_route_add_del_v2')).toBe(sent);
  });

  it('list: an unknown source, and a prefix that is none', async () => {
    const { channel } = await channelToMock();
    await expect(routes.list(channel, { source: 'APi2' })).rejects.toMatchObject({
      ...{ code: 'NOT_FOUND', object: 'route source', path: 'source' },
      message: 'this VPP has no source of routes "APi2"; did you mean API?',
    });
    await expect(routes.list(channel, { within: '10.0.0.0' })).rejects.toMatchObject({
      ...{ code: 'INVALID', path: 'within' },
    });
  });
});
