/** The dataplane as tests and demos change it. */
import { describe, expect, it } from 'vitest';
import { Dataplane } from '../../../mock-vpp/dataplane/dataplane.js';
import { Pool } from '../../../mock-vpp/dataplane/pool.js';
import { KINDS } from '../../../mock-vpp/kinds/index.js';

describe('poking', () => {
  it('addLoopback: gives its index; what VPP would refuse is an error', () => {
    const dataplane = new Dataplane(KINDS);
    const index = dataplane.addLoopback({
      mac: '02:00:00:00:00:07',
      instance: 3,
      up: true,
      addresses: ['192.0.2.1/24'],
    });
    expect(dataplane.interfaceAt(index)).toMatchObject({
      name: 'loop3',
      mac: '02:00:00:00:00:07',
      adminUp: true,
      linkUp: true,
    });
    expect(() => dataplane.addLoopback({ instance: 3 })).toThrow(/instance 3: taken/);
    expect(() => dataplane.addLoopback({ addresses: ['192.0.2.9/24'] })).toThrow(
      /refuse 192.0.2.9\/24 on loop0 with -105/,
    );
    expect(() => dataplane.setLink(99, true)).toThrow(RangeError);
  });

  it('addRoutes: host routes, one after another', () => {
    const dataplane = new Dataplane(KINDS);
    dataplane.addRoutes(3, { from: '198.51.100.254', nextHop: '192.0.2.1' });
    const table = dataplane.tables.find(0, false)!;
    const found = [...table.walk(8)].map(({ key }) => (Number(key) >>> 0).toString(16));
    expect(found).toEqual(['c63364fe', 'c63364ff', 'c6336500']);
  });

  it('all taken away: every load-balance index is back', () => {
    const dataplane = new Dataplane(KINDS);
    const next = dataplane.counters.take();
    dataplane.counters.giveBack(next);
    const index = dataplane.addLoopback({
      up: true,
      addresses: ['192.0.2.1/24', '192.0.2.2/24', '2001:db8::1/64', '10.0.0.0/31'],
    });
    dataplane.tables.add(7, true, '');
    dataplane.tables.remove(7, true);
    dataplane.deleteLoopback(index);
    const free = new Set(Array.from({ length: 20 }, () => dataplane.counters.take()));
    expect(Math.min(...free)).toBe(next);
    expect(free.size).toBe(20);
    expect(Math.max(...free)).toBe(next + 19);
  });
});

it('pool: the index freed last is given out first', () => {
  const pool = new Pool<string>();
  for (const name of ['a', 'b', 'c']) pool.add((index) => `${name}${index}`);
  pool.remove(0);
  pool.remove(2);
  pool.remove(2);
  expect([pool.size, pool.next(0), pool.next(2), [...pool.values()]]).toEqual([1, 1, -1, ['b1']]);
  expect([pool.add(String), pool.add(String), pool.add(String)]).toEqual(['2', '0', '3']);
});
