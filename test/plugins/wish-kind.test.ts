import { expect, it, vi } from 'vitest';
import wishKind, { mirrorKind } from '../../examples/wish-kind/wish-kind.js';
import { wishAdopt, wishApply, wishPlan, wishStatus, wishValidate } from '../../src/plugins/index.js';
import { builtInKinds } from '../../src/wish/index.js';
import { testMock } from '../support/mock.js';
import { adopted, channelToMock, due, fulfil } from '../wish/reconcile/support.js';
import { wishAgent } from './desired-state/support.js';

const wish = (direction: string, to = 'loop1') => `loopbacks: { loop0: {}, loop1: {} }
x-vppmux:
  mirrors: [ { from: loop0, to: ${to}, direction: ${direction} } ]
`;

it('the kind of the example: made, changed in place, described and deleted', async () => {
  const { channel } = await channelToMock();
  const options = { kinds: [...builtInKinds, mirrorKind] };
  await fulfil(channel, wish('rx'), options);
  expect(await due(channel, wish('both'), options)).toEqual(['change mirror/loop0 loop1']);
  await fulfil(channel, wish('both'), options);
  expect(await due(channel, await adopted(channel, options), options)).toEqual([]);
  await fulfil(channel, '{}', options);
});

it('the plugin of the example: wishes of the agent have its section', async () => {
  const mock = await testMock();
  const { client, mux } = await wishAgent(mock.socket, { plugins: [wishKind] });
  await mux.ready();
  const [error] = (await client.call(wishValidate, { text: wish('rx', 'loop0') })).errors;
  expect(error).toMatchObject({ message: 'x-vppmux.mirrors[0]: loop0 cannot be mirrored to itself' });
  await vi.waitFor(() => client.call(wishPlan, { text: wish('rx') }));
  expect(await client.call(wishApply, { text: wish('rx') })).toMatchObject({ state: 'applied', problems: [] });
  const { objects } = await client.call(wishStatus, { objects: true, match: 'mirror/*' });
  expect(objects).toMatchObject([{ key: 'mirror/loop0 loop1', state: 'applied' }]);
  expect((await client.call(wishAdopt, {})).text).toContain('mirrors');
  await client.call(wishApply, { text: 'loopbacks: { loop0: {}, loop1: {} }\n' });
  expect((await client.call(wishPlan, { text: wish('rx') })).changes).toMatchObject([{ action: 'create' }]);
});

it('objects by their messages are deleted when the wish no longer has them', async () => {
  const mock = await testMock();
  const { client, mux } = await wishAgent(mock.socket);
  await mux.ready();
  const bvi = `x-vppmux:
  raw:
    - name: bvi
      create: { bvi_create: { user_instance: 7 } }
      delete: { bvi_delete: { sw_if_index: { $index: raw/bvi } } }
      read: { sw_interface_dump: { sw_if_index: ~0 }, where: { interface_name: bvi7 } }
      index: sw_if_index
`;
  await vi.waitFor(() => client.call(wishPlan, { text: bvi }));
  expect(await client.call(wishApply, { text: bvi })).toMatchObject({ state: 'applied' });
  expect(mock.dataplane.hasInterface(1)).toBe(true);
  expect(await client.call(wishApply, { text: '{}' })).toMatchObject({ state: 'applied' });
  expect(mock.dataplane.hasInterface(1)).toBe(false);
});
