/** The reading of the wishes that are kept. */

import { expect, it } from 'vitest';
import { Agenda } from '../../../src/plugins/desired-state/agenda.js';
import { desiredStateConfig } from '../../../src/plugins/desired-state/config.js';
import { KeptWishes } from '../../../src/plugins/desired-state/kept-wishes.js';
import { KindsInUse } from '../../../src/plugins/desired-state/kinds-in-use.js';
import { Store } from '../../../src/plugins/desired-state/store/store.js';
import { FakeDisk, holdReading } from './fake-disk.js';
import { FakeClock } from './world.js';

function keptOn(disk: FakeDisk, { failures = 0, claims = 0 } = {}) {
  const clock = new FakeClock();
  const agenda = new Agenda(clock);
  const config = desiredStateConfig.parse({});
  const counts = { opened: 0 };
  const steps: string[] = [];
  const errors: string[] = [];
  const ending = new AbortController();
  let [fails, claimable] = [failures, claims];
  const kept = new KeptWishes({
    async open() {
      counts.opened++;
      if (fails-- > 0) throw new Error('the disk is away');
      return Store.open(disk, { folder: '/state', keep: () => 10 });
    },
    claim: () => claimable-- > 0,
    wayBack: {
      async put({ keeper }) {
        steps.push(`put, ${kept.opened ? 'opened' : 'not opened'}`);
        await keeper.takeBack();
      },
      async carryOut(opened) {
        steps.push(`carried out, ${opened === kept.opened ? 'opened' : 'not opened'}`);
      },
    },
    kinds: new KindsInUse({ list: [] }, () => {}),
    ending: ending.signal,
    ...{
      clock,
      agenda,
      config: () => config,
      log: { info() {}, warn() {}, error: (text: string) => void errors.push(text) },
    },
  });
  return { kept, clock, agenda, counts, steps, errors, ending };
}

/** A disk with wishes 1 and 2, of which 2 waits to be confirmed. */
async function diskWithTwo(): Promise<FakeDisk> {
  const disk = new FakeDisk();
  const store = await Store.open(disk, { folder: '/state', keep: () => 10 });
  for (const text of ['loopbacks: { loop1: {} }\n', 'loopbacks: { loop2: {} }\n']) await store.add({ at, by, text });
  await store.save({ present: 2, confirmed: 1, unconfirmed: { revision: 2, seconds: 60 } });
  return disk;
}

const [at, by] = ['2026-01-01T00:00:00.000Z', 'test'];

it('several who need them: wait for one reading', async () => {
  const { kept, counts } = keptOn(new FakeDisk());
  expect(kept.opened).toBeUndefined();
  const all = await Promise.all([kept.ready(), kept.ready(), kept.begin().then(() => kept.opened)]);
  expect(new Set(all).size).toBe(1);
  expect(counts.opened).toBe(1);
});

it('what cannot be read: EIO with the reason, and due again 5 s later', async () => {
  const { kept, clock, agenda } = keptOn(new FakeDisk(), { failures: 1 });
  await expect(kept.ready()).rejects.toMatchObject({
    code: 'EIO',
    message: expect.stringContaining('the disk is away'),
  });
  expect(agenda.isOpenDue).toBe(false);
  clock.advance(5000);
  expect(agenda.isOpenDue).toBe(true);
  await kept.begin();
  expect([kept.failure, agenda.isOpenDue]).toEqual([undefined, false]);
});

it('claimed only now: is read anew, since another agent may have written', async () => {
  const { kept, counts } = keptOn(new FakeDisk(), { claims: 1 });
  const before = await kept.ready();
  expect(await kept.claimed()).not.toBe(before);
  expect(counts.opened).toBe(2);
  expect(await kept.claimed()).toBe(kept.opened);
  expect(counts.opened).toBe(2);
});

it('the present wish still being read: whoever needs it waits, and nothing counts as opened', async () => {
  const disk = await diskWithTwo();
  const store = await Store.open(disk, { folder: '/state', keep: () => 10 });
  await store.save({ unconfirmed: undefined });
  const held = holdReading(disk, '2.yaml');
  const { kept, counts } = keptOn(disk);
  const first = kept.ready();
  await held.reached;
  expect([kept.opened, kept.isReading]).toEqual([undefined, true]);
  const others = [kept.ready(), kept.claimed()];
  held.release();
  expect((await first).keeper.present?.revision).toBe(2);
  expect(new Set([await first, ...(await Promise.all(others))]).size).toBe(1);
  expect([counts.opened, kept.isReading]).toEqual([1, false]);
});

it('a wish that was not confirmed: is put back before anything counts as opened, and carried out once, afterwards', async () => {
  const disk = await diskWithTwo();
  const held = holdReading(disk, '1.yaml');
  const { kept, steps } = keptOn(disk);
  const all = [kept.ready(), kept.ready()];
  await held.reached;
  expect([kept.opened, steps]).toEqual([undefined, ['put, not opened']]);
  held.release();
  const [{ keeper }] = await Promise.all(all);
  expect([keeper.present?.revision, keeper.state.present]).toEqual([1, 1]);
  expect(steps).toEqual(['put, not opened', 'carried out, opened']);
});

it('the agent ends while they are read: no error is logged, and nothing is due again', async () => {
  const disk = await diskWithTwo();
  const held = holdReading(disk, '1.yaml');
  const { kept, errors, ending, agenda } = keptOn(disk);
  const reading = kept.ready();
  await held.reached;
  ending.abort(new Error('the agent is ending'));
  held.release();
  await expect(reading).rejects.toBe(ending.signal.reason);
  expect([errors, kept.failure]).toEqual([[], undefined]);
  expect(agenda.next(false, undefined)).toBe(Number.POSITIVE_INFINITY);
});
