/** Wishes with an origin: what is known of it after a restart, when it ends, and what takes their place. */

import { describe, expect, it, vi } from 'vitest';
import { fits } from '../../../src/glob.js';
import { wishService } from '../../../src/plugins/desired-state/wish-service.js';
import { FakeDisk } from './fake-disk.js';
import { world } from './world.js';

const OWN = 'loopbacks:\n  loop7: {}\n';
const A = 'loopbacks:\n  loop1: {}\n';
const B = 'loopbacks:\n  loop2: {}\n';
const by = 'fleet';

type World = Awaited<ReturnType<typeof world>>;

const serviceOf = ({ controller, sessions }: World) =>
  wishService(controller, sessions, (error) => {
    throw error;
  });

async function loopbacks({ vpp }: World): Promise<string[]> {
  const channel = vpp.channel();
  const all = await channel.dump('sw_interface_dump', { sw_if_index: 0xffffffff }).toArray();
  channel.close();
  return all.map(({ interface_name }) => interface_name as string).filter((name) => fits('loop*', name));
}

describe('the origin of a wish', () => {
  it('is known after a restart of the agent, with its end', async () => {
    const disk = new FakeDisk();
    const made = await world({ disk });
    const wishes = serviceOf(made);
    await wishes.apply(A, { by, origin: '1' });
    expect(wishes.status).toMatchObject({ state: 'applied', origin: { text: '1' }, isUnconfirmed: false });
    await wishes.apply(B, { by, origin: '2', confirm: 60 });
    expect(wishes.status).toMatchObject({ origin: { text: '2' }, isUnconfirmed: true });
    await made.end();

    const again = await world({ disk, mock: made.mock });
    expect(serviceOf(again).status).toMatchObject({
      ...{ origin: { text: '2', end: 'taken-back' }, isUnconfirmed: false, revision: 2 },
    });
    expect(await loopbacks(again)).toEqual(['loop1']);
  });

  it('a wish that is not confirmed in time: is taken back, and listeners hear of it', async () => {
    const made = await world();
    const wishes = serviceOf(made);
    await wishes.apply(A, { by, origin: '1', confirm: 60 });
    expect(await loopbacks(made)).toEqual(['loop1']);
    await made.pass(60_000);
    expect(wishes.status.origin).toEqual({ text: '1', end: 'taken-back' });
    // VPP as it was before the first wish.
    expect(await loopbacks(made)).toEqual([]);
  });

  it('a wish without origin: replaces it, and is the one to return to from the next', async () => {
    const made = await world();
    const wishes = serviceOf(made);
    await wishes.apply(A, { by, origin: '1' });
    await made.controller.apply(OWN, { by: 'admin' });
    expect(wishes.status.origin).toEqual({ text: '1', end: 'replaced' });
    await wishes.apply(B, { by, origin: '2' });
    expect(wishes.status.origin).toEqual({ text: '2' });
    expect(await wishes.withdraw(by)).toBe(true);
    expect(wishes.status.origin).toBeUndefined();
    expect(await loopbacks(made)).toEqual(['loop7']);
  });

  it('a wish without origin that is taken back: leaves the one before as the present one', async () => {
    const made = await world();
    const wishes = serviceOf(made);
    await wishes.apply(A, { by, origin: '1' });
    await made.controller.apply(OWN, { by: 'admin', confirm: 60 });
    await made.pass(60_000);
    expect(wishes.status.origin).toEqual({ text: '1' });
  });

  it('withdrawn: the wish from before its first one takes its place', async () => {
    const made = await world();
    const wishes = serviceOf(made);
    await made.controller.apply(OWN, { by: 'admin' });
    await wishes.apply(A, { by, origin: '1' });
    await wishes.apply(B, { by, origin: '2', confirm: 60 });
    expect(await wishes.withdraw(by)).toBe(true);
    expect(await loopbacks(made)).toEqual(['loop7']);
    expect(wishes.status).toMatchObject({ state: 'applied', isUnconfirmed: false });
    expect(await wishes.withdraw(by)).toBe(true);
  });

  it('withdrawn, no wish before it: VPP is again as it was', async () => {
    const made = await world();
    const channel = made.vpp.channel();
    await channel.request('create_loopback_instance', { is_specified: true, user_instance: 9 });
    channel.close();
    const wishes = serviceOf(made);
    await wishes.apply(A, { by, origin: '1' });
    expect(await loopbacks(made)).toEqual(['loop1']);
    expect(await wishes.withdraw(by)).toBe(true);
    expect(await loopbacks(made)).toEqual(['loop9']);
  });

  it('VPP away and no wish before: is put off, since there would be none to return to', async () => {
    const made = await world();
    const gone = made.sessions.present;
    await made.mock.stop();
    await vi.waitFor(() => expect(made.sessions.present).not.toBe(gone));
    const wishes = serviceOf(made);
    await expect(wishes.apply(A, { by, origin: '1' })).rejects.toMatchObject({ code: 'ENOTCONN' });
    await expect(wishes.apply(A, { by, origin: '1', confirm: 60 })).rejects.toMatchObject({ code: 'ENOTCONN' });
    expect(wishes.status).toMatchObject({ state: 'none' });
  });
});
