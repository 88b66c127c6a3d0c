import { describe, expect, it } from 'vitest';
import { Dataplane } from '../../../mock-vpp/dataplane/dataplane.js';
import { KINDS, kinds } from '../../../mock-vpp/kinds/index.js';
import type { Traffic, TrafficOptions } from '../../../mock-vpp/traffic/traffic.js';

/** A dataplane with `count` loopbacks that are up, from sw_if_index 1 on, and its traffic. */
function world(count: number, options: TrafficOptions = { packetsPerSecond: 10_000 }) {
  const dataplane = new Dataplane(KINDS);
  const traffic = dataplane.of(kinds.traffic);
  traffic.configure(options);
  for (let i = 0; i < count; i++) dataplane.addLoopback({ up: true });
  return { dataplane, traffic };
}

/** Packets dropped, by `node: reason`. */
const dropsOf = ({ graph }: Traffic) =>
  Object.fromEntries(
    graph.errors
      .map(({ node, reason, threads }) => [`${node}: ${reason}`, threads.reduce((a, b) => a + b)] as const)
      .filter(([, packets]) => packets > 0),
  );

describe('traffic', () => {
  it('two interfaces that are up: each sends what the other received and did not drop', () => {
    const { traffic } = world(2);
    traffic.advance(2);
    const [first, second] = [1, 2].map((index) => traffic.of(index)!);
    expect(first.total('rx')).toEqual({ packets: 20_000, bytes: 20_000 * 512 });
    expect(second.total('rx')).toEqual({ packets: 20_000, bytes: 20_000 * 1024 });
    expect(first.totalPackets('ip4') + first.totalPackets('ip6')).toBe(20_000);
    expect(second.total('tx').packets).toBe(20_000 - first.totalPackets('drops'));
    expect(dropsOf(traffic)).toEqual({
      'ip4-input: time_expired': 40,
      'ip4-local: unknown_protocol': 16,
      'ip6-input: time_expired': 10,
    });
  });

  it('one interface alone: has no way out, so all is dropped', () => {
    const { traffic } = world(1);
    traffic.advance(1);
    expect(traffic.of(1)?.totalPackets('drops')).toBe(10_000);
    const sum = Object.values(dropsOf(traffic)).reduce((a, b) => a + b);
    expect(sum).toBe(10_000);
    expect(dropsOf(traffic)).toHaveProperty(['ip4-input: dst_lookup_miss']);
  });

  it('an interface that is down, or has no link, and local0: receive nothing', () => {
    const { traffic, dataplane } = world(3);
    dataplane.setAdmin(1, false);
    dataplane.setLink(2, false);
    traffic.advance(1);
    expect([0, 1, 2, 3].map((index) => traffic.of(index)?.total('rx').packets)).toEqual([0, 0, 0, 10_000]);
  });

  it('less than a packet at a time: adds up', () => {
    const { traffic } = world(2, { packetsPerSecond: 3 });
    for (let i = 0; i < 16; i++) traffic.advance(0.25);
    expect(traffic.of(1)?.total('rx').packets).toBe(12);
  });

  it('a rate of its own: only for that interface', () => {
    const { traffic } = world(2, {});
    traffic.setRate(2, 50);
    traffic.advance(1);
    expect([1, 2].map((index) => traffic.of(index)?.total('rx').packets)).toEqual([0, 50]);
  });

  it('workers: each interface receives on one of them, and nothing on the main thread', () => {
    const { traffic } = world(2, { packetsPerSecond: 100, workers: 2 });
    traffic.advance(1);
    const rx = [0, 1, 2].map((thread) => [1, 2].map((index) => traffic.of(index)?.amount(thread, 'rx').packets));
    expect(rx).toEqual([
      [0, 0],
      [0, 100],
      [100, 0],
    ]);
  });

  it('unicast and broadcast: counted where it is asked for', () => {
    const { traffic } = world(2);
    traffic.setDetailed(2, true);
    traffic.advance(1);
    expect(traffic.of(1)?.total('rx-unicast').packets).toBe(0);
    const counts = traffic.of(2)!;
    const parts = (['rx-unicast', 'rx-multicast', 'rx-broadcast'] as const).map((name) => counts.total(name).packets);
    expect(parts.every((packets) => packets > 0)).toBe(true);
    expect(parts.reduce((a, b) => a + b)).toBe(counts.total('rx').packets);
  });

  it('nodes: what an interface receives goes through its input and out of the other', () => {
    const { traffic } = world(2);
    traffic.advance(1);
    const node = (name: string) => traffic.graph.nodes.find((each) => each.name === name)?.threads[0];
    expect(node('ethernet-input')?.vectors).toBe(20_000);
    expect(node('loop0-tx')?.vectors).toBe(traffic.of(1)?.total('tx').packets);
    expect(node('ip4-input')!.calls).toBeLessThanOrEqual(node('ip4-input')!.vectors);
    expect(node('error-drop')?.vectors).toBe(Object.values(dropsOf(traffic)).reduce((a, b) => a + b));
  });

  it('the same past: the same counters', () => {
    const [one, other] = [world(3), world(3)].map(({ traffic }) => {
      for (const seconds of [1, 0.3, 2.7]) traffic.advance(seconds);
      return { graph: traffic.graph.nodes, counts: [1, 2, 3].map((index) => traffic.of(index)) };
    });
    expect(one).toEqual(other);
  });

  it('an interface that is deleted and comes again: counts from 0', () => {
    const { traffic, dataplane } = world(2);
    traffic.advance(1);
    dataplane.deleteLoopback(2);
    expect(traffic.of(2)).toBeUndefined();
    const again = dataplane.addLoopback({ up: true });
    expect(traffic.of(again)?.total('rx').packets).toBe(0);
  });

  it('an interface that gets another name: its nodes get it too, and go on', () => {
    const { traffic, dataplane } = world(2);
    const node = (name: string) => traffic.graph.nodes.find((each) => each.name === name);
    traffic.advance(1);
    const { index } = node('loop0-tx')!;
    dataplane.renameInterface(dataplane.interfaceAt(1), 'uplink');
    traffic.advance(1);
    expect(node('loop0-tx')).toBeUndefined();
    expect(node('uplink-tx')?.index).toBe(index);
    expect(node('uplink-tx')?.threads[0].vectors).toBe(traffic.of(1)?.total('tx').packets);
  });

  it('nodes of deleted interfaces: are named so, and are the next new ones’, the last first', () => {
    const { traffic, dataplane } = world(2);
    const node = (name: string) => traffic.graph.nodes.find((each) => each.name === name)?.index;
    const places = [node('loop0-tx'), node('loop0-output'), node('loop1-tx'), node('loop1-output')];
    const count = traffic.graph.nodes.length;
    dataplane.deleteLoopback(2);
    dataplane.deleteLoopback(1);
    expect([1, 2].flatMap((hw) => ['tx', 'output'].map((part) => node(`interface-${hw}-${part}-deleted`)))).toEqual(
      places,
    );
    dataplane.addPhysical('Ethernet0');
    dataplane.addPhysical('Ethernet1');
    expect([0, 1].flatMap((at) => ['tx', 'output'].map((part) => node(`Ethernet${at}-${part}`)))).toEqual(places);
    expect(traffic.graph.nodes).toHaveLength(count);
  });

  it.each([{ workers: -1 }, { workers: 256 }, { workers: 1.5 }, { packetsPerSecond: -1 }, { packetsPerSecond: NaN }])(
    '%j: refused',
    (options) => {
      expect(() => world(0, options)).toThrow(/^traffic: \w+ is a (whole )?number from 0 to/);
    },
  );
});
