/** VPP as it is against a wish: the operations that are due, in order, and what cannot be done. Nothing is sent but dumps. */

import type { Channel, Untyped } from '../../mux/index.js';
import type { Steps } from '../../slices.js';
import type { Kind, References } from '../kinds/kind.js';
import { VppSnapshot } from '../kinds/snapshot.js';
import type { Wish } from '../wish.js';
import { differences } from './differences.js';
import { type FoundObject, Inventory, keysOf } from './inventory.js';
import { type Pending, type WantedObject, wantedObjects } from './operation.js';
import { inOrder, type Order } from './order.js';
import { type Messages, ShownReferences } from './references.js';

export interface Question {
  /** In the order in which independent objects are created. */
  readonly kinds: readonly Kind[];
  readonly wish: Wish;
  /** Whether an object that the wish does not ask for may be deleted: `ownership` makes it. */
  readonly owns: (found: FoundObject, inventory: Inventory) => boolean;
  /** Whether a large kind may have objects that `owns` owns. Default: none. */
  readonly reads?: (kind: Kind) => boolean;
  /** Wishes that were carried out before. Default: none. */
  readonly former?: readonly Wish[];
  /** Ends the reading of VPP: it rejects with `ABORTED`. */
  readonly signal?: AbortSignal;
}

export class Reconciliation {
  /** Rejects where the connection fails, or VPP does not answer. */
  static async read(channel: Channel<Untyped>, question: Question): Promise<Reconciliation> {
    const { kinds, wish, reads = () => false, former = [], signal } = question;
    const { all: wanted, kinds: wantedKinds } = await wantedObjects(kinds, wish);
    const later = kinds.filter((kind) => kind.isLarge && !wantedKinds.has(kind) && !reads(kind));
    const asked = (kind: Kind) => [wish, ...former].flatMap((each) => [...kind.wanted(each)]);
    const snapshot = await VppSnapshot.read(channel, signal);
    const inventory = await Inventory.read(
      snapshot,
      kinds.filter((kind) => !later.includes(kind)),
      asked,
    );
    let found = await differences(inventory, { wanted, owns: question.owns });
    if (later.length > 0 && found.operations.some(({ action, kind }) => action === 'delete' && kind.family)) {
      await inventory.add(snapshot, later, asked);
      found = await differences(inventory, { wanted, owns: question.owns });
    }
    const order = await inOrder(found.operations, new Map(kinds.map((kind, rank) => [kind, rank])));
    // Not the snapshot's own: it holds all that was read.
    const newest: Messages['newest'] = (...names) => names.find((name) => channel.has(name) === true) ?? names[0];
    const definition: Messages['definition'] = (name) => channel.schema?.find(name);
    return new Reconciliation(inventory, wanted, order, found.pending, newest, definition);
  }

  private constructor(
    readonly inventory: Inventory,
    readonly wanted: ReadonlyMap<string, WantedObject>,
    readonly order: Order,
    readonly pending: readonly Pending[],
    readonly newest: Messages['newest'],
    readonly definition: Messages['definition'],
  ) {}

  /** Operations that are due. */
  get size(): number {
    return this.order.first.length + this.order.second.length;
  }

  /** Numbers for messages that are shown and not sent. */
  *shownReferences(): Steps<References> {
    const comes = new Set<string>();
    for (const { operation } of this.order.second) {
      if (operation.action === 'create') for (const key of keysOf(operation)) comes.add(key);
      yield;
    }
    return new ShownReferences(this.inventory.indexes, comes, this);
  }
}
