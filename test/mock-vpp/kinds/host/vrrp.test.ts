/** VRRP: deletion by index, after which a VPP would not go on, and peers, which a VPP finds or not. */
import { expect, it } from 'vitest';
import { mockAndClient } from '../../../support/mock.js';

it('vrrp_vr_del: once', async () => {
  const { client } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback() });
  const router = { sw_if_index: 1, vr_id: 10, priority: 100, interval: 100, n_addrs: 1, addrs: ['192.0.2.5'] };
  const { vrrp_index } = await client.ask('vrrp_vr_update', { vrrp_index: 0xffffffff, ...router });
  const del = async () => (await client.ask('vrrp_vr_del', { vrrp_index })).retval;
  expect([await del(), await del(), await client.dump('vrrp_vr_dump', { sw_if_index: 1 })]).toEqual([0, -6, []]);
});

it('vrrp_vr_peer_dump: the peers of one router, or of all', async () => {
  const { client } = await mockAndClient({ setup: (dataplane) => void dataplane.addLoopback() });
  const key = { sw_if_index: 1, vr_id: 10 };
  const config = { priority: 100, interval: 100, flags: 4, n_addrs: 1, addrs: ['192.0.2.5'] };
  await client.ask('vrrp_vr_add_del', { is_add: 1, ...key, ...config });
  const peers = ['192.0.2.77', '192.0.2.78'];
  await client.ask('vrrp_vr_set_peers', { ...key, n_addrs: 2, addrs: peers });
  for (const sw_if_index of [1, 0, 0xffffffff]) {
    expect(await client.dump('vrrp_vr_peer_dump', { ...key, sw_if_index })).toMatchObject([
      { ...key, peer_addrs: peers },
    ]);
  }
});
