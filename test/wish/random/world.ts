/** A VPP of its own with three cards, and wishes carried out there; also by a channel that breaks at a step. */

import { expect } from 'vitest';
import { startMock } from '../../../mock-vpp/index.js';
import { type Channel, ConnectionError, createConnection, TimeoutError, type Untyped } from '../../../src/mux/index.js';
import { builtInKinds, carryOut, Inventory, planOf, VppSnapshot } from '../../../src/wish/index.js';
import { socketPath } from '../../support/mock.js';
import { addStandIns } from '../../support/stand-ins.js';
import { withoutTaps } from '../../support/without-taps.js';
import { compare } from '../reconcile/support.js';
import { CARDS, wishes } from './wishes.js';

type VppChannel = Channel<Untyped>;

/** Rounds in which a wish has to be true when nothing breaks any more. */
const ROUNDS = 3;

/** VPPs without any configuration, at least two, of which each world takes one; none: each has a mock. */
const free = (process.env.VPP_API_SOCKETS ?? '').split(',').filter((socket) => socket !== '');
const isReal = free.length > 0;

const EMPTY = 'interfaces: {}\n';

/** Random wishes for these worlds: a VPP in a container makes no taps. */
export const wishesHere = isReal ? wishes.map(withoutTaps) : wishes;

export class World {
  static start(): Promise<World> {
    return isReal ? World.onVpp() : World.onMock();
  }

  private static async onMock(): Promise<World> {
    const setup = (dataplane: { addPhysical(name: string): number }) => {
      for (const name of CARDS) dataplane.addPhysical(name);
    };
    const mock = await startMock({ socket: socketPath(), setup });
    const { vpp, channel } = await opened(mock.socket);
    return new World(channel, async () => {
      await vpp.close();
      await mock.stop();
    });
  }

  private static async onVpp(): Promise<World> {
    const socket = free.pop();
    if (socket === undefined) throw new Error('VPP_API_SOCKETS names too few: two worlds are compared with each other');
    const { vpp, channel } = await opened(socket);
    const removeCards = await addStandIns(channel, CARDS);
    const world = new World(channel, async () => {
      await carryOut(channel, await compare(channel, EMPTY));
      await removeCards();
      await vpp.close();
      free.push(socket);
    });
    return world;
  }

  private constructor(
    readonly channel: VppChannel,
    readonly end: () => Promise<void>,
  ) {}

  /** Carries a wish out, and expects that each operation succeeds and nothing is left to do. */
  async fulfil(text: string): Promise<void> {
    const reconciliation = await compare(this.channel, text);
    expect(reconciliation.pending).toEqual([]);
    const results = await carryOut(this.channel, reconciliation);
    const failed = results.filter(({ outcome }) => outcome !== 'applied');
    expect(failed.map(({ operation, error, reason }) => [operation.key, error?.message ?? reason])).toEqual([]);
    expect(await this.due(text)).toEqual([]);
  }

  /** Carries a wish out by a channel that breaks; returns how many requests there were. */
  async tryWith(text: string, broken: BrokenChannel): Promise<number> {
    await carryOut(broken.channel, await compare(this.channel, text), { window: 8 });
    return broken.requests;
  }

  /** Carries a wish out as often as it takes, within few rounds. */
  async converge(text: string): Promise<void> {
    for (let round = 0; round < ROUNDS; round++) {
      if ((await this.due(text)).length === 0) return;
      await carryOut(this.channel, await compare(this.channel, text));
    }
    expect(await this.due(text)).toEqual([]);
  }

  private async due(text: string): Promise<string[]> {
    return planOf(await compare(this.channel, text)).changes.map(({ action, key }) => `${action} ${key}`);
  }

  /** Everything that VPP has and a wish could delete, without its numbers. Settings are compared when nothing is due. */
  async dump(): Promise<object> {
    const { objects } = await Inventory.read(await VppSnapshot.read(this.channel), builtInKinds);
    const deletable = [...objects.values()].filter(({ kind }) => kind.remove !== undefined);
    return Object.fromEntries(deletable.map(({ key, value }) => [key, value]).sort());
  }
}

async function opened(socket: string) {
  const vpp = createConnection({ socket, cacheDir: false, health: { probe: false } });
  await vpp.ready();
  return { vpp, channel: vpp.channel() };
}

/**
 * `answer lost`: VPP has carried it out, and the answer never comes. `request lost`: VPP never got it, which nobody knows. `cut`: nothing is
 * sent any more from then on.
 */
export type Break = 'answer lost' | 'request lost' | 'cut';

/** A channel whose request number `at` (from 0) breaks. */
export class BrokenChannel {
  requests = 0;
  readonly channel: VppChannel;

  constructor(
    inner: VppChannel,
    private readonly at: number,
    private readonly how: Break,
  ) {
    this.channel = { ...forwarding(inner), request: (name, ...given) => this.request(inner, name, given as []) };
  }

  private async request(inner: VppChannel, name: string, given: []): Promise<never> {
    const number = this.requests++;
    if (this.how === 'cut' && number >= this.at) {
      throw new ConnectionError('NOT_CONNECTED', `${name}: no connection`, { outcome: 'not-sent' });
    }
    if (number !== this.at) return (await inner.request(name, ...given)) as never;
    if (this.how === 'answer lost') await inner.request(name, ...given).catch(() => {});
    throw new TimeoutError('REPLY_TIMEOUT', `${name}: no answer`, { outcome: 'unknown' });
  }
}

function forwarding(inner: VppChannel): VppChannel {
  return {
    id: inner.id,
    closed: false,
    has: (name) => inner.has(name),
    request: (name, ...given) => inner.request(name, ...given),
    dump: (name, ...given) => inner.dump(name, ...given),
    events: (...given) => inner.events(...given),
    close: () => inner.close(),
  };
}
