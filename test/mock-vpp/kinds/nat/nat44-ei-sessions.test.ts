/** Sessions of NAT44-EI that are added by hand: as VPP 26.06 shows those that its packets make. */
import { expect, it } from 'vitest';
import { kinds } from '../../../../mock-vpp/kinds/index.js';
import { mockAndClient } from '../../../support/mock.js';

const host = (address: string, port: number) => ({ address, port });
const SESSION = {
  ...{ inside: host('10.0.0.1', 1234), outside: host('203.0.113.10', 1234), externalHost: host('203.0.113.2', 53) },
  ...{ protocol: 17, packets: 2, bytes: 128 },
};
const SHOWN = {
  ...{ outside_ip_address: '203.0.113.10', outside_port: 1234, inside_ip_address: '10.0.0.1', inside_port: 1234 },
  ...{ protocol: 17, total_bytes: 128n, total_pkts: 2 },
};

it('by user and table, without the external host', async () => {
  const { mock, client } = await mockAndClient();
  await client.ask('nat44_ei_plugin_enable_disable', { enable: true });
  const { sessions } = mock.dataplane.of(kinds.nat44Ei);
  sessions.add(SESSION);
  sessions.add({ ...SESSION, inside: host('10.0.0.1', 80), isStatic: true });
  expect(await client.dump('nat44_ei_user_dump')).toMatchObject([
    { ip_address: '10.0.0.1', vrf_id: 0, nsessions: 1, nstaticsessions: 1 },
  ]);
  const dump = (vrf_id: number) => client.dump('nat44_ei_user_session_v2_dump', { ip_address: '10.0.0.1', vrf_id });
  expect(await dump(0)).toMatchObject([
    { ...SHOWN, flags: 0, ext_host_port: 0 },
    { flags: 64, inside_port: 80 },
  ]);
  expect(await dump(1)).toEqual([]);
  const remove = (port: number, flags: number) =>
    client.ask('nat44_ei_del_session', { address: '10.0.0.1', port, protocol: 17, flags, vrf_id: 0 });
  expect([await remove(80, 0), await remove(80, 16)]).toMatchObject([{ retval: -6 }, { retval: 0 }]);
  const user = () => client.ask('nat44_ei_del_user', { ip_address: '10.0.0.1', fib_index: 0 });
  expect([await user(), await user()]).toMatchObject([{ retval: 0 }, { retval: 1 }]);
  expect(await dump(0)).toEqual([]);
});
