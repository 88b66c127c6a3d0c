import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LoopWatch } from '../../src/agent/loop-watch.js';

describe('the event loop', () => {
  let now = 0;
  const told: string[] = [];
  let watch: LoopWatch;
  /** Time passes, and the loop turns only at its end. */
  const block = (ms: number) => {
    now += ms;
  };
  const turn = () => {
    now += 250;
    vi.advanceTimersByTime(250);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    told.length = 0;
    watch = new LoopWatch((text) => told.push(text));
    watch.start();
  });
  afterEach(() => {
    watch.stop();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  test('that turns: nothing is told', () => {
    for (let i = 0; i < 20; i++) turn();
    block(900);
    turn();
    expect(told).toEqual([]);
  });

  test('that stood still while a plugin was at something: names it, once', () => {
    const leave = watch.enter('hog', 'dataplane');
    block(5000);
    leave();
    turn();
    turn();
    expect(told).toEqual([
      'the event loop stood still for 5 s: plugin hog in its dataplane; long work belongs in pieces or in a worker thread',
    ]);
  });

  test('others that were at something only for a moment: are not named', () => {
    watch.enter('before', 'init')();
    const leave = watch.enter('hog', 'init');
    block(2000);
    leave();
    watch.enter('after', 'init')();
    turn();
    expect(told[0]).toContain(': plugin hog in its init;');
  });

  test('several at a time: all are named', () => {
    watch.enter('a', 'init');
    watch.enter('b', 'dataplane');
    block(2000);
    turn();
    expect(told[0]).toContain('one of plugin a in its init, plugin b in its dataplane');
  });

  test('several that had begun, one of which held it: that one is named', () => {
    watch.enter('a', 'dataplane');
    watch.enter('hog', 'dataplane');
    watch.call('a', 'dataplane', () => {});
    watch.call('hog', 'dataplane', () => block(2000));
    turn();
    expect(told[0]).toContain(': plugin hog in its dataplane;');
  });

  test('nobody known: says where it must have been', () => {
    watch.enter('a', 'init')();
    turn();
    block(1500);
    turn();
    expect(told[0]).toBe(
      'the event loop stood still for 1.5 s: in no step or hook of a plugin, so in a timer or a handler (node --cpu-prof shows whose)',
    );
  });

  test('at the end: what has happened since the last look is told as well', () => {
    const leave = watch.enter('hog', 'close');
    block(3000);
    leave();
    watch.stop();
    expect(told[0]).toContain('plugin hog in its close');
  });
});
