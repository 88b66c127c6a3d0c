import { describe, expect, it } from 'vitest';
import { ServiceTimes } from '../../../src/mux/session/service-times.js';

/** Times over a clock of waiting that the test moves. */
function service() {
  let waited = 0;
  const times = new ServiceTimes(() => waited);
  return {
    times,
    wait: (ms: number) => {
      waited += ms;
    },
    sums: () => Object.fromEntries([...times.sums()].map(([name, { totalMs, maxMs }]) => [name, { totalMs, maxMs }])),
    counts: (name: string) => times.sums().get(name)?.counts,
  };
}

describe('service times', () => {
  it('under load: the time between two answers is the second one’s', () => {
    const { times, wait, sums } = service();
    times.begin();
    wait(1);
    times.answer(1, 'quick');
    wait(50);
    times.answer(2, 'slow');
    wait(2);
    times.answer(3, 'quick');
    expect(sums()).toEqual({ quick: { totalMs: 3, maxMs: 2 }, slow: { totalMs: 50, maxMs: 50 } });
  });

  it('nothing in flight: the time until the next request is nobody’s', () => {
    const { times, wait, sums } = service();
    times.begin();
    wait(1);
    times.answer(1, 'ping');
    wait(10_000);
    times.begin();
    wait(2);
    times.answer(2, 'ping');
    expect(sums()).toEqual({ ping: { totalMs: 3, maxMs: 2 } });
  });

  it('an answer of many messages over many reads: is one', () => {
    const { times, wait, sums } = service();
    times.begin();
    for (let read = 0; read < 10; read++) {
      wait(5);
      times.answer(7, 'dump');
    }
    wait(1);
    times.answer(8, 'ping');
    expect(sums()).toEqual({ dump: { totalMs: 50, maxMs: 50 }, ping: { totalMs: 1, maxMs: 1 } });
  });

  it('asked in the middle of an answer: what has been waited so far is there, and the rest is added', () => {
    const { times, wait, sums } = service();
    times.begin();
    wait(5);
    times.answer(7, 'dump');
    expect(sums()).toEqual({ dump: { totalMs: 5, maxMs: 5 } });
    wait(3);
    times.answer(7, 'dump');
    expect(sums().dump.totalMs).toBe(8);
  });

  it('answers by bucket: up to its bound, and one for all above', () => {
    const { times, wait, counts } = service();
    times.begin();
    for (const [i, ms] of [0, 0.1, 0.2, 60_000].entries()) {
      wait(ms);
      times.answer(i, 'ping');
    }
    times.sums();
    expect(counts('ping')).toEqual([2, 1, ...new Array(14).fill(0), 1]);
  });
});
