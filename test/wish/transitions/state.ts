/** A VPP that becomes one wish after another. */

import type { Channel, Untyped } from '../../../src/mux/index.js';
import { builtInKinds, carryOut, ownership, planOf, Reconciliation, type Wish } from '../../../src/wish/index.js';
import { canMakeTaps, vppWith } from '../kinds/world.js';
import { wishOf } from '../reconcile/support.js';
import { pictureOf } from './picture.js';

/** The cards of vppcfg's configurations. */
export const CARDS = [
  ...['GigabitEthernet3/0/0', 'GigabitEthernet3/0/1'],
  ...['HundredGigabitEthernet13/0/0', 'HundredGigabitEthernet13/0/1'],
];

const NOTHING = `interfaces:\n${CARDS.map((name) => `  ${name}: { state: down }\n`).join('')}`;

export class State {
  /** The wish before, whose objects are its own. */
  private former: readonly Wish[] = [];

  /** A VPP with nothing but cards. */
  static async empty(): Promise<State> {
    const { channel, socket } = await vppWith(CARDS);
    return new State(channel, socket);
  }

  /** Becomes a wish after it was nothing, and shows what it has. */
  async alone(text: string) {
    await this.become(NOTHING);
    await this.become(text);
    return this.picture(text);
  }

  private constructor(
    readonly channel: Channel<Untyped>,
    readonly socket: string,
  ) {}

  /** Operations that lead to a wish. */
  plan(text: string): Promise<Reconciliation> {
    return this.compare(wishOf(text));
  }

  /** Carries a wish out. Lists what failed, and what is left to do. */
  async become(text: string): Promise<string[]> {
    const wish = wishOf(text);
    const results = await carryOut(this.channel, await this.compare(wish));
    const failed = results.filter(({ outcome }) => outcome !== 'applied');
    const { changes, pending } = planOf(await this.compare(wish));
    this.former = [wish];
    return [
      ...failed.map(({ operation, outcome, error, reason }) => {
        return `${operation.action} ${operation.key} is ${outcome}: ${error?.message ?? reason}`;
      }),
      ...changes.map(({ action, key, before, after }) => {
        return `${action} ${key} is left: ${JSON.stringify(before)} → ${JSON.stringify(after)}`;
      }),
      ...pending.map(({ key, reason }) => `${key} is pending: ${reason}`),
    ];
  }

  canMakeTaps(): Promise<boolean> {
    return canMakeTaps(this.channel);
  }

  picture(text: string) {
    return pictureOf(this.channel, wishOf(text));
  }

  private compare(wish: Wish): Promise<Reconciliation> {
    const question = { kinds: builtInKinds, wish, ...ownership({ kinds: builtInKinds, wish, former: this.former }) };
    return Reconciliation.read(this.channel, question);
  }
}

/** Pairs of neighbours in a tour that goes from each to each exactly once, itself included; the first is from the first to itself. */
export function* everyPair<T>(all: readonly T[]): Generator<readonly [from: T, to: T]> {
  const tour = all.flatMap((each, at) => [each, ...all.slice(at + 1).flatMap((later) => [each, later])]);
  yield [tour[0], tour[0]];
  for (const [at, from] of tour.entries()) yield [from, tour[(at + 1) % tour.length]];
}
