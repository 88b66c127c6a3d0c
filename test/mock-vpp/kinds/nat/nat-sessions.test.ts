/** Sessions of NAT44-ED that are added by hand: as VPP 26.06 shows those that its packets make. */
import { expect, it } from 'vitest';
import { kinds } from '../../../../mock-vpp/kinds/index.js';
import type { Fields } from '../../../../src/mux/internal.js';
import { mockAndClient } from '../../../support/mock.js';

const host = (address: string, port: number) => ({ address, port });
const SERVER = host('203.0.113.2', 53);
const SESSION = {
  ...{ inside: host('10.0.0.1', 1234), outside: host('203.0.113.10', 1234), externalHost: SERVER },
  ...{ protocol: 17, packets: 2, bytes: 128 },
};
const SHOWN = {
  ...{ outside_ip_address: '203.0.113.10', outside_port: 1234, inside_ip_address: '10.0.0.1', inside_port: 1234 },
  ...{ protocol: 17, total_bytes: 128n, total_pkts: 2 },
};

async function begin() {
  const { mock, client } = await mockAndClient();
  await client.ask('nat44_ed_plugin_enable_disable', { enable: true });
  const sessions = mock.dataplane.of(kinds.nat44).nat!.sessions;
  sessions.add(SESSION);
  sessions.add({ ...SESSION, inside: host('10.0.0.2', 1234), outside: host('203.0.113.10', 63327) });
  sessions.add({
    ...SESSION,
    inside: host('10.0.0.1', 80),
    outside: host('203.0.113.11', 8080),
    protocol: 6,
    isStatic: true,
  });
  const users = async () =>
    (await client.dump('nat44_user_dump')).map((each) => [each.ip_address, each.nsessions, each.nstaticsessions]);
  return { client, sessions, users };
}
const dump = 'nat44_user_session_v3_dump';

it('shown by user, in any table', async () => {
  const { client, sessions, users } = await begin();
  expect(await users()).toEqual([
    ['10.0.0.1', 1, 1],
    ['10.0.0.2', 1, 0],
  ]);
  const [own, fixed] = await client.dump(dump, { ip_address: '10.0.0.1', vrf_id: 77 });
  expect(own).toMatchObject({ ...SHOWN, flags: 128, ext_host_address: SERVER.address, ext_host_port: 53 });
  expect(own).toMatchObject({ ext_host_nat_address: '0.0.0.0', time_since_last_heard: 0n, is_timed_out: false });
  expect(fixed).toMatchObject({ flags: 128 | 64, protocol: 6 });
  expect(await client.dump('nat44_user_session_dump', { ip_address: '10.0.0.3' })).toEqual([]);
  sessions.add({ ...SESSION, inside: host('10.0.0.3', 1), idleSeconds: 301, externalHostInside: host('10.9.9.9', 5) });
  const [idle] = await client.dump(dump, { ip_address: '10.0.0.3' });
  expect(idle).toMatchObject({ flags: 128 | 1, ext_host_nat_address: '10.9.9.9', is_timed_out: true });
});

it('deleted by either of its flows', async () => {
  const { client, users } = await begin();
  const remove = (address: string, port: number, ext_host_address: string, ext_host_port: number) =>
    client.ask('nat44_del_session', { address, port, ext_host_address, ext_host_port, protocol: 17, vrf_id: 0 });
  expect(await remove('10.0.0.1', 1234, SERVER.address, 53)).toMatchObject({ retval: 0 });
  expect(await remove('203.0.113.10', 63327, SERVER.address, 53)).toMatchObject({ retval: -6 });
  expect(await remove(SERVER.address, 53, '203.0.113.10', 63327)).toMatchObject({ retval: 0 });
  expect(await users()).toEqual([['10.0.0.1', 0, 1]]);
});

it('go with their address and mapping, and with the plugin', async () => {
  const { client, users } = await begin();
  const change = (name: string, fields: Fields) => client.ask(name, { vrf_id: 0, ...fields });
  const mapping = {
    ...{ local_ip_address: '10.0.0.1', local_port: 80, external_ip_address: '203.0.113.11', external_port: 8080 },
    ...{ protocol: 6, external_sw_if_index: 0xffffffff },
  };
  for (const is_add of [true, false]) await change('nat44_add_del_static_mapping', { is_add, ...mapping });
  expect(await users()).toEqual([
    ['10.0.0.1', 1, 0],
    ['10.0.0.2', 1, 0],
  ]);
  const range = { first_ip_address: '203.0.113.10', last_ip_address: '203.0.113.10' };
  for (const is_add of [true, false]) await change('nat44_add_del_address_range', { is_add, ...range });
  expect(await users()).toEqual([]);
});
