/** The states of a connection: which event leads where, over the whole table. */

import { describe, expect, it } from 'vitest';
import {
  Lifecycle,
  type Phase,
  type PhaseEvent,
  type PhaseName,
  TRANSITIONS,
} from '../../../src/mux/connection/lifecycle.js';
import type { Session } from '../../../src/mux/session/session.js';

const session = {} as Session;
const cause = new Error('gone');

const PHASES: { [N in PhaseName]: Phase<N> } = {
  dialling: { name: 'dialling', cause: undefined },
  serving: { name: 'serving', session },
  draining: { name: 'draining', session },
  detached: { name: 'detached', cause },
  away: { name: 'away', cause },
  closing: { name: 'closing', session: undefined },
  closed: { name: 'closed', cause },
};
const NAMES = Object.keys(PHASES) as PhaseName[];
const EVENTS = [...new Set(NAMES.flatMap((name) => Object.keys(TRANSITIONS[name])))] as PhaseEvent[];

/** The events that bring a new connection into each state. */
const WAYS: Record<PhaseName, readonly (readonly [PhaseEvent, PhaseName])[]> = {
  dialling: [],
  serving: [['adopt', 'serving']],
  draining: [
    ['adopt', 'serving'],
    ['drain', 'draining'],
  ],
  detached: [['takeOver', 'detached']],
  away: [['backOff', 'away']],
  closing: [['close', 'closing']],
  closed: [['stop', 'closed']],
};

function lifeIn(name: PhaseName): Lifecycle {
  const life = new Lifecycle();
  for (const [event, next] of WAYS[name]) life.move(event, PHASES[next]);
  return life;
}

const TABLE = NAMES.flatMap((from) => EVENTS.flatMap((event) => NAMES.map((to) => [from, event, to] as const)));

describe('the states of a connection', () => {
  it('the table: has every state and all eleven events', () => {
    expect(NAMES).toEqual(Object.keys(TRANSITIONS));
    expect(EVENTS).toHaveLength(11);
    expect(TABLE).toHaveLength(7 * 11 * 7);
  });

  it.each(NAMES)('%s: each event leads where the table says, and nowhere else', (from) => {
    for (const [, event, to] of TABLE.filter(([each]) => each === from)) {
      const life = lifeIn(from);
      const before = life.phase;
      const next = PHASES[to];
      if (TRANSITIONS[from][event] === to) {
        expect(life.move(event, next)).toBe(next);
        expect(life.is(next)).toBe(true);
      } else {
        expect(() => life.move(event, next)).toThrow(`a connection that is ${from} cannot become ${to} by ${event}`);
        expect(life.is(before)).toBe(true);
      }
    }
  });

  it('close and stop: from everywhere but the end; nothing follows the end', () => {
    for (const name of NAMES) {
      const { close, stop } = TRANSITIONS[name];
      const isEnding = name === 'closing' || name === 'closed';
      expect([close, stop]).toEqual([isEnding ? undefined : 'closing', name === 'closed' ? undefined : 'closed']);
    }
    expect(TRANSITIONS.closed).toEqual({});
  });

  it('every state can be reached, and every state but the end can be left for good', () => {
    const reached = new Set<PhaseName>(['dialling']);
    for (const name of reached) for (const next of Object.values(TRANSITIONS[name])) reached.add(next);
    expect([...reached].sort()).toEqual([...NAMES].sort());
  });

  it.each([
    ['dialling', { session: undefined, present: undefined, cause: undefined, isMoving: false, isEnding: false }],
    ['serving', { session, present: session, cause: undefined, isMoving: false, isEnding: false }],
    ['draining', { session: undefined, present: session, cause: undefined, isMoving: true, isEnding: false }],
    ['detached', { session: undefined, present: undefined, cause, isMoving: true, isEnding: false }],
    ['away', { session: undefined, present: undefined, cause, isMoving: false, isEnding: false }],
    ['closing', { session: undefined, present: undefined, cause: undefined, isMoving: false, isEnding: true }],
    ['closed', { session: undefined, present: undefined, cause, isMoving: false, isEnding: true }],
  ] as const)('%s: says what there is', (name, expected) => {
    const { session, present, cause, isMoving, isEnding } = lifeIn(name);
    expect({ session, present, cause, isMoving, isEnding }).toEqual(expected);
  });

  it('the same state again is another one: who acts on the first is told', () => {
    const life = new Lifecycle();
    const first = life.move('wait', { name: 'dialling', cause });
    life.move('wait', { name: 'dialling', cause });
    expect(life.is(first)).toBe(false);
  });
});
