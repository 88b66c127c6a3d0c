/** BFD sessions whose peers answer: what a network would do, which contract tests have not. */
import { expect, it } from 'vitest';
import { kinds } from '../../../../mock-vpp/index.js';
import { mockAndClient, rawClient } from '../../../support/mock.js';

const [ADMIN_DOWN, DOWN, INIT, UP] = [0, 1, 2, 3];

async function begin(isAnswering: boolean) {
  const { mock, client } = await mockAndClient({
    setup: (dataplane) => {
      dataplane.addLoopback({ up: true, addresses: ['192.0.2.1/24'] });
      if (isAnswering) dataplane.of(kinds.bfd).answerFromPeers();
    },
  });
  const watcher = await rawClient(mock);
  await watcher.ask('want_bfd_events', { enable_disable: true });
  const states = async (count: number) => {
    const seen: unknown[] = [];
    for (let i = 0; i < count; i++) seen.push((await watcher.message()).fields.state);
    return seen;
  };
  const key = { sw_if_index: 1, local_addr: '192.0.2.1', peer_addr: '192.0.2.2' };
  const add = () => client.ask('bfd_udp_add', { ...key, desired_min_tx: 1, required_min_rx: 1, detect_mult: 3 });
  const dumped = async () => (await client.dump('bfd_udp_session_dump')).map(({ state }) => state);
  return { mock, client, states, key, add, dumped };
}

it('a session comes up as it is added, and again after it was disabled', async () => {
  const { client, states, key, add, dumped } = await begin(true);
  expect([(await add()).retval, await states(2), await dumped()]).toEqual([0, [INIT, UP], [UP]]);
  await client.ask('bfd_udp_session_set_flags', { ...key, flags: 0 });
  expect([await states(1), await dumped()]).toEqual([[ADMIN_DOWN], [ADMIN_DOWN]]);
  await client.ask('bfd_udp_session_set_flags', { ...key, flags: 1 });
  expect([await states(3), await dumped()]).toEqual([[DOWN, INIT, UP], [UP]]);
});

it('peers that begin to answer, and fall silent', async () => {
  const { mock, states, add, dumped } = await begin(false);
  await add();
  const bfd = mock.dataplane.of(kinds.bfd);
  bfd.answerFromPeers();
  expect([await states(2), await dumped()]).toEqual([[INIT, UP], [UP]]);
  bfd.answerFromPeers(false);
  expect([await states(1), await dumped()]).toEqual([[DOWN], [DOWN]]);
});

it('sessions go down and up with their interface', async () => {
  const { mock, states, add } = await begin(true);
  await add();
  await states(2);
  mock.dataplane.setAdmin(1, false);
  expect(await states(1)).toEqual([DOWN]);
  mock.dataplane.setAdmin(1, true);
  expect(await states(2)).toEqual([INIT, UP]);
});
