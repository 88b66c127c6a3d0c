/** A VPP for kinds: the one that VPP_API_SOCKET names, else a mock; with interfaces that stand for cards. */

import { onTestFinished } from 'vitest';
import { type Channel, createConnection, type Untyped } from '../../../src/mux/index.js';
import { carryOut } from '../../../src/wish/index.js';
import { NONE } from '../../../src/wish/kinds/snapshot.js';
import { ownApiDir, testMock } from '../../support/mock.js';
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

/** Interfaces with the names of cards: of Linux's `card0`, `card1`, … where VPP finds them, else of the packet generator. */
async function standIns(channel: Channel<Untyped>, cards: readonly string[]): Promise<void> {
  for (const [id, name] of cards.entries()) {
    const { sw_if_index } = await hostInterface(channel, `card${id}`).catch(() => generator(channel, id));
    await channel.request('sw_interface_set_interface_name', { sw_if_index, name });
  }
  onTestFinished(async () => void (await carryOut(channel, await compare(channel, EMPTY))));
}

const ETHERNET = 1;

async function hostInterface(channel: Channel<Untyped>, host_if_name: string) {
  const made = await channel.request('af_packet_create_v3', { host_if_name, mode: ETHERNET, use_random_hw_addr: true });
  onTestFinished(async () => void (await channel.request('af_packet_delete', { host_if_name })));
  return made;
}

async function generator(channel: Channel<Untyped>, interface_id: number) {
  const made = await channel.request('pg_create_interface_v3', { interface_id });
  onTestFinished(async () => void (await channel.request('pg_delete_interface', { sw_if_index: made.sw_if_index })));
  return made;
}

/** Whether a VPP can make taps: it needs devices of Linux's kernel. */
export async function canMakeTaps(channel: Channel<Untyped>): Promise<boolean> {
  if (realSocket === undefined) return true;
  const made = await channel.request('tap_create_v3', { id: NONE, use_random_mac: true }).catch(() => undefined);
  if (made !== undefined) await channel.request('tap_delete_v2', { sw_if_index: made.sw_if_index });
  return made !== undefined;
}
