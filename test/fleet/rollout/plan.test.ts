import { describe, expect, it } from 'vitest';
import { planAgents } from '../../../src/fleet/rollout/plan.js';

const GOOD = { main: 'a'.repeat(64) };
const OLD = { main: 'b'.repeat(64) };
const labels = (count: number) => new Map(Array.from({ length: count }, (_, at) => [`edge${at + 1}`, GOOD]));
const waves = (count: number, batch: Parameters<typeof planAgents>[0]['batch']) =>
  planAgents({ wanted: labels(count), assigned: new Map(), batch }).map(({ wave }) => wave);

describe('the plan of a roll-out', () => {
  it.each([
    [5, undefined, [1, 1, 1, 1, 1]],
    [5, { count: 2 }, [1, 1, 2, 2, 3]],
    [5, { percent: 50 }, [1, 1, 1, 2, 2]],
    [5, { percent: 1 }, [1, 2, 3, 4, 5]],
    [0, { percent: 5 }, []],
  ])('%i agents in batches of %j: are in the waves %j', (count, batch, expected) => {
    expect(waves(count, batch)).toEqual(expected);
  });

  it('agents: are in the order of their labels, as people count', () => {
    const plan = planAgents({
      wanted: new Map([
        ['edge10', GOOD],
        ['core1', GOOD],
        ['edge2', GOOD],
      ]),
      assigned: new Map(),
    });
    expect(plan.map(({ label }) => label)).toEqual(['core1', 'edge2', 'edge10']);
  });

  it('agents that have their wish: are no part of it, unless all are asked for', () => {
    const assigned = new Map([
      ['same', { generation: 3, wishes: GOOD, confirmed: true }],
      ['other', { generation: 2, wishes: OLD }],
      ['more', { generation: 2, wishes: { ...GOOD, west: GOOD.main } }],
    ]);
    const wanted = new Map([
      ['same', GOOD],
      ['other', GOOD],
      ['more', GOOD],
      ['new', GOOD],
    ]);
    expect(planAgents({ wanted, assigned })).toMatchObject([
      { label: 'more' },
      { label: 'new' },
      { label: 'other', wishes: GOOD, before: { generation: 2, wishes: OLD } },
    ]);
    expect(planAgents({ wanted, assigned, isAll: true })).toHaveLength(4);
  });

  it('agents whose roll-out was given up: get their wish again, and go back to what goes back by itself', () => {
    const assigned = new Map([
      ['given-up', { generation: 3, wishes: GOOD, confirmSeconds: 360 }],
      ['denied', { generation: 3, wishes: GOOD, confirmSeconds: 360, confirmed: false }],
      ['kept', { generation: 3, wishes: GOOD, confirmSeconds: 360, confirmed: true }],
    ]);
    const wanted = new Map([...assigned.keys()].map((label) => [label, GOOD]));
    const before = { generation: 3, wishes: GOOD, confirmSeconds: 360 };
    expect(planAgents({ wanted, assigned })).toEqual([
      { label: 'denied', wave: 1, wishes: GOOD, before },
      { label: 'given-up', wave: 1, wishes: GOOD, before },
    ]);
    const confirmed = { generation: 3, wishes: GOOD };
    expect(planAgents({ wanted, assigned, isAll: true })[2]).toMatchObject({ label: 'kept', before: confirmed });
    expect(planAgents({ wanted, assigned, isAll: true })[2].before).not.toHaveProperty('confirmSeconds');
  });

  it('agents that are to have none: lose what they have', () => {
    const assigned = new Map([
      ['gone', { generation: 2, wishes: OLD }],
      ['none', undefined],
    ]);
    const plan = planAgents({
      wanted: new Map([
        ['gone', undefined],
        ['none', undefined],
      ]),
      assigned,
    });
    expect(plan).toEqual([{ label: 'gone', wave: 1, before: { generation: 2, wishes: OLD } }]);
  });

  it('an assignment of no wish at all: is as good as none', () => {
    const wanted = new Map([['a', undefined]]);
    expect(planAgents({ wanted, assigned: new Map([['a', { generation: 2, wishes: {} }]]) })).toEqual([]);
    const none = planAgents({
      wanted: new Map([['a', {}]]),
      assigned: new Map([['a', { generation: 2, wishes: OLD }]]),
    });
    expect(none).toEqual([{ label: 'a', wave: 1, before: { generation: 2, wishes: OLD } }]);
  });
});
