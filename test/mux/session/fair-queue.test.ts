/** Turns by bytes, the share of requests that stop VPP's workers, and the place of the mux's own questions. */

import { describe, expect, it } from 'vitest';
import { stopsWorkers } from '../../../src/mux/quirks/stops-workers.js';
import { onMemory } from '../../support/channel-on-memory.js';
import { FrameChannel } from '../../support/frame-channel.js';
import { body } from '../../support/small-schema.js';

/** A message with `size` bytes behind its definition, as VPP tolerates. */
const long = (value: number, size: number) => Buffer.concat([body('add_one', { value }), Buffer.alloc(size)]);

describe('turns', () => {
  it('a channel with large requests: has a turn for every 4,096 bytes of each', () => {
    const { open, channel, sent, answer } = onMemory({ maxInFlight: 1 });
    const small = channel();
    const large = open((id, host) => new FrameChannel(id, host));
    for (let value = 10; value < 18; value++) small.request('add_one', { value }).catch(() => {});
    for (const value of [20, 21]) large.send('add_one', long(value, 10_000)).catch(() => {});
    for (let index = 0; index < 9; index++) answer(index, 'add_one_reply');
    expect(sent().map(({ fields }) => fields.value)).toEqual([10, 11, 12, 13, 20, 14, 15, 16, 21, 17]);
  });

  it('large requests with nobody else in line: go as there is room', () => {
    const { open, sent, answer } = onMemory({ maxInFlight: 1 });
    const large = open((id, host) => new FrameChannel(id, host));
    for (const value of [20, 21, 22]) large.send('add_one', long(value, 100_000)).catch(() => {});
    for (const index of [0, 1]) answer(index, 'add_one_reply');
    expect(sent().map(({ fields }) => fields.value)).toEqual([20, 21, 22]);
  });
});

describe("requests that stop VPP's workers", () => {
  it('have a share of what is in flight; a ping does not wait behind those that wait', () => {
    const { channel, sent } = onMemory({ maxInFlight: 128 });
    const [adds, pings] = [channel({ requestBuffer: 1000 }), channel()];
    for (let value = 0; value < 100; value++) adds.request('add_one', { value }).catch(() => {});
    expect(sent()).toHaveLength(64);
    pings.request('control_ping').catch(() => {});
    expect(sent().at(-1)?.name).toBe('control_ping');
  });

  it('an answer makes room for the next', () => {
    const { channel, sent, answer } = onMemory({ maxInFlight: 128 });
    const adds = channel({ requestBuffer: 1000 });
    for (let value = 0; value < 66; value++) adds.request('add_one', { value }).catch(() => {});
    answer(0, 'add_one_reply');
    expect(sent()).toHaveLength(65);
  });

  it.each([
    ['control_ping', false],
    ['acl_plugin_control_ping', false],
    ['ip_route_add_del_v2', false],
    ['session_sdl_add_del', false],
    ['sw_interface_set_flags', true],
    ['ip_neighbor_add_del', true],
  ])('%s: %s', (name, stops) => {
    expect(stopsWorkers(name)).toBe(stops);
  });
});

describe("the mux's own questions", () => {
  it('go at once, however much waits and is in flight', () => {
    const { own, channel, sent } = onMemory({ maxInFlight: 2 });
    const adds = channel();
    for (let value = 0; value < 10; value++) adds.request('add_one', { value }).catch(() => {});
    own.request('control_ping').catch(() => {});
    expect(sent().map(({ name }) => name)).toEqual(['add_one', 'add_one', 'control_ping']);
  });
});
