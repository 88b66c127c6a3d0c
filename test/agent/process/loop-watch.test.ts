import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LoopWatch } from '../../../src/agent/process/loop-watch.js';

describe('the event loop', () => {
  let now = 0;
  let cpu = 0;
  const told: string[] = [];
  const levels: string[] = [];
  let watch: LoopWatch;
  /** Time passes, and the loop turns only at its end; the process computes for all of it, or for `cpuMs`. */
  const block = (ms: number, cpuMs = ms) => {
    now += ms;
    cpu += cpuMs;
  };
  const turn = () => {
    now += 250;
    vi.advanceTimersByTime(250);
  };

  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    told.length = 0;
    levels.length = 0;
    const tell = (level: string, text: string) => {
      levels.push(level);
      told.push(text);
    };
    watch = new LoopWatch(tell, () => cpu);
    watch.start();
    watch.running();
  });
  afterEach(() => {
    watch.stop();
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('that turns: nothing is told', () => {
    for (let i = 0; i < 20; i++) turn();
    block(900);
    turn();
    expect(told).toEqual([]);
  });

  it('that stood still while a plugin was at something: names it, once', () => {
    const leave = watch.enter('hog', 'dataplane');
    block(5000);
    leave();
    turn();
    turn();
    expect(told).toEqual([
      'the event loop was blocked for 5 s: plugin hog in its dataplane; long work belongs in pieces or in a worker thread',
    ]);
  });

  it('others that were at something only for a moment: are not named', () => {
    watch.enter('before', 'init')();
    const leave = watch.enter('hog', 'init');
    block(2000);
    leave();
    watch.enter('after', 'init')();
    turn();
    expect(told[0]).toContain(': plugin hog in its init;');
  });

  it('a machine that adds to it: the one that held it for most of that time is named all the same', () => {
    watch.call('hog', 'dataplane', () => block(2000));
    block(900);
    turn();
    expect(told[0]).toContain('the event loop was blocked for 2.9 s: plugin hog in its dataplane;');
  });

  it('several at a time: all are named', () => {
    watch.enter('a', 'init');
    watch.enter('b', 'dataplane');
    block(2000);
    turn();
    expect(told[0]).toContain('one of plugin a in its init, plugin b in its dataplane');
  });

  it('several that had begun, one of which held it: that one is named', () => {
    watch.enter('a', 'dataplane');
    watch.enter('hog', 'dataplane');
    watch.call('a', 'dataplane', () => {});
    watch.call('hog', 'dataplane', () => block(2000));
    turn();
    expect(told[0]).toContain(': plugin hog in its dataplane;');
  });

  it('nobody known: says where it must have been', () => {
    watch.enter('a', 'init')();
    turn();
    block(1500);
    turn();
    expect(told[0]).toBe(
      'the event loop was blocked for 1.5 s: in no step or hook of a plugin, so in a timer or a handler (node --cpu-prof shows whose)',
    );
  });

  it('a busy machine: is named as that, and nobody of the agent, at a lower level', () => {
    watch.enter('a', 'dataplane');
    block(5000, 120);
    turn();
    expect(told).toEqual([
      'the event loop was blocked for 5 s, in which the agent used 120 ms of CPU: the machine was busy or suspended',
    ]);
    expect(levels).toEqual(['info']);
  });

  it('little CPU in a single call of a plugin: it may have waited synchronously', () => {
    watch.call('hog', 'dataplane', () => block(2000, 10));
    turn();
    expect(told).toEqual([
      'the event loop was blocked for 2 s, in which the agent used 10 ms of CPU: plugin hog in its dataplane waited for something synchronously, or the machine was busy',
    ]);
    expect(levels).toEqual(['warn']);
  });

  it('half of the time computed on a shared machine: is the work of the agent', () => {
    block(4000, 2000);
    turn();
    expect(levels).toEqual(['error']);
  });

  it('CPU time of before: does not count', () => {
    cpu += 60_000;
    turn();
    block(3000, 0);
    turn();
    expect(levels).toEqual(['info']);
  });

  describe('while the agent starts', () => {
    beforeEach(() => {
      watch.stop();
      watch.start();
    });

    it.each([
      ['computes', 3000, 'the event loop was blocked for 2.8 s while the agent was starting'],
      [
        'has no CPU',
        90,
        'the event loop was blocked for 2.8 s, in which the agent used 90 ms of CPU: the machine was busy or suspended',
      ],
    ])('what is no work of a plugin (%s): is no alarm, and no timer is blamed', (_, cpuMs, text) => {
      block(3000, cpuMs);
      watch.running();
      expect(told).toEqual([text]);
      expect(levels).toEqual(['debug']);
    });

    it('a plugin that computes in its init: is named', () => {
      watch.call('hog', 'init', () => block(3000));
      turn();
      expect(told[0]).toContain(': plugin hog in its init;');
      expect(levels).toEqual(['error']);
    });

    it('afterwards: what was there during the start is not told again', () => {
      block(1100);
      watch.running();
      turn();
      expect(told).toEqual([]);
    });
  });

  it('without a clock of its own: that of the process', () => {
    const told: string[] = [];
    vi.spyOn(process, 'cpuUsage').mockReturnValueOnce({ user: 0, system: 0 });
    const own = new LoopWatch((level) => told.push(level));
    own.start();
    vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 2_000_000, system: 500_000 });
    block(4000);
    own.running();
    vi.spyOn(process, 'cpuUsage').mockReturnValue({ user: 5_000_000, system: 500_000 });
    block(4000);
    own.stop();
    expect(told).toEqual(['debug', 'error']);
  });

  it('at the end: what has happened since the last look is told as well', () => {
    const leave = watch.enter('hog', 'close');
    block(3000);
    leave();
    watch.stop();
    expect(told[0]).toContain('plugin hog in its close');
  });
});
