/** Holding back what VPP dies of, on a clock of the test's own. */
import { expect, it } from 'vitest';
import { PoisonGuard } from '../../../src/mux/connection/poison.js';
import type { Exchange } from '../../../src/mux/session/exchange.js';

it('poison: a timer that comes a little early does not refuse what may go in a moment', async () => {
  let now = 0;
  const guard = new PoisonGuard(
    { deaths: 1, withinMs: 100, holdMs: 20 },
    5000,
    () => {},
    () => now,
  );
  guard.died({ requester: { id: 1 }, sentAt: 0, plan: { name: 'create_loopback' } } as Exchange);
  const held = guard.admit('create_loopback');
  now = 19.5;
  setTimeout(() => {
    now = 20;
  }, 25);
  await expect(held).resolves.toBeUndefined();
  expect(guard.admit('create_loopback')).toBeUndefined();
});
