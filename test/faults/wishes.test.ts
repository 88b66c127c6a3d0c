/** Random wishes, one carried out after the other, also where an answer or a request is lost: VPP is as if the last one had come alone. */

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { adopt, validateWish } from '../../src/wish/index.js';
import { runs } from '../support/scale.js';
import { type Break, BrokenChannel, World, wishesHere as wishes } from '../wish/random/world.js';

// Each property ends at its first failure: shrinking takes minutes here, and the seed leads to the wishes again.

/** For the long form. */
const LONG = 3_600_000;

it('are wishes', () => {
  const property = fc.property(wishes, (text) => {
    expect(validateWish(text).errors).toEqual([]);
  });
  fc.assert(property, { endOnFailure: true, ...runs('wishes', { short: 500, long: 5000 }) });
});

/** Both worlds have carried `second` out when `lead` is done: that of `lead`, and one that has seen nothing else. */
async function expectAsAlone(second: string, lead: (world: World) => Promise<void>): Promise<void> {
  const [world, alone] = await Promise.all([World.start(), World.start()]);
  try {
    await lead(world);
    await alone.fulfil(second);
    expect(await world.dump()).toEqual(await alone.dump());
  } finally {
    await Promise.all([world.end(), alone.end()]);
  }
}

it('one after the other: VPP is as if the last had come alone', { timeout: LONG }, async () => {
  const property = fc.asyncProperty(wishes, wishes, async (first, second) => {
    await expectAsAlone(second, async (world) => {
      await world.fulfil(first);
      await world.fulfil(second);
    });
  });
  await fc.assert(property, { endOnFailure: true, ...runs('pairs of wishes', { short: 30, long: 1000 }) });
});

const breaks = fc.constantFrom<Break>('answer lost', 'request lost', 'cut');

it('broken at any step: it ends at the last wish all the same', { timeout: LONG }, async () => {
  const property = fc.asyncProperty(wishes, wishes, fc.nat(150), breaks, async (first, second, at, how) => {
    await expectAsAlone(second, async (world) => {
      await world.fulfil(first);
      await world.tryWith(second, new BrokenChannel(world.channel, at, how));
      await world.converge(second);
    });
  });
  await fc.assert(property, { endOnFailure: true, ...runs('broken steps', { short: 70, long: 2000 }) });
});

it('adopted: the file has no mistakes, says everything, and changes nothing', { timeout: LONG }, async () => {
  const property = fc.asyncProperty(wishes, async (text) => {
    const world = await World.start();
    try {
      await world.fulfil(text);
      const { problems, differs, undescribed, ...adopted } = await adopt(world.channel);
      // VPP does not say which of several policers an interface has.
      const unsaid = undescribed.filter(({ key }) => !key.startsWith('policer-interface/'));
      expect({ problems, differs, unsaid }).toEqual({ problems: [], differs: [], unsaid: [] });
      // The world owns everything: what the file does not say would go.
      if (undescribed.length > 0) return;
      const before = await world.dump();
      await world.fulfil(adopted.text);
      expect(await world.dump()).toEqual(before);
    } finally {
      await world.end();
    }
  });
  await fc.assert(property, { endOnFailure: true, ...runs('adopted wishes', { short: 20, long: 500 }) });
});
