/** A message that kills VPP: after two deaths it is held back, with the reason; everything else goes on. */
import { describe, expect, it } from 'vitest';
import { world } from '../support/world.js';

const poison = { holdMs: 400 };

/** A VPP that dies of every show_version, and comes back. */
async function fragile(options: { poison?: boolean | typeof poison }) {
  const lines: string[] = [];
  const log = (_level: string, message: string) => lines.push(message);
  const { mock, connection } = await world({ ...options, log, health: { probe: false } });
  mock.handle('create_loopback', () => {
    setImmediate(() => mock.kill());
    return undefined;
  });
  const ch = connection.channel();
  const die = async () => {
    const generation = connection.status.generation;
    await expect(ch.request('create_loopback')).rejects.toMatchObject({ code: 'CONNECTION_LOST', outcome: 'unknown' });
    await mock.start();
    await expect.poll(() => connection.status).toMatchObject({ state: 'ready', generation: generation + 1 });
  };
  return { mock, ch, die, lines };
}

describe('poison', () => {
  it('the third try: is held back and says why; other messages are not; after a while it may try again', async () => {
    const { mock, ch, die, lines } = await fragile({ poison });
    await die();
    await die();
    mock.forget();
    const third = ch.request('create_loopback', {}, { timeoutMs: 50 });
    await expect(third).rejects.toMatchObject({
      code: 'POISONED',
      outcome: 'not-sent',
      message: expect.stringMatching(
        /create_loopback is held back for another .* s: VPP died 2 times within 100 ms of it/,
      ),
    });
    await expect(ch.dump('sw_interface_dump').toArray()).resolves.toHaveLength(1);
    expect(mock.received('create_loopback')).toBe(0);
    expect(lines.filter((line) => line.includes('held back')).length).toBe(1);
    mock.handle('create_loopback', () => ({ sw_if_index: 7 }));
    await expect(ch.request('create_loopback')).resolves.toMatchObject({ sw_if_index: 7 });
  });

  it('an abort while it waits: ABORTED, not sent', async () => {
    const { ch, die } = await fragile({ poison });
    await die();
    await die();
    const leave = new AbortController();
    const waiting = ch.request('create_loopback', {}, { signal: leave.signal });
    leave.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'ABORTED', outcome: 'not-sent' });
  });

  it('without the option: nothing is held back', async () => {
    const { die } = await fragile({});
    for (let i = 0; i < 3; i++) await die();
  });
});
