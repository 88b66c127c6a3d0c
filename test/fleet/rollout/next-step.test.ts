import { describe, expect, it } from 'vitest';
import { nextStep } from '../../../src/fleet/rollout/next-step.js';
import { BEFORE, GENERATION, planned, World } from './world.js';

const two = () => [planned('a', 1), planned('b', 1), planned('c', 2), planned('d', 2)];

describe('waves', () => {
  it('the first one: is written down together with its assignments, and nobody else is touched', () => {
    const world = new World(two());
    expect(world.step()).toMatchObject({ kind: 'write', write: { state: { state: 'running', wave: 1, driver: 'a' } } });
    expect(world.settle()).toMatchObject({ kind: 'wait', until: world.now + 60_000 });
    expect([...world.touched]).toEqual(['a', 'b']);
    expect(world.assignment('a')).toMatchObject({ generation: GENERATION, confirmSeconds: 120 });
  });

  it('a good one: is confirmed, and the next one begins', () => {
    const world = new World(two());
    world.settle();
    world.obeys('a', 'b');
    world.settle();
    expect(world.state).toMatchObject({ state: 'running', wave: 2 });
    expect(world.assignment('a')?.confirmed).toBe(true);
    expect(world.assignment('c')?.confirmed).toBeUndefined();
  });

  it('the last one: is the end, and the groups take effect', () => {
    const world = new World(two());
    for (const labels of [
      ['a', 'b'],
      ['c', 'd'],
    ]) {
      world.settle();
      world.obeys(...labels);
    }
    expect(world.settle()).toEqual({ kind: 'over' });
    expect(world.state).toMatchObject({ state: 'done', wave: 2 });
    expect(world.groupsWritten).toHaveLength(1);
    expect(world.assignment('d')?.confirmed).toBe(true);
  });

  it('none: a plan of groups alone is done at once', () => {
    const world = new World([]);
    expect(world.settle()).toEqual({ kind: 'over' });
    expect(world.state.state).toBe('done');
  });

  it('a large one: is assigned by a thousand, and its time begins with the last', () => {
    const world = new World(Array.from({ length: 2500 }, (_, at) => planned(`n${at}`, 1)));
    const sizes: number[] = [];
    for (let step = world.step(); step.kind === 'write'; step = world.step()) {
      sizes.push(step.write.assignments.size);
      world.apply(step.write);
      world.now += 1000;
    }
    expect(sizes).toEqual([1000, 1000, 500]);
    expect(Date.parse(world.state.since)).toBe(world.now - 1000);
  });
});

describe('a bad wave', () => {
  const bad: [string, (world: World) => void, string][] = [
    ['an agent refuses', (world) => world.says('a', 'refused'), 'a (refused)'],
    ['an agent has gone back by itself', (world) => world.says('a', 'taken-back'), 'a (taken back by the agent)'],
    [
      'objects are not as wished until the end',
      (world) => {
        world.says('a', 'incomplete');
        world.now += 60_000;
      },
      'a (some objects are not as wished)',
    ],
    [
      'VPP is away until the end',
      (world) => {
        world.says('a', 'waiting');
        world.now += 60_000;
      },
      'a (waits for its VPP)',
    ],
    [
      'an agent is lost after it had begun',
      (world) => {
        world.says('a', 'applying');
        world.goesAway('a');
        expect(world.settle()).toMatchObject({ kind: 'wait', until: world.now + 10_000 });
        world.now += 10_000;
      },
      'a (was lost after it had begun)',
    ],
    [
      'an agent was never seen',
      (world) => {
        world.neverSeen('a');
        world.now += 60_000;
      },
      'a (is away)',
    ],
    [
      'an agent does not take it up',
      (world) => {
        world.now += 60_000;
      },
      'a (has not taken it up)',
    ],
  ];

  it.each(bad)('%s: all that were touched get the wish before', (_, happens, reason) => {
    const world = new World(two());
    world.settle();
    world.obeys('b');
    happens(world);
    world.settle();
    expect(world.state).toMatchObject({ state: 'taking-back', wave: 1 });
    expect(world.state.reason).toContain(reason);
    for (const label of ['a', 'b']) expect(world.assignment(label)).toMatchObject({ ...BEFORE, confirmed: true });
    world.obeys('b');
    world.says('a', 'applied', 11);
    expect(world.settle()).toEqual({ kind: 'over' });
    expect(world.state).toMatchObject({ state: 'taken-back', wave: 1 });
    expect([...world.touched]).toEqual(['a', 'b']);
    expect(world.groupsWritten).toEqual([]);
  });

  it('agents that had no assignment: have none again', () => {
    const world = new World([planned('a', 1, { before: undefined })]);
    world.settle();
    world.says('a', 'refused');
    world.settle();
    expect(world.state.state).toBe('taking-back');
    expect(world.assignment('a')).toBeUndefined();
  });

  it('agents whose wish before was never confirmed: have it again, and it is not confirmed', () => {
    const world = new World([planned('a', 1, { before: { ...BEFORE, confirmSeconds: 90 } })]);
    world.settle();
    world.says('a', 'refused');
    world.settle();
    expect(world.assignment('a')).toEqual({ ...BEFORE, confirmSeconds: 90, allowDeletions: true });
    world.says('a', 'taken-back', 11);
    expect(world.settle()).toEqual({ kind: 'over' });
  });

  it('an agent that does not go back: is waited for, and then named', () => {
    const world = new World(two());
    world.settle();
    world.says('a', 'refused');
    world.obeys('b');
    expect(world.settle()).toMatchObject({ kind: 'wait' });
    world.now += 60_000;
    expect(world.settle()).toEqual({ kind: 'over' });
    expect(world.state.reason).toMatch(/; not back yet: a, b$/);
  });

  it('without pauseOnFailure: the others go on, and the end names it', () => {
    const world = new World(two(), { pauseOnFailure: false });
    world.settle();
    world.says('a', 'refused');
    expect(world.settle()).toMatchObject({ kind: 'wait', failed: [{ label: 'a', reason: 'refused' }] });
    world.obeys('b');
    world.settle();
    world.obeys('c', 'd');
    world.settle();
    expect(world.state).toMatchObject({ state: 'done', reason: '1 of 4 agents: a (refused)' });
    expect(world.assignment('a')?.confirmed).toBeUndefined();
  });
});

