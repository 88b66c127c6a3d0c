/** Dumps that page: -165 and a cursor, over a pool and over a vector. */

import { describe, expect, it } from 'vitest';
import type { Dataplane } from '../../../mock-vpp/index.js';
import { kinds } from '../../../mock-vpp/index.js';
import type { Fields } from '../../../src/mux/internal.js';
import { mockAndClient } from '../../support/mock.js';
import type { RawClient } from '../../support/raw-client.js';

const END = 0xffffffff;

/** One call: its details, then its reply. */
async function page(client: RawClient, name: string, fields: Fields): Promise<{ details: Fields[]; reply: Fields }> {
  client.post(name, fields);
  const details: Fields[] = [];
  for (;;) {
    const message = await client.message();
    if (message.name === `${name}_reply`) return { details, reply: message.fields };
    details.push(message.fields);
  }
}

const hops = (details: Fields[]) => details.map(({ pmtu }) => (pmtu as Fields).nh);

function mtus(...nextHops: string[]): (dataplane: Dataplane) => void {
  return (dataplane) => {
    for (const nextHop of nextHops) dataplane.of(kinds.pathMtus).update(0, nextHop, 1400);
  };
}

describe('ip_path_mtu_get: a pool', () => {
  it('more than a page: -165 with a cursor, until the cursor is ~0', async () => {
    const { client } = await mockAndClient({
      pageSize: 2,
      setup: mtus('10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '2001:db8::5'),
    });
    const seen: unknown[] = [];
    const replies: unknown[] = [];
    for (let cursor = 0; cursor !== END; ) {
      const { details, reply } = await page(client, 'ip_path_mtu_get', { cursor });
      seen.push(...hops(details));
      replies.push(reply.retval);
      cursor = Number(reply.cursor);
    }
    expect(seen).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3', '10.0.0.4', '2001:db8::5']);
    expect(replies).toEqual([-165, -165, 0]);
  });

  it('cursor ~0: from the beginning', async () => {
    const { client } = await mockAndClient({ setup: mtus('10.0.0.1', '10.0.0.2') });
    const { details, reply } = await page(client, 'ip_path_mtu_get', { cursor: END });
    expect([hops(details), reply.retval, reply.cursor]).toEqual([['10.0.0.1', '10.0.0.2'], 0, END]);
  });

  it('an empty pool: retval 0, and a cursor that means nothing', async () => {
    const { client } = await mockAndClient();
    const { details, reply } = await page(client, 'ip_path_mtu_get', { cursor: 0 });
    expect([details, reply.retval]).toEqual([[], 0]);
    expect(reply.cursor).not.toBe(END);
  });

  it('the tail deleted between pages: -7, which is the end', async () => {
    const { mock, client } = await mockAndClient({ pageSize: 2, setup: mtus('10.0.0.1', '10.0.0.2', '10.0.0.3') });
    const first = await page(client, 'ip_path_mtu_get', { cursor: 0 });
    mock.dataplane.of(kinds.pathMtus).update(0, '10.0.0.3', 0);
    const second = await page(client, 'ip_path_mtu_get', { cursor: first.reply.cursor });
    expect([second.details, second.reply.retval, second.reply.cursor]).toEqual([[], -7, END]);
  });

  it('a hole in the pool: the next element', async () => {
    const { mock, client } = await mockAndClient({ setup: mtus('10.0.0.1', '10.0.0.2') });
    mock.dataplane.of(kinds.pathMtus).update(0, '10.0.0.1', 0);
    expect(hops((await page(client, 'ip_path_mtu_get', { cursor: 0 })).details)).toEqual(['10.0.0.2']);
  });

  it('update, replace: what is not updated in between goes', async () => {
    const { client } = await mockAndClient({ setup: mtus('10.0.0.1', '10.0.0.2') });
    const update = (nh: string, path_mtu: number, table_id = 0) =>
      client.ask('ip_path_mtu_update', { pmtu: { nh, path_mtu, table_id } });
    await client.ask('ip_path_mtu_replace_begin');
    expect(await update('10.0.0.2', 1300)).toMatchObject({ retval: 0 });
    await client.ask('ip_path_mtu_replace_end');
    const { details } = await page(client, 'ip_path_mtu_get', { cursor: 0 });
    expect(details).toMatchObject([{ pmtu: { nh: '10.0.0.2', path_mtu: 1300 } }]);
    expect(await update('10.0.0.9', 1300, 55)).toMatchObject({ retval: -65 });
  });
});

describe('sw_interface_tx_placement_get: a vector', () => {
  const queues = (count: number) => (dataplane: Dataplane) => {
    dataplane.addLoopback();
    dataplane.addLoopback();
    for (let queueId = 0; queueId < count; queueId++) {
      dataplane
        .of(kinds.placement)
        .txQueues.push({ swIfIndex: 1, queueId, shared: queueId > 0, threads: [0, queueId] });
    }
  };

  it('no queues at all: -6', async () => {
    const { client } = await mockAndClient();
    const { details, reply } = await page(client, 'sw_interface_tx_placement_get', { cursor: 0, sw_if_index: END });
    expect([details, reply.retval]).toEqual([[], -6]);
  });

  it('more than a page: -165; at the end the cursor is the length', async () => {
    const { client } = await mockAndClient({ pageSize: 2, setup: queues(3) });
    const ask = (cursor: number) => page(client, 'sw_interface_tx_placement_get', { cursor, sw_if_index: END });
    const first = await ask(0);
    expect(first.reply).toMatchObject({ retval: -165, cursor: 2 });
    expect(first.details).toMatchObject([
      { sw_if_index: 1, queue_id: 0, shared: 0, array_size: 2, threads: [0, 0] },
      { sw_if_index: 1, queue_id: 1, shared: 1, threads: [0, 1] },
    ]);
    const second = await ask(2);
    expect(second.reply).toMatchObject({ retval: 0, cursor: 3 });
    expect(second.details).toHaveLength(1);
  });

  it('an interface without queues: -7 with cursor ~0; an unknown one: -2', async () => {
    const { client } = await mockAndClient({ setup: queues(1) });
    const ask = async (sw_if_index: number) =>
      (await page(client, 'sw_interface_tx_placement_get', { cursor: 0, sw_if_index })).reply;
    expect(await ask(2)).toMatchObject({ retval: -7, cursor: END });
    expect(await ask(99)).toMatchObject({ retval: -2 });
  });
});
