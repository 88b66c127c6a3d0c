/** sFlow; on the VPP of VPP_API_SOCKET as well. */

import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { adopted, due, fulfil } from '../reconcile/support.js';
import { CARD, channelToVpp, OTHER_CARD } from './world.js';

const NONE = 'interfaces: {}\n';

it('settings of sFlow: set, changed in place, and set back', async () => {
  const channel = await channelToVpp();
  const wish = (settings: string) => `sflow: ${settings}\ninterfaces: {}\n`;
  await fulfil(channel, wish('{ sampling-rate: 1000, header-bytes: 100 }'));
  expect(await channel.request('sflow_header_bytes_get', {})).toMatchObject({ header_B: 128 });
  const other = wish('{ sampling-rate: 2000, polling-interval: 30, header-bytes: 65 }');
  expect(await due(channel, other)).toEqual(['change sflow/settings']);
  await fulfil(channel, other);
  const file = await adopted(channel);
  expect(parse(file).sflow).toEqual({ 'sampling-rate': 2000, 'polling-interval': 30, 'header-bytes': 96 });
  expect(await due(channel, file)).toEqual([]);
  await fulfil(channel, NONE);
  expect(await channel.request('sflow_sampling_rate_get', {})).toMatchObject({ sampling_N: 10000 });
});

it('a setting that VPP has at its start: set where a wish asks for it, and somebody chose another', async () => {
  const channel = await channelToVpp();
  const wish = 'sflow: { sampling-rate: 10000 }\ninterfaces: {}\n';
  expect(await due(channel, wish)).toEqual([]);
  await channel.request('sflow_sampling_rate_set', { sampling_N: 5000 });
  await fulfil(channel, wish);
  expect(await due(channel, NONE)).toEqual([]);
});

it('sampled interfaces: found where the numbers of hardware and software differ', async () => {
  const channel = await channelToVpp();
  // Its sub-interface has no hardware, so that what comes behind it has another number there.
  await fulfil(channel, 'loopbacks:\n  loop0: {}\n');
  const loop = (
    await channel.dump('sw_interface_dump', { name_filter: 'loop0', name_filter_valid: true }).toArray()
  )[0];
  await channel.request('create_vlan_subif', { sw_if_index: loop.sw_if_index, vlan_id: 7 });
  const wish = `interfaces:\n  ${CARD}: { sflow: true }\n  ${OTHER_CARD}: {}\nloopbacks:\n  loop0: {}\n`;
  await fulfil(channel, wish);
  expect(parse(await adopted(channel)).interfaces).toMatchObject({ [CARD]: { sflow: true } });
  await fulfil(channel, `interfaces:\n  ${CARD}: {}\n  ${OTHER_CARD}: { sflow: true }\n`);
  await fulfil(channel, NONE);
  expect(await channel.dump('sflow_interface_dump', { hw_if_index: 0xffffffff }).toArray()).toEqual([]);
});
