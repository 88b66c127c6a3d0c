/** Leases of DHCP clients, which a program gives in place of a server. */
import { expect, it } from 'vitest';
import { kinds } from '../../../../mock-vpp/index.js';
import { mockAndClient } from '../../../support/mock.js';

it('a lease: the address on the interface, an event for who asked, and the details', async () => {
  const { mock, client } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback({ up: true }) });
  const asked = { sw_if_index: 1, hostname: 'router', want_dhcp_event: true, pid: 77 };
  expect(await client.ask('dhcp_client_config', { is_add: true, client: asked })).toMatchObject({ retval: 0 });
  const clients = mock.dataplane.of(kinds.dhcpClients);
  clients.lease(1, { address: '192.0.2.7/24', router: '192.0.2.1', domainServers: ['192.0.2.53'] });
  const lease = {
    ...{ sw_if_index: 1, state: 2, hostname: 'router', host_address: '192.0.2.7', mask_width: 24 },
    ...{ router_address: '192.0.2.1', count: 1, domain_server: [{ address: '192.0.2.53' }] },
  };
  const { name, fields } = await client.message();
  expect([name, fields]).toMatchObject(['dhcp_compl_event', { pid: 77, client_index: client.index, lease }]);
  expect(await client.dump('dhcp_client_dump')).toMatchObject([{ lease }]);
  expect(await client.dump('ip_address_dump', { sw_if_index: 1 })).toMatchObject([{ prefix: '192.0.2.7/24' }]);
  expect(() => clients.lease(0, { address: '192.0.2.8/24' })).toThrow('no DHCP client on the interface 0');
});

it('a lease: its address goes with the client', async () => {
  const { mock, client } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback({ up: true }) });
  await client.ask('dhcp_client_config', { is_add: true, client: { sw_if_index: 1, hostname: 'router' } });
  mock.dataplane.of(kinds.dhcpClients).lease(1, { address: '192.0.2.7/24' });
  await client.ask('dhcp_client_config', { is_add: false, client: { sw_if_index: 1, hostname: 'router' } });
  expect(await client.dump('ip_address_dump', { sw_if_index: 1 })).toEqual([]);
});
