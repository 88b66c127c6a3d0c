import { expect, it } from 'vitest';
import { builtInKinds, ownership, planOf, Reconciliation, type Unmanaged } from '../../../src/wish/index.js';
import { channelToMock, fulfil, type World, wishOf } from './support.js';

const CARD = 'GigabitEthernet3/0/0';
const NOTHING = 'loopbacks: {}\n';

async function deletions({ channel }: World, text: string, unmanaged: Unmanaged = {}, former: string[] = []) {
  const wish = wishOf(text);
  const owner = ownership({ kinds: builtInKinds, wish, unmanaged, former: former.map((each) => wishOf(each)) });
  const { changes } = planOf(await Reconciliation.read(channel, { kinds: builtInKinds, wish, ...owner }));
  return changes.filter(({ action }) => action === 'delete').map(({ key }) => key);
}

async function withLoopback(): Promise<World> {
  const world = await channelToMock();
  await fulfil(world.channel, 'loopbacks:\n  loop0: { addresses: [ 192.0.2.1/24 ] }\n');
  return world;
}

it('what vppcfg prunes: owned, as long as it is not listed', async () => {
  const world = await withLoopback();
  const all = ['address/loop0 192.0.2.1/24', 'loopback/loop0'];
  expect(await deletions(world, NOTHING)).toEqual(all);
  expect(await deletions(world, NOTHING, { keys: ['loopback/loop1*'] })).toEqual(all);
});

it.each([{ keys: ['loopback/loop0'] }, { keys: ['interface/loop*'] }, { tags: ['bird*'] }])(
  'unmanaged %j: neither the interface nor what stands on it goes',
  async (unmanaged) => {
    const world = await withLoopback();
    await world.channel.request('sw_interface_tag_add_del', { is_add: true, sw_if_index: 1, tag: 'birds' });
    expect(await deletions(world, NOTHING, unmanaged)).toEqual([]);
  },
);

it('a card that no wish names stays as it is; one that a former wish named is cleaned', async () => {
  const world = await channelToMock();
  const index = world.mock.dataplane.addPhysical(CARD);
  const address = { sw_if_index: index, prefix: '192.0.2.1/24', is_add: true };
  await world.channel.request('sw_interface_add_del_address', address);
  expect(await deletions(world, NOTHING)).toEqual([]);
  const former = `interfaces:\n  ${CARD}: { device-type: dpdk }\n`;
  expect(await deletions(world, NOTHING, {}, [former])).toEqual([`address/${CARD} 192.0.2.1/24`]);
  expect(await deletions(world, former)).toEqual([`address/${CARD} 192.0.2.1/24`]);
});

it('a sub-interface of a card that no wish names stays with what is on it', async () => {
  const world = await channelToMock({ interfaces: [CARD] });
  const sub = `interfaces:\n  ${CARD}: { sub-interfaces: { 7: { addresses: [ 192.0.2.1/24 ] } } }\n`;
  await fulfil(world.channel, sub);
  expect(await deletions(world, NOTHING)).toEqual([]);
  expect(await deletions(world, NOTHING, {}, [sub])).toEqual([
    `address/${CARD}.7 192.0.2.1/24`,
    `sub-interface/${CARD}.7`,
  ]);
});
