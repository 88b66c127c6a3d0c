/** A VPP for kinds: the one that VPP_API_SOCKET names, else a mock; with interfaces that stand for cards. */

import { onTestFinished } from 'vitest';
import { type Channel, createConnection, type Untyped } from '../../../src/mux/index.js';
import { carryOut } from '../../../src/wish/index.js';
import { NONE } from '../../../src/wish/kinds/snapshot.js';
import { ownApiDir, testMock } from '../../support/mock.js';
import { addStandIns } from '../../support/stand-ins.js';
import { realSocket } from '../../support/vpp.js';
import { compare } from '../reconcile/support.js';

/** The names of two cards, of a form that all sections take. */
export const [CARD, OTHER_CARD] = ['GigabitEthernet3/0/0', 'GigabitEthernet3/0/1'];

const EMPTY = 'interfaces: {}\n';

/** A channel to a VPP that has nothing but two cards. */
export async function channelToVpp(): Promise<Channel<Untyped>> {
  return (await vppWith([CARD, OTHER_CARD])).channel;
}

/** A VPP that has nothing but these cards. The real one has nothing any more after the test. */
export async function vppWith(cards: readonly string[]): Promise<{ channel: Channel<Untyped>; socket: string }> {
  const isReal = realSocket !== undefined;
  const socket = realSocket ?? (await mockWith(cards));
  const apiDir = process.env.VPP_API_DIR ?? ownApiDir;
  const vpp = createConnection({ socket, apiDir, cacheDir: false, health: { probe: false } });
  onTestFinished(() => vpp.close());
  await vpp.ready();
  const channel = vpp.channel();
  if (isReal) await standIns(channel, cards);
  return { channel, socket };
}

async function mockWith(cards: readonly string[]): Promise<string> {
  const mock = await testMock({ setup: (dataplane) => void cards.map((name) => dataplane.addPhysical(name)) });
  return mock.socket;
}

/** Names stand-ins for cards, and takes them away with all else after the test. */
async function standIns(channel: Channel<Untyped>, cards: readonly string[]): Promise<void> {
  const remove = await addStandIns(channel, cards);
  onTestFinished(async () => {
    await carryOut(channel, await compare(channel, EMPTY));
    await remove();
  });
}

/** The number of an interface. */
export async function indexOf(channel: Channel<Untyped>, name: string): Promise<number> {
  const all = await channel.dump('sw_interface_dump', { sw_if_index: NONE }).toArray();
  const found = all.find(({ interface_name }) => interface_name === name);
  if (found === undefined) throw new Error(`VPP has no interface ${name}`);
  return found.sw_if_index as number;
}

/** Whether a VPP can make taps: it needs devices of Linux's kernel. */
export async function canMakeTaps(channel: Channel<Untyped>): Promise<boolean> {
  if (realSocket === undefined) return true;
  const made = await channel.request('tap_create_v3', { id: NONE, use_random_mac: true }).catch(() => undefined);
  if (made !== undefined) await channel.request('tap_delete_v2', { sw_if_index: made.sw_if_index });
  return made !== undefined;
}
