import { expect, it } from 'vitest';
import { Heartbeat } from '../../src/stats/heartbeat.js';

it('a heartbeat that moves: never still', () => {
  const heartbeat = new Heartbeat();
  for (let second = 0; second < 100; second++) {
    expect(heartbeat.see(BigInt(Math.floor(second / 10)), second * 1000)).toBeUndefined();
  }
});

it('an interval that is not known yet: still after 30 s', () => {
  const heartbeat = new Heartbeat();
  heartbeat.see(5n, 1000);
  expect(heartbeat.see(5n, 31_000)).toBeUndefined();
  expect(heartbeat.see(5n, 31_001)).toBe(30_001);
});

it('an interval that is known: still after three of them, and a second at least', () => {
  const heartbeat = new Heartbeat();
  for (let beat = 0; beat < 10; beat++) heartbeat.see(BigInt(beat), beat * 2000);
  expect(heartbeat.see(9n, 18_000 + 6000)).toBeUndefined();
  expect(heartbeat.see(9n, 18_000 + 6001)).toBe(6001);
  const quick = new Heartbeat();
  for (let beat = 0; beat < 10; beat++) quick.see(BigInt(beat), beat * 10);
  expect(quick.see(9n, 90 + 1000)).toBeUndefined();
  expect(quick.see(9n, 90 + 1001)).toBe(1001);
});

it('reads right before and after a beat: do not make the interval seem short', () => {
  const heartbeat = new Heartbeat();
  const reads = [9_900, 10_100, 19_900, 20_100, 29_900, 30_100, 39_900, 40_100, 50_100];
  for (const at of reads) heartbeat.see(BigInt(Math.floor(at / 10_000)), at);
  expect(heartbeat.see(5n, 75_000)).toBeUndefined();
});

it('none: nothing is known', () => expect(new Heartbeat().see(undefined, 1e9)).toBeUndefined());
