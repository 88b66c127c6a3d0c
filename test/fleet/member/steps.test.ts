/** The way to a wish, step by step, over a store in memory. */

import { expect, it, onTestFinished, vi } from 'vitest';
import { FleetKeys } from '../../../src/fleet/keys.js';
import { AssignedWish } from '../../../src/fleet/member/assigned-wish.js';
import { WishTexts } from '../../../src/fleet/member/wish-texts.js';
import type { Assignment } from '../../../src/fleet/records.js';
import { writeWish } from '../../../src/fleet/wishes.js';
import { FakeCarrier } from './fake-carrier.js';
import { Pairs } from './pairs.js';

const keys = new FleetKeys();

async function world() {
  const { store } = new Pairs();
  const carrier = new FakeCarrier();
  const assigned = new AssignedWish({
    ...{ store, keys, texts: new WishTexts(store, keys), labels: {}, carrier },
    ...{ jitter: async () => {}, log: { info() {}, warn() {} }, changed() {} },
  });
  const ending = new AbortController();
  onTestFinished(() => ending.abort());
  void assigned.run(ending.signal);
  const hear = async (text: string, generation: number, more: Partial<Assignment> = {}) => {
    const sha256 = await writeWish(store, keys, text);
    const value = Buffer.from(JSON.stringify({ generation, wishes: { main: sha256 }, ...more }));
    assigned.hear({ key: keys.assignment('a'), value }, 'change');
  };
  return { carrier, assigned, hear };
}

it('an assignment that comes while another is carried out: is next, and what came between is skipped', async () => {
  const { carrier, assigned, hear } = await world();
  let open = () => {};
  carrier.gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  // The end of the first one does not stand in the way of the third.
  carrier.answers.push({ kind: 'refused', reason: 'of the first one' });
  const apply = vi.spyOn(carrier, 'apply');
  await hear('one', 1);
  await vi.waitFor(() => expect(apply).toHaveBeenCalled());
  expect(assigned.progress).toMatchObject({ generation: 1, outcome: 'applying' });
  await hear('two', 2);
  await hear('three', 3);
  open();
  await vi.waitFor(() => expect(assigned.progress).toMatchObject({ generation: 3, outcome: 'applied' }));
  expect(carrier.done).toEqual(['three']);
});

it('a wish whose withdrawal takes long: is on its way until it has ended', async () => {
  const { carrier, assigned, hear } = await world();
  await hear('one', 1);
  await vi.waitFor(() => expect(assigned.progress).toMatchObject({ generation: 1, outcome: 'applied' }));
  const withdrawn = FakeCarrier.prototype.withdraw;
  let end = () => {};
  const held = new Promise<void>((resolve) => {
    end = resolve;
  });
  const withdraw = vi.spyOn(carrier, 'withdraw').mockImplementation(async () => {
    // The wish is forgotten, and VPP is not yet as before.
    const isBack = await withdrawn.call(carrier);
    await held;
    return isBack;
  });
  assigned.hear(undefined, 'change');
  await vi.waitFor(() => expect(withdraw).toHaveBeenCalled());
  expect(assigned.progress).toMatchObject({ generation: 1, outcome: 'applying' });
  end();
  await vi.waitFor(() => expect(assigned.progress).toEqual({ drift: 0 }));
});