describe('agents that were bad or away before', () => {
  it('a bad report of an earlier generation: says nothing of this one', () => {
    const world = new World([planned('a', 1)]);
    world.says('a', 'refused', 11);
    world.settle();
    expect(world.settle()).toMatchObject({ kind: 'wait' });
    world.obeys('a');
    expect(world.settle()).toEqual({ kind: 'over' });
    expect(world.state.state).toBe('done');
  });

  it('one that comes within the time of its wave: is no failure', () => {
    const world = new World([planned('a', 1)]);
    world.goesAway('a');
    world.now += 59_000;
    world.settle();
    world.now += 59_000;
    world.obeys('a');
    world.settle();
    expect(world.state.state).toBe('done');
  });

  it.each(['goesAway', 'waits'] as const)('with allowAway, %s: it is left behind, and carries it out later', (how) => {
    const world = new World(two(), { allowAway: true });
    if (how === 'goesAway') world.goesAway('a');
    world.settle();
    world.obeys('b');
    if (how === 'waits') world.says('a', 'waiting');
    expect(world.settle()).toMatchObject({ kind: 'wait', until: world.now + 10_000 });
    world.now += 10_000;
    world.settle();
    expect(world.state).toMatchObject({ state: 'running', wave: 2 });
    expect(world.assignment('a')).toMatchObject({ generation: GENERATION, confirmed: true });
  });
});

describe('a removal', () => {
  it('an agent without a wish: is told to have none, whatever its groups say, and gets it again where that is taken back', () => {
    const world = new World([planned('a', 1, { wishes: undefined }), planned('b', 2)]);
    world.settle();
    expect(world.assignment('a')).toEqual({ generation: GENERATION, wishes: {}, confirmed: true });
    world.says('a', 'applying');
    world.settle();
    expect(world.state.wave).toBe(1);
    world.obeys('a');
    world.settle();
    expect(world.state.wave).toBe(2);
    world.says('b', 'refused');
    world.settle();
    expect(world.assignment('a')).toMatchObject(BEFORE);
  });

  it('a host that is no more: nothing waits for it', () => {
    const world = new World([planned('a', 1, { wishes: undefined })]);
    world.goesAway('a');
    expect(world.settle()).toEqual({ kind: 'over' });
  });
});

describe('what a person asks for', () => {
  it('pause: the wave goes on, its agents are confirmed, and no other one begins', () => {
    const world = new World(two());
    world.settle();
    world.ask('pause');
    world.obeys('a');
    world.settle();
    expect(world.state).toMatchObject({ state: 'paused', wave: 1 });
    expect(world.state.wanted).toBeUndefined();
    expect(world.assignment('a')?.confirmed).toBe(true);
    world.now += 3_600_000;
    expect(world.settle()).toMatchObject({ kind: 'wait' });
    world.obeys('b');
    expect(world.settle()).toMatchObject({ kind: 'wait' });
    world.ask('go-on');
    world.settle();
    expect(world.state).toMatchObject({ state: 'running', wave: 2 });
  });

  it('take back: in the middle, and in a pause', () => {
    for (const isPaused of [false, true]) {
      const world = new World(two());
      world.settle();
      if (isPaused) world.ask('pause');
      world.settle();
      world.ask('take-back');
      world.settle();
      expect(world.state).toMatchObject({ state: 'taken-back', wave: 1, reason: 'taken back by a person' });
    }
  });

  it('something that does not fit: is forgotten, and the time of the wave goes on', () => {
    const world = new World(two());
    world.settle();
    const { since } = world.state;
    world.now += 5000;
    world.ask('confirm');
    world.settle();
    expect(world.state).toMatchObject({ state: 'running', wave: 1, since });
    expect(world.state.wanted).toBeUndefined();
  });

  const confirming = () => {
    const world = new World([planned('a', 1)], { confirmSeconds: 300 });
    world.settle();
    world.obeys('a');
    expect(world.settle()).toMatchObject({ kind: 'wait', until: world.now + 300_000 });
    expect(world.state.state).toBe('confirming');
    return world;
  };

  it('a confirmation: ends it, also a late one that no driver was there for', () => {
    const world = confirming();
    world.now += 400_000;
    world.ask('confirm');
    expect(world.settle()).toEqual({ kind: 'over' });
    expect(world.state.state).toBe('done');
  });

  it('no confirmation: it is taken back', () => {
    const world = confirming();
    world.now += 300_000;
    world.settle();
    expect(world.state).toMatchObject({ state: 'taking-back', reason: 'nobody confirmed it within 300 s' });
  });
});

it('a wave of more agents than a call takes arguments, all away: waits for the first of them', () => {
  const agents = Array.from({ length: 150_000 }, (_, at) => planned(`n${at}`, 1));
  const { plan, now } = new World([], { allowAway: true });
  const away = { assignment: { generation: GENERATION, wishes: {} } };
  const seen = new Map(agents.map(({ label }) => [label, away]));
  const state = { state: 'running', wave: 1, since: plan.at } as const;
  const options = { now, time: new Date(now), driver: 'a', lostAfterMs: 10_000 };
  expect(nextStep({ plan, agents, state, since: now, seen }, options)).toMatchObject({ until: now + 10_000 });
});
