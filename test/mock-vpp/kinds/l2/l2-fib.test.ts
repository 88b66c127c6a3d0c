/** MAC addresses that are learnt by hand, and the events of them. */
import { expect, it } from 'vitest';
import { kinds } from '../../../../mock-vpp/kinds/index.js';
import type { Fields } from '../../../../src/mux/internal.js';
import { mockAndClient } from '../../../support/mock.js';

async function learning() {
  const { mock, client } = await mockAndClient({
    setup: (dataplane) => void [1, 2].map(() => dataplane.addLoopback()),
  });
  for (const rx_sw_if_index of [1, 2]) {
    await client.ask('sw_interface_set_l2_bridge', { rx_sw_if_index, bd_id: 5, enable: true });
  }
  await client.ask('want_l2_macs_events2', { enable_disable: true, max_macs_in_event: 1, pid: 7 });
  const fib = mock.dataplane.of(kinds.l2Fib);
  const table = async () =>
    (await client.dump('l2_fib_table_dump', { bd_id: 5 })).map((each) => [each.mac, each.sw_if_index]);
  return { client, fib, table };
}

it('learnt: in the table, with an event; flushed: gone, with another', async () => {
  const { client, fib, table } = await learning();
  const address = '02:00:00:00:00:01';
  const event = async () => {
    const { name, fields } = await client.message();
    const [{ mac_addr, sw_if_index, action }] = fields.mac as Fields[];
    return [name, fields.pid, mac_addr, sw_if_index, action];
  };
  fib.learn(address, 1);
  fib.learn(address, 1);
  expect(await event()).toEqual(['l2_macs_event', 7, address, 1, 0]);
  fib.learn(address, 2);
  expect(await event()).toEqual(['l2_macs_event', 7, address, 2, 2]);
  expect(await client.ask('l2fib_flush_int', { sw_if_index: 1 })).toMatchObject({ retval: 0 });
  expect(await table()).toEqual([[address, 2]]);
  expect(await client.ask('l2fib_flush_all')).toMatchObject({ retval: 0 });
  expect(await event()).toEqual(['l2_macs_event', 7, address, 2, 1]);
  expect(await table()).toEqual([]);
});

it('provisioned ones are not learnt, nor are those on an interface that is not bridged', async () => {
  const { client, fib, table } = await learning();
  await client.ask('l2fib_add_del', { is_add: true, bd_id: 5, mac: '02:00:00:00:00:01', sw_if_index: 1 });
  fib.learn('02:00:00:00:00:01', 2);
  expect(await table()).toEqual([['02:00:00:00:00:01', 1]]);
  expect(() => fib.learn('02:00:00:00:00:02', 0)).toThrow(RangeError);
});
