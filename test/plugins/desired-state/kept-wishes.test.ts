/** The reading of the wishes that are kept. */

import { pino } from 'pino';
import { expect, it } from 'vitest';
import { Agenda } from '../../../src/plugins/desired-state/agenda.js';
import { desiredStateConfig } from '../../../src/plugins/desired-state/config.js';
import { KeptWishes } from '../../../src/plugins/desired-state/kept-wishes.js';
import { KindsInUse } from '../../../src/plugins/desired-state/kinds-in-use.js';
import { Store } from '../../../src/plugins/desired-state/store/store.js';
import { FakeDisk } from './fake-disk.js';
import { FakeClock } from './world.js';

function keptOn(disk: FakeDisk, { failures = 0, claims = 0 } = {}) {
  const clock = new FakeClock();
  const agenda = new Agenda(clock);
  const config = desiredStateConfig.parse({});
  const counts = { opened: 0, takenBack: 0 };
  let [fails, claimable] = [failures, claims];
  const kept = new KeptWishes({
    async open() {
      counts.opened++;
      if (fails-- > 0) throw new Error('the disk is away');
      return Store.open(disk, { folder: '/state', keep: () => 10 });
    },
    claim: () => claimable-- > 0,
    takeBack: async () => void counts.takenBack++,
    kinds: new KindsInUse({ list: [] }, () => {}),
    ending: new AbortController().signal,
    ...{ clock, agenda, config: () => config, log: pino({ level: 'silent' }) },
  });
  return { kept, clock, agenda, counts };
}

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
