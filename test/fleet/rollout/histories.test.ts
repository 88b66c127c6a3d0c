/** Random histories: agents fail, are lost and come late; drivers die at any write, and write after they have lost the lock. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Write } from '../../../src/fleet/rollout/step.js';
import { BEFORE, GENERATION, planned, World } from './world.js';

const LABELS = ['a', 'b', 'c', 'd', 'e', 'f'];
const label = fc.constantFrom(...LABELS);

const happening = fc.oneof(
  { weight: 8, arbitrary: fc.record({ does: fc.constant('step' as const), driver: fc.constantFrom(1, 2) }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant('obeys' as const), label }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('refuses' as const), label }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('incomplete' as const), label }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('leaves' as const), label }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('time' as const), ms: fc.integer({ min: 0, max: 30_000 }) }) },
  /** The driver is killed between its decision and its write, or after it: the other one gets the lock. */
  { weight: 1, arbitrary: fc.record({ does: fc.constant('dies' as const), isWritten: fc.boolean() }) },
  /** The driver decides, loses the lock, and writes then. */
  { weight: 1, arbitrary: fc.record({ does: fc.constant('late' as const) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('asks' as const),
      wanted: fc.constantFrom('pause' as const, 'go-on' as const, 'confirm' as const, 'take-back' as const),
    }),
  },
);

/** A store with a lock: a write counts where its driver holds it, and knows the newest state. */
class Fenced {
  holder = 1;
  refused = 0;

  constructor(readonly world: World) {}

  write(driver: number, write: Write, knownState: World['state']): void {
    if (driver !== this.holder || knownState !== this.world.state) this.refused++;
    else this.world.apply(write);
  }

  step(driver: number): void {
    const { world } = this;
    const known = world.state;
    const step = world.step(`driver ${driver}`);
    if (step.kind === 'write') this.write(driver, step.write, known);
  }
}

function play(fenced: Fenced, event: typeof happening extends fc.Arbitrary<infer T> ? T : never): void {
  const { world } = fenced;
  if (event.does === 'step') fenced.step(event.driver);
  else if (event.does === 'obeys') world.obeys(event.label);
  else if (event.does === 'leaves') world.goesAway(event.label);
  else if (event.does === 'time') world.now += event.ms;
  else if (event.does === 'asks') world.ask(event.wanted);
  else if (event.does === 'dies') {
    if (event.isWritten) fenced.step(fenced.holder);
    fenced.holder = 3 - fenced.holder;
  } else if (event.does === 'late') {
    const known = world.state;
    const step = world.step();
    const late = fenced.holder;
    fenced.holder = 3 - late;
    if (step.kind === 'write') fenced.write(late, step.write, known);
  } else if (world.assignment(event.label)?.generation === GENERATION) {
    world.says(event.label, event.does === 'refuses' ? 'refused' : 'incomplete');
  }
}

function refuses(world: World, label: string): boolean {
  const { assignment, state, report } = world.view.seen.get(label) ?? {};
  const last = state?.generation === GENERATION ? state : report;
  return [assignment, last].every((each) => each?.generation === GENERATION) && last?.outcome === 'refused';
}

describe('a roll-out of random history', () => {
  it('ends, touches no wave behind a bad one, and is taken back whole or done whole', () => {
    fc.assert(
      fc.property(
        fc.array(happening, { maxLength: 120 }),
        fc.record({
          waves: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 6, maxLength: 6 }),
          confirmSeconds: fc.option(fc.constant(60), { nil: undefined }),
          isNew: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        }),
        (events, { waves, confirmSeconds, isNew }) => {
          const agents = LABELS.map((each, at) =>
            planned(each, [...waves].sort()[at], isNew[at] ? { before: undefined } : {}),
          );
          const world = new World(agents, { ...(confirmSeconds && { confirmSeconds }) });
          const fenced = new Fenced(world);
          const check = (event?: { readonly does: string }) => {
            const touched = agents.filter(({ label: each }) => world.touched.has(each));
            expect(Math.max(0, ...touched.map(({ wave }) => wave))).toBeLessThanOrEqual(world.state.wave);
            if (event === undefined || !isBad) return;
            expect(touched, 'nobody else is touched while one of the wave refuses').toHaveLength(before);
          };
          let before = 0;
          let isBad = false;
          for (const event of events) {
            before = world.touched.size;
            isBad = agents.some(({ label: each, wave }) => wave === world.state.wave && refuses(world, each));
            play(fenced, event);
            check(event);
          }
          // From here on all is well: drivers work, people answer, and time passes.
          for (let round = 0; round < 400 && world.step().kind !== 'over'; round++) {
            fenced.step(fenced.holder);
            if (world.state.state === 'paused') world.ask('go-on');
            for (const each of LABELS) if (world.isHere(each) && round % 3 === 0) world.obeys(each);
            world.now += 5000;
            check();
          }
          expect(world.step()).toEqual({ kind: 'over' });
          const { state } = world.state;
          expect(['done', 'taken-back']).toContain(state);
          for (const { label: each, before } of agents) {
            const generation = world.assignment(each)?.generation;
            if (state === 'done') expect(generation).toBe(GENERATION);
            else expect(generation).toBe(before === undefined ? undefined : BEFORE.generation);
          }
          expect(world.groupsWritten).toHaveLength(state === 'done' ? 1 : 0);
        },
      ),
      { numRuns: 500 },
    );
  });
});
