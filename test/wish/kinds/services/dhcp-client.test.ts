import { expect, it } from 'vitest';
import { kinds } from '../../../../mock-vpp/index.js';
import { validateWish } from '../../../../src/wish/index.js';
import { adopted, channelToAny, channelToMock, due, fulfil } from '../../reconcile/support.js';

const client = (settings = '') => `
loopbacks:
  loop0: {}
x-vppmux:
  dhcp-clients:
    loop0: {${settings}}
`;
const BARE = 'loopbacks:\n  loop0: {}\n';

it('is made, made anew when it changes, and taken away before its interface', async () => {
  const channel = await channelToAny();
  await fulfil(channel, client());
  const other = client(' hostname: router, client-id: r1, broadcast: no, dscp: 46 ');
  expect(await due(channel, other)).toEqual(['delete dhcp-client/loop0', 'create dhcp-client/loop0']);
  await fulfil(channel, other);
  const file = await adopted(channel);
  expect(file).toContain('client-id: r1');
  expect(await due(channel, file)).toEqual([]);
  expect((await due(channel, '{}')).slice(0, 2)).toEqual(['delete dhcp-client/loop0', 'delete loopback/loop0']);
  await fulfil(channel, BARE);
  await fulfil(channel, '{}');
});

it('with a lease: its address and its name are in the hands of the server', async () => {
  const { mock, channel } = await channelToMock();
  await fulfil(channel, client(' hostname: router '));
  mock.dataplane.of(kinds.dhcpClients).lease(1, { address: '192.0.2.7/24', router: '192.0.2.1' });
  expect(await due(channel, client(' hostname: other '))).toEqual([]);
  expect(await adopted(channel)).not.toContain('192.0.2.7');
  expect(await due(channel, client(' hostname: other, dscp: 8 '))).toEqual([
    'delete dhcp-client/loop0',
    'create dhcp-client/loop0',
  ]);
  await fulfil(channel, BARE);
});

it('with a lease: a wish may ask for the same address, which comes anew when the client goes', async () => {
  const { mock, channel } = await channelToMock();
  await fulfil(channel, client());
  mock.dataplane.of(kinds.dhcpClients).lease(1, { address: '192.0.2.7/24' });
  const fixed = 'loopbacks:\n  loop0: { addresses: [ 192.0.2.7/24 ] }\n';
  expect(await due(channel, fixed)).toEqual(['delete dhcp-client/loop0', 'create address/loop0 192.0.2.7/24']);
  await fulfil(channel, fixed);
});

it('of no interface of the wish: a mistake', () => {
  const { errors } = validateWish(client().replace('    loop0', '    loop1'));
  expect(errors.map(({ message }) => message)).toEqual([
    'x-vppmux.dhcp-clients.loop1: no interface loop1 in the wish; did you mean "loop0"?',
  ]);
});
