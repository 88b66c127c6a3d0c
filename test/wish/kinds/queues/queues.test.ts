import { describe, expect, it } from 'vitest';
import { kinds } from '../../../../mock-vpp/index.js';
import { planOf, validateWish } from '../../../../src/wish/index.js';
import { adopted, channelToMock, compare, due, fulfil } from '../../reconcile/support.js';

const [POLLING, INTERRUPT] = [1, 2];
const OTHERS_STAY = { owns: () => false };

const wish = (sections: string) =>
  `interfaces: { host-eth0: { device-type: dpdk, addresses: [ 192.0.2.1/24 ] } }\nx-vppmux:\n  ${sections}\nloopbacks: { loop0: {} }\n`;
const modes = (given: string) => wish(`rx-mode: { host-eth0: ${given} }`);
const placement = (given: string) => wish(`rx-placement: { host-eth0: ${given} }`);

/** A mock with a host interface of two queues, which receives by interrupts, or by polling. */
async function withCard(workers = 0) {
  const world = await channelToMock();
  const { channel } = world;
  world.mock.dataplane.of(kinds.traffic).threads = 1 + workers;
  const create = async () => {
    const fields = { mode: 1, host_if_name: 'eth0', use_random_hw_addr: true, num_rx_queues: 2, num_tx_queues: 1 };
    const { sw_if_index } = await channel.request('af_packet_create_v3', fields);
    return Number(sw_if_index);
  };
  const sw_if_index = await create();
  const queues = async () =>
    (await channel.dump('sw_interface_rx_placement_dump', { sw_if_index: 0xffffffff }).toArray()).map(
      ({ queue_id, worker_id, mode }) => `${queue_id}: thread ${worker_id}, mode ${mode}`,
    );
  const remove = () => channel.request('af_packet_delete', { host_if_name: 'eth0' });
  return { channel, sw_if_index, queues, create, remove };
}

describe('rx-mode', () => {
  it('for all queues, for each, and in the file that describes VPP', async () => {
    const { channel, queues } = await withCard();
    await fulfil(channel, modes('polling'), OTHERS_STAY);
    expect(await queues()).toEqual([`0: thread 0, mode ${POLLING}`, `1: thread 0, mode ${POLLING}`]);
    expect(await due(channel, modes('{ 1: polling }'), OTHERS_STAY)).toEqual([]);
    expect(await due(channel, modes('{ 1: interrupt }'), OTHERS_STAY)).toEqual(['change rx-mode/host-eth0']);
    await fulfil(channel, modes('{ 1: interrupt }'), OTHERS_STAY);
    expect(await queues()).toEqual([`0: thread 0, mode ${POLLING}`, `1: thread 0, mode ${INTERRUPT}`]);
    expect(await due(channel, await adopted(channel), OTHERS_STAY)).toEqual([]);
  });

  it('of an interface that came anew: set again', async () => {
    const { channel, create, remove, queues } = await withCard();
    await fulfil(channel, modes('polling'), OTHERS_STAY);
    await remove();
    const { pending } = planOf(await compare(channel, modes('polling'), OTHERS_STAY));
    expect(pending).toContainEqual({
      key: 'rx-mode/host-eth0',
      reason: 'needs interface/host-eth0, which is not there',
    });
    await create();
    expect(await due(channel, modes('polling'), OTHERS_STAY)).toContain('change rx-mode/host-eth0');
    await fulfil(channel, modes('polling'), OTHERS_STAY);
    expect(await queues()).toContain(`1: thread 0, mode ${POLLING}`);
  });

  it('of a queue that is not there: pending', async () => {
    const { channel } = await withCard();
    const { changes, pending } = planOf(await compare(channel, modes('{ 0: polling, 7: polling }'), OTHERS_STAY));
    expect(changes.map(({ key }) => key)).not.toContain('rx-mode/host-eth0');
    expect(pending).toEqual([{ key: 'rx-mode/host-eth0', reason: 'has no receive queue 7' }]);
  });

  it('mistakes', () => {
    const messages = (text: string) => validateWish(text).errors.map(({ message }) => message);
    expect(messages(modes('fast'))).toHaveLength(1);
    expect(messages(wish('rx-mode: { eth9: polling }'))).toEqual([
      'x-vppmux.rx-mode.eth9: no interface eth9 in the wish',
    ]);
  });
});

describe('rx-placement', () => {
  it('on the main thread and on workers', async () => {
    const { channel, queues } = await withCard(2);
    await fulfil(channel, placement('{ 0: main, 1: 1 }'), OTHERS_STAY);
    expect(await queues()).toMatchObject([/^0: thread 0/, /^1: thread 2/].map((each) => expect.stringMatching(each)));
    expect(await due(channel, await adopted(channel), OTHERS_STAY)).toEqual([]);
    expect(await adopted(channel)).toContain('rx-placement');
  });

  it('on a worker that VPP does not have: pending', async () => {
    const { channel } = await withCard();
    const { pending } = planOf(await compare(channel, placement('{ 1: 1 }'), OTHERS_STAY));
    expect(pending).toEqual([{ key: 'rx-placement/host-eth0', reason: 'needs worker/1, which is not there' }]);
  });
});
