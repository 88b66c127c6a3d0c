import { describe, expect, it } from 'vitest';
import type { Dataplane } from '../../../mock-vpp/dataplane/dataplane.js';
import { isFault } from '../../../src/agent/operations/fault.js';
import { routeAdd, routeList, routeRemove } from '../../../src/plugins/index.js';
import { mocked } from './support.js';

const setup = (dataplane: Dataplane) => {
  for (const n of [1, 2]) dataplane.addLoopback({ up: true, addresses: [`192.0.${n}.1/24`, `2001:db8:${n}::1/64`] });
};

const withTable7 = (dataplane: Dataplane) => {
  setup(dataplane);
  dataplane.tables.add(7, false, '');
};

const VIA = { type: 'via', weight: 1, preference: 0 };

/** Routes that the API has put in. */
const listed = async ({ client }: Awaited<ReturnType<typeof mocked>>, more: object = {}) =>
  (await client.call(routeList, { source: 'API', ...more })).routes;

describe('route.add', () => {
  it('a line of each kind: added; the same again: nothing changes', async () => {
    const world = await mocked({ setup });
    const routes = [
      '10.1.0.0/16 via 192.0.1.2 loop0',
      '10.2.0.0/16 via 192.0.1.2',
      '10.3.0.0/16 via loop1',
      '10.4.0.0/16 via 192.0.1.2 loop0 weight 3 via 192.0.2.2 dev loop1 preference 7',
      '10.5.0.9/16 drop',
      '10.6.0.0/16 dev loop0',
      ' 2001:DB8:9::/48  via 2001:db8:1::2 loop0 ',
      { prefix: '10.7.0.0/16', paths: [{ nextHop: '192.0.1.3', interface: 1 }] },
    ];
    for (let i = 0; i < 2; i++) {
      expect(await world.client.call(routeAdd, { routes })).toEqual({ added: 8, failed: 0, failures: [] });
    }
    const of = (prefix: string, ...paths: object[]) => ({ prefix, table: 0, source: 'API', paths });
    expect(await listed(world)).toEqual([
      of('10.1.0.0/16', { ...VIA, nextHop: '192.0.1.2', interface: 'loop0' }),
      of('10.2.0.0/16', { ...VIA, nextHop: '192.0.1.2', table: 0 }),
      of('10.3.0.0/16', { ...VIA, interface: 'loop1' }),
      of(
        '10.4.0.0/16',
        { ...VIA, nextHop: '192.0.1.2', interface: 'loop0', weight: 3 },
        { ...VIA, nextHop: '192.0.2.2', interface: 'loop1', preference: 7 },
      ),
      of('10.5.0.0/16', { ...VIA, type: 'drop' }),
      of('10.6.0.0/16', { ...VIA, interface: 'loop0' }),
      of('10.7.0.0/16', { ...VIA, nextHop: '192.0.1.3', interface: 'loop0' }),
      of('2001:db8:9::/48', { ...VIA, nextHop: '2001:db8:1::2', interface: 'loop0' }),
    ]);
  });

  it('other paths: take the place of those that are there; with multipath they are added to them', async () => {
    const world = await mocked({ setup });
    const add = (line: string, multipath = false) => world.client.call(routeAdd, { routes: [line], multipath });
    const hops = async () => (await listed(world))[0].paths.map(({ nextHop }) => nextHop);
    await add('10.1.0.0/16 via 192.0.1.2 loop0');
    await add('10.1.0.0/16 via 192.0.1.3 loop0');
    expect(await hops()).toEqual(['192.0.1.3']);
    await add('10.1.0.0/16 via 192.0.1.4 loop0', true);
    expect(await hops()).toEqual(['192.0.1.3', '192.0.1.4']);
  });

  it('another table', async () => {
    const world = await mocked({ setup: withTable7 });
    await world.client.call(routeAdd, { routes: ['10.1.0.0/16 table 7 via 192.0.1.2 next-hop-table 0'] });
    expect(await listed(world, { table: 7 })).toMatchObject([
      { prefix: '10.1.0.0/16', table: 7, paths: [{ table: 0 }] },
    ]);
    expect(await listed(world)).toEqual([]);
  });

  it.each([
    ['10.1.0.0/33 drop', '"10.1.0.0/33 drop": "10.1.0.0/33" is no prefix, such as 192.0.2.0/24 or 2001:db8::/32'],
    ['10.1.0.0/16 via', '"10.1.0.0/16 via": via needs something behind it'],
    ['10.1.0.0/16 192.0.1.2', '"192.0.1.2" makes no sense there'],
    ['10.1.0.0/16 via 192.0.1.2 loop0 loop1', '"loop1" makes no sense there'],
    ['10.1.0.0/16 weight 3 via loop0', '"weight" makes no sense there'],
    ['10.1.0.0/16 via loop0 table 7', '"table" makes no sense there'],
    ['10.1.0.0/16 drop loop0', '"loop0" makes no sense there'],
    ['10.1.0.0/16 via 192.0.1.2 weight 0', 'weight needs a number from 1 to 255 behind it'],
    ['10.1.0.0/16 via 192.0.1.2 preference x', 'preference needs a number from 0 to 255 behind it'],
    ['10.1.0.0/16 table 4294967295 drop', 'table needs a number from 0 to 4294967294 behind it'],
    ['', '"" is no prefix'],
    ['10.1.0.0/16', '(10.1.0.0/16): it has no path: add via, or drop', 'routes[1].paths'],
    [{ prefix: '10.1.0.0/16' }, '(10.1.0.0/16): it has no path: add via, or drop', 'routes[1].paths'],
    [
      '10.2.0.0/16 via loop0 via 192.0.2.2 loop7',
      '(10.2.0.0/16): there is no interface "loop7"; did you mean loop0 or loop1? (nothing was sent)',
      'routes[1].paths[1].interface',
    ],
  ])('%j: refused with its place, and nothing is sent', async (bad, message, path = 'routes[1]') => {
    const { mock, client } = await mocked({ setup });
    await expect(client.call('route.add', { routes: ['10.9.0.0/16 drop', bad] })).rejects.toMatchObject({
      code: message.includes('loop7') ? 'ENOENT' : 'EINVAL',
      path,
      message: expect.stringMatching(/^routes\[1\] .* \(nothing was sent\)$/),
    });
    await expect(client.call('route.add', { routes: ['10.9.0.0/16 drop', bad] })).rejects.toThrow(message);
    expect(mock.received('ip_route_add_del_v2')).toBe(0);
  });

  it.each([
    [{ prefix: '10.1.0.0/16', paths: [{ nextHop: '192.0.1' }] }, 'paths[0].nextHop: "192.0.1" is no address'],
    [{ prefix: '10.1.0.0/16', via: 'loop0' }, 'Unrecognized key: "via"'],
    [7, 'must be a line of text, or an object'],
  ])('%j: refused with its place, and nothing is sent', async (bad, message) => {
    const { mock, client } = await mocked({ setup });
    await expect(client.call('route.add', { routes: ['10.9.0.0/16 drop', bad] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      path: 'routes[1]',
      message: expect.stringContaining(message),
    });
    expect(mock.received('ip_route_add_del_v2')).toBe(0);
  });

  it('VPP refuses one: stops there, and says which, why, and what has been added', async () => {
    const world = await mocked({ setup });
    const routes = Array.from(
      { length: 1000 },
      (_, i) => `10.${i >> 8}.${i & 255}.0/24 ${i === 500 ? 'table 9 ' : ''}drop`,
    );
    const error: unknown = await world.client.call(routeAdd, { routes }).catch((thrown) => thrown);
    if (!isFault(error)) throw error;
    expect(error).toMatchObject({ code: 'ENOENT', path: 'routes[500]' });
    const text =
      /^routes\[500\] \(10\.1\.244\.0\/24\): VPP refused ip_route_add_del_v2: NO_SUCH_FIB \(-3\) \((\d+) added, (\d+) not tried\)$/;
    const [, added, notTried] = (text.exec(error.message) ?? []).map(Number);
    expect(added + notTried).toBe(999);
    // Requests in flight behind it, and those that answers in the same read of the socket made room for.
    expect(added).toBeLessThanOrEqual(500 + 2 * 100);
    expect(await listed(world)).toHaveLength(added);
  });

  it('VPP refuses some, and it is to go on: the others are added, those are listed', async () => {
    const world = await mocked({ setup });
    const routes = ['10.1.0.0/16 drop', '10.2.0.0/16 table 9 drop', '10.3.0.0/16 via loop9', '10.4.0.0/16 drop'];
    expect(await world.client.call(routeAdd, { routes, onError: 'continue' })).toEqual({
      added: 2,
      failed: 2,
      failures: [
        {
          index: 1,
          prefix: '10.2.0.0/16',
          table: 9,
          code: 'ENOENT',
          reason: 'VPP refused ip_route_add_del_v2: NO_SUCH_FIB (-3)',
        },
        {
          ...{ index: 2, prefix: '10.3.0.0/16', table: 0, code: 'ENOENT' },
          reason: 'there is no interface "loop9"; did you mean loop0 or loop1?',
        },
      ],
    });
    expect((await listed(world)).map(({ prefix }) => prefix)).toEqual(['10.1.0.0/16', '10.4.0.0/16']);
  });

  it('thousands fail: all are counted, the first hundred listed', async () => {
    const { client } = await mocked({ setup });
    const routes = Array.from({ length: 3000 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24 table 9 drop`);
    const { added, failed, failures } = await client.call(routeAdd, { routes, onError: 'continue' });
    expect([added, failed, failures.length, failures[99].index]).toEqual([0, 3000, 100, 99]);
  });

  it('VPP dies: ENOTCONN with what has been added, even if it is to go on', async () => {
    const { mock, client } = await mocked({ setup });
    let served = 0;
    mock.handle('ip_route_add_del_v2', () => {
      if (++served === 250) mock.kill();
      return { retval: 0 };
    });
    const routes = Array.from({ length: 1000 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24 drop`);
    await expect(client.call(routeAdd, { routes, onError: 'continue' })).rejects.toMatchObject({
      code: 'ENOTCONN',
      message: expect.stringMatching(/\(\d+ added, \d+ more failed, \d+ not tried\)$/),
    });
  });

  it('many: told how far it is, at most a hundred under way', async () => {
    const { mock, client, mux } = await mocked({ setup });
    const seen: unknown[] = [];
    const busiest = { inFlight: 0, waiting: 0 };
    const onProgress = (progress: unknown) => {
      seen.push(progress);
      const { inFlight, waiting } = mux.stats();
      busiest.inFlight = Math.max(busiest.inFlight, inFlight);
      busiest.waiting = Math.max(busiest.waiting, waiting);
    };
    const routes = Array.from({ length: 2050 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24 drop`);
    expect(await client.call(routeAdd, { routes }, { onProgress })).toMatchObject({ added: 2050 });
    expect(seen[0]).toEqual({ done: 100, total: 2050 });
    expect(seen.at(-1)).toEqual({ done: 2050, total: 2050 });
    expect(seen).toHaveLength(21);
    expect(busiest.inFlight).toBeLessThanOrEqual(100);
    expect(busiest.waiting).toBe(0);
    expect(mock.received('ip_route_add_del_v2')).toBe(2050);
  });

  it('given up: nothing more is sent', async () => {
    const { mock, client } = await mocked({ setup });
    const giveUp = new AbortController();
    const routes = Array.from({ length: 5000 }, (_, i) => `10.${i >> 8}.${i & 255}.0/24 drop`);
    const call = client.call(routeAdd, { routes }, { signal: giveUp.signal, onProgress: () => giveUp.abort() });
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
    await expect.poll(() => mock.received('ip_route_add_del_v2')).toBeGreaterThanOrEqual(100);
    await client.call(routeList, { limit: 0 });
    expect(mock.received('ip_route_add_del_v2')).toBeLessThan(1000);
  });
});

describe('route.remove', () => {
  it('whole routes, and what is not there: removed', async () => {
    const world = await mocked({ setup });
    await world.client.call(routeAdd, {
      routes: ['10.1.0.0/16 via 192.0.1.2 loop0', '10.2.0.0/16 drop', '10.3.0.0/16 drop'],
    });
    const routes = ['10.1.0.0/16', { prefix: '10.2.0.0/16' }, '10.99.0.0/16'];
    expect(await world.client.call(routeRemove, { routes })).toEqual({ removed: 3, failed: 0, failures: [] });
    expect((await listed(world)).map(({ prefix }) => prefix)).toEqual(['10.3.0.0/16']);
  });

  it('only a path: the others stay; with the last the route goes', async () => {
    const world = await mocked({ setup });
    await world.client.call(routeAdd, { routes: ['10.1.0.0/16 via 192.0.1.2 loop0 via 192.0.1.3 loop0'] });
    await world.client.call(routeRemove, { routes: ['10.1.0.0/16 via 192.0.1.2 loop0'] });
    expect((await listed(world))[0].paths).toMatchObject([{ nextHop: '192.0.1.3' }]);
    await world.client.call(routeRemove, { routes: ['10.1.0.0/16 via 192.0.1.3 loop0'] });
    expect(await listed(world)).toEqual([]);
  });

  it('VPP refuses: ENOENT with its place', async () => {
    const { client } = await mocked({ setup });
    await expect(client.call(routeRemove, { routes: ['10.1.0.0/16 table 9'] })).rejects.toMatchObject({
      code: 'ENOENT',
      message: 'routes[0] (10.1.0.0/16): VPP refused ip_route_add_del_v2: NO_SUCH_FIB (-3) (0 removed)',
    });
  });
});

describe('route.list', () => {
  it('all: both families, with who put them in', async () => {
    const { client } = await mocked({ setup });
    const { routes, total } = await client.call(routeList, {});
    expect(total).toBe(routes.length);
    expect(routes).toContainEqual({
      ...{ prefix: '192.0.1.0/24', table: 0, source: 'interface' },
      paths: [{ ...VIA, interface: 'loop0' }],
    });
    expect(routes).toContainEqual(expect.objectContaining({ prefix: '::/0', source: 'default-route' }));
    expect(await client.call(routeList, { table: 99 })).toMatchObject({ routes: [], total: 0 });
  });

  it('a part: by family, prefix and source; at most so many, all counted', async () => {
    const world = await mocked({ setup });
    const lines = ['10.1.0.0/16', '10.1.2.0/24', '10.2.0.0/16', '2001:db8:9::/48', '2001:db8:9:1::/64'];
    await world.client.call(routeAdd, { routes: lines.map((prefix) => `${prefix} drop`) });
    const prefixes = async (query: object) => (await listed(world, query)).map(({ prefix }) => prefix);
    expect(await prefixes({ family: 'ip6' })).toEqual(lines.slice(3));
    expect(await prefixes({ within: '10.1.9.9/16' })).toEqual(lines.slice(0, 2));
    expect(await prefixes({ within: '2001:db8:9::/64' })).toEqual([]);
    expect(await prefixes({ within: '2001:db8:9::/48' })).toEqual(lines.slice(3));
    expect(await prefixes({ within: '10.1.2.0/24', family: 'ip6' })).toEqual([]);
    expect(await world.client.call(routeList, { source: 'api', limit: 2 })).toMatchObject({
      routes: [{ prefix: '10.1.0.0/16' }, { prefix: '10.2.0.0/16' }],
      total: 5,
    });
  });

  it('a source that VPP does not know: ENOENT with the nearest', async () => {
    const { client } = await mocked();
    await expect(client.call(routeList, { source: 'interfaces' })).rejects.toMatchObject({
      code: 'ENOENT',
      message: 'this VPP has no source of routes "interfaces"; did you mean interface?',
    });
  });

  it('labels of a path: told', async () => {
    const { mock, client } = await mocked();
    const label_stack = [{ label: 33 }, { label: 34 }, ...Array(14).fill({})];
    const path = { sw_if_index: 0, weight: 1, type: 0, proto: 0, n_labels: 2, label_stack };
    const route = { prefix: '10.1.0.0/16', src: 8, paths: [path] };
    mock.handle('ip_route_v2_dump', ({ table }) => ((table as { is_ip6: boolean }).is_ip6 ? [] : [{ route }]));
    const { routes } = await client.call(routeList, {});
    expect(routes[0].paths).toEqual([{ ...VIA, interface: 'local0', labels: [33, 34] }]);
  });
});
