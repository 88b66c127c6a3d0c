import { describe, expect, it } from 'vitest';
import { Counters } from '../../../../src/cli/top/counters/counters.js';
import { together } from '../../../../src/cli/top/counters/interface-rows.js';
import type { Reading } from '../../../../src/cli/top/counters/reading.js';
import { AT, error, itf, node, reading } from '../sample.js';

const rx = (packets: number) => ({ rx: { packets: BigInt(packets), bytes: BigInt(100 * packets) } });
const eth = (packets: number, more = {}) => itf(1, 'eth0', { ...rx(packets), ...more });
const boot = (time: number, heartbeat = 1) => ({ system: { bootTime: BigInt(time), heartbeat: BigInt(heartbeat) } });

function counted(...readings: readonly Reading[]): Counters {
  const counters = new Counters();
  for (const each of readings) counters.accept(each);
  return counters;
}

const interfacesOf = (...readings: readonly Reading[]) => counted(...readings).figures?.interfaces;

describe('counters of interfaces', () => {
  it('the first read: counts, and no rates', () => {
    expect(interfacesOf(reading(0, { interfaces: [eth(10)] }))).toEqual([
      { name: 'eth0', index: 1, rxPackets: 10, rxBytes: 1000 },
    ]);
  });

  it('two reads: rates by the time between them; what VPP does not have stays undefined', () => {
    const [row] = interfacesOf(reading(0, { interfaces: [eth(10)] }), reading(2, { interfaces: [eth(40)] })) ?? [];
    expect(row).toEqual({
      ...{ name: 'eth0', index: 1, rxPackets: 40, rxBytes: 4000 },
      ...{ rxPacketsPerSecond: 15, rxBitsPerSecond: 12_000 },
    });
  });

  it('a counter that was cleared counts from 0', () => {
    const [row] = interfacesOf(reading(0, { interfaces: [eth(10)] }), reading(1, { interfaces: [eth(4)] })) ?? [];
    expect(row).toMatchObject({ rxPackets: 4, rxPacketsPerSecond: 4 });
  });

  it('an index that another interface got: no rate of the two together', () => {
    const other = itf(1, 'loop0', rx(5));
    const [row] = interfacesOf(reading(0, { interfaces: [eth(10)] }), reading(1, { interfaces: [other] })) ?? [];
    expect(row).toEqual({ name: 'loop0', index: 1, rxPackets: 5, rxBytes: 500 });
  });

  it('errors: those of both directions and what the device missed', () => {
    const [row] = interfacesOf(reading(0, { interfaces: [eth(1, { rxError: 1n, txError: 2n, rxMiss: 4n })] })) ?? [];
    expect(row).toMatchObject({ errors: 7, rxMiss: 4 });
  });

  it('beyond 2^53: a difference is exact', () => {
    const far = 2n ** 60n;
    const at = (packets: bigint) => itf(1, 'eth0', { rx: { packets, bytes: 0n } });
    const rows = interfacesOf(reading(0, { interfaces: [at(far)] }), reading(1, { interfaces: [at(far + 3n)] }));
    expect(rows?.[0].rxPacketsPerSecond).toBe(3);
  });

  it('all together: sub-interfaces are not counted twice', () => {
    const both = (packets: number) => [eth(packets), itf(2, 'eth0.100', rx(packets)), itf(3, 'vxlan.7', rx(packets))];
    const rows = interfacesOf(reading(0, { interfaces: both(0) }), reading(1, { interfaces: both(10) })) ?? [];
    expect(together(rows)).toMatchObject({ rxPacketsPerSecond: 20, dropsPerSecond: undefined });
  });
});

describe('clear', () => {
  it('counts from now on; unclear: since VPP’s start again', () => {
    const counters = counted(reading(0, { interfaces: [eth(10)], errors: [error('ip4', 'bad', 5)] }));
    counters.clear();
    counters.accept(reading(1, { interfaces: [eth(17)], errors: [error('ip4', 'bad', 5), error('ip4', 'new', 2)] }));
    expect(counters.figures).toMatchObject({
      since: AT,
      interfaces: [{ rxPackets: 7, rxPacketsPerSecond: 7 }],
      drops: [{ reason: 'new', count: 2, perSecond: 2 }],
    });
    counters.unclear();
    expect(counters.figures?.since).toBeUndefined();
    expect(counters.figures?.drops).toHaveLength(2);
  });

  it('a restart of VPP ends it', () => {
    const counters = counted(reading(0, { interfaces: [eth(10)], ...boot(5) }));
    counters.clear();
    counters.accept(reading(1, { interfaces: [eth(2)], ...boot(9) }));
    expect(counters.figures).toMatchObject({ restartedAt: AT + 1000, interfaces: [{ rxPackets: 2 }] });
    expect(counters.figures).not.toHaveProperty('since');
    expect(counters.figures?.interfaces[0]).not.toHaveProperty('rxPacketsPerSecond');
  });
});

describe('VPP that comes back', () => {
  it('lost: nothing is known, and rates begin anew', () => {
    const counters = counted(reading(0, { interfaces: [eth(10)], ...boot(5) }));
    counters.lost();
    expect(counters.figures).toBeUndefined();
    counters.accept(reading(5, { interfaces: [eth(20)], ...boot(5) }));
    expect(counters.figures).not.toHaveProperty('restartedAt');
    expect(counters.figures?.interfaces[0]).not.toHaveProperty('rxPacketsPerSecond');
  });

  it('a boot time of 0, which VPP has at its start, is no restart', () => {
    expect(counted(reading(0, boot(5)), reading(1, boot(0)), reading(2, boot(5))).figures).not.toHaveProperty(
      'restartedAt',
    );
    expect(counted(reading(0, boot(5)), reading(1, boot(0)), reading(2, boot(6))).figures).toHaveProperty(
      'restartedAt',
    );
  });
});

describe('counters of nodes', () => {
  const ip4 = (beat: number, calls: number) => ({
    ...boot(5, beat),
    nodes: [node(1, 'ip4-input', [calls, 4 * calls, 400 * calls]), node(2, 'idle', [0, 0, 0])],
  });

  it('before two heartbeats: averages of all, and no rates; nodes that did nothing are not there', () => {
    const counters = counted(reading(0, ip4(1, 10)), reading(1, ip4(2, 20)));
    expect(counters.figures?.nodes).toEqual([
      {
        ...{ name: 'ip4-input', index: 1, vectorsPerCall: 4, clocksPerVector: 100, share: 1 },
        ...{ calls: 20, vectors: 80, clocks: 8000, suspends: 0 },
      },
    ]);
  });

  it('rates are between the last two heartbeats, and stay until the next one', () => {
    const counters = counted(
      reading(0, ip4(1, 10)),
      reading(1, ip4(2, 20)),
      reading(11, ip4(3, 120)),
      reading(12, ip4(3, 120)),
    );
    expect(counters.figures?.nodes[0]).toMatchObject({ callsPerSecond: 10, vectorsPerSecond: 40, calls: 120 });
  });
});
