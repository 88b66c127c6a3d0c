/** Bridge domains. */
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../../src/mux/internal.js';
import { mockAndClient } from '../../../support/mock.js';
import type { RawClient } from '../../../support/raw-client.js';

const ALL = 0xffffffff;
const FEATURES = { flood: true, uu_flood: true, forward: true, learn: true };

async function withLoopbacks(): Promise<RawClient> {
  const setup = (dataplane: { addLoopback(): number }) => [1, 2, 3].map(() => dataplane.addLoopback());
  return (await mockAndClient({ setup })).client;
}

const add = (client: RawClient, bd_id: number, more: Fields = {}) =>
  client.ask('bridge_domain_add_del_v2', { is_add: true, bd_id, ...more });
const remove = (client: RawClient, bd_id: number) => client.ask('bridge_domain_add_del_v2', { is_add: false, bd_id });
const bridge = async (client: RawClient, rx_sw_if_index: number, bd_id: number, more: Fields = {}) =>
  (await client.ask('sw_interface_set_l2_bridge', { rx_sw_if_index, bd_id, enable: true, ...more })).retval;
const dump = (client: RawClient, bd_id = ALL, sw_if_index = ALL) =>
  client.dump('bridge_domain_dump', { bd_id, sw_if_index });
const members = (details: Fields) =>
  (details.sw_if_details as { sw_if_index: number; shg: number }[]).map(({ sw_if_index, shg }) => [sw_if_index, shg]);

describe('bridge domains', () => {
  it('added: in the dump with what it was given', async () => {
    const client = await withLoopbacks();
    expect(await add(client, 5, { ...FEATURES, mac_age: 3, bd_tag: 'tag' })).toMatchObject({ retval: 0, bd_id: 5 });
    const request = { is_add: true, bd_id: 6 };
    expect(await client.ask('bridge_domain_add_del', request)).toMatchObject({ retval: 0 });
    const details = await dump(client);
    expect(details).toMatchObject([
      { bd_id: 5, ...FEATURES, arp_term: false, mac_age: 3, bd_tag: 'tag', bvi_sw_if_index: ALL, n_sw_ifs: 0 },
      { bd_id: 6, flood: false, learn: false, mac_age: 0, bd_tag: '' },
    ]);
    expect(await dump(client, 5)).toHaveLength(1);
  });

  it('dump of 0, an unknown one, or by interface: nothing', async () => {
    const client = await withLoopbacks();
    await add(client, 5);
    expect([await dump(client, 0), await dump(client, 77), await dump(client, 5, 1)]).toEqual([[], [], []]);
  });

  it('~0: a pseudo-random id', async () => {
    const client = await withLoopbacks();
    expect(await add(client, ALL)).toMatchObject({ retval: 0, bd_id: 7271263 });
  });

  it('refusals: VPP’s numbers', async () => {
    const client = await withLoopbacks();
    await add(client, 5);
    expect(await add(client, 5)).toMatchObject({ retval: -119, bd_id: 5 });
    expect(await add(client, 0)).toMatchObject({ retval: -119 });
    expect(await add(client, 1 << 24)).toMatchObject({ retval: -122 });
    expect(await remove(client, 66)).toMatchObject({ retval: -6 });
    expect(await remove(client, 0)).toMatchObject({ retval: -121 });
    await bridge(client, 1, 5);
    expect(await remove(client, 5)).toMatchObject({ retval: -120 });
    expect(await bridge(client, 99, 5)).toBe(-2);
    expect(await bridge(client, 1, 1 << 24)).toBe(-122);
    expect(await bridge(client, 1, 5, { port_type: 9 })).toBe(-7);
  });
});

describe('members', () => {
  it('the BVI first; a second BVI is refused', async () => {
    const client = await withLoopbacks();
    await add(client, 5, FEATURES);
    expect(await bridge(client, 1, 5, { shg: 4 })).toBe(0);
    expect(await bridge(client, 2, 5, { port_type: 1 })).toBe(0);
    const [details] = await dump(client);
    expect(details).toMatchObject({ bvi_sw_if_index: 2, n_sw_ifs: 2 });
    expect(members(details)).toEqual([
      [2, 0],
      [1, 4],
    ]);
    expect(await bridge(client, 3, 5, { port_type: 1 })).toBe(-152);
  });

  it('an unknown domain: made, with VPP’s features', async () => {
    const client = await withLoopbacks();
    await bridge(client, 1, 6);
    expect(await dump(client)).toMatchObject([
      { bd_id: 6, ...FEATURES, arp_term: false, arp_ufwd: false, n_sw_ifs: 1 },
    ]);
  });

  it('moved to another domain, or back to L3: gone from the first', async () => {
    const client = await withLoopbacks();
    await bridge(client, 1, 5, { port_type: 1 });
    await bridge(client, 1, 6);
    const [five, six] = await dump(client);
    expect([five.bvi_sw_if_index, members(five), members(six)]).toEqual([ALL, [], [[1, 0]]]);
    expect(await bridge(client, 1, 6, { enable: false })).toBe(0);
    expect(await bridge(client, 1, 6, { enable: false })).toBe(0);
    expect(members((await dump(client, 6))[0])).toEqual([]);
    expect(await remove(client, 6)).toMatchObject({ retval: 0 });
  });

  it('forwarding of unknown unicast: no member, but named', async () => {
    const client = await withLoopbacks();
    await bridge(client, 1, 5, { port_type: 2 });
    expect(await dump(client)).toMatchObject([{ uu_fwd_sw_if_index: 1, n_sw_ifs: 0 }]);
  });
});
