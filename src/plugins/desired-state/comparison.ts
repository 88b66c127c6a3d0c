/** VPP as it is against a wish. */

import {
  type Kind,
  type Operation,
  type Owner,
  ownershipAsync,
  Reconciliation,
  type Unmanaged,
  type Wish,
} from '../../wish/index.js';
import type { KindsInUse } from './kinds-in-use.js';
import type { VppSession } from './vpp-sessions.js';

export interface Question {
  readonly wish: Wish;
  /** Wishes whose objects VPP may have. */
  readonly former: readonly Wish[];
  readonly unmanaged: Unmanaged;
  readonly signal?: AbortSignal;
}

export class Comparison {
  /** Reads VPP. Rejects where the connection fails, or VPP does not answer. */
  static async read(session: VppSession, kinds: KindsInUse, question: Question): Promise<Comparison> {
    kinds.clearFaults();
    const { list } = kinds;
    const owner = await ownershipAsync({ kinds: list, ...question });
    const channel = session.channel('read');
    try {
      const reconciliation = await Reconciliation.read(channel, {
        ...{ kinds: list, wish: question.wish, signal: question.signal },
        owns: (found, inventory) => !kinds.isFaulty(found.kind) && owner.owns(found, inventory),
        reads: (kind: Kind) => owner.reads(kind),
        former: owner.former,
      });
      return new Comparison(session, reconciliation, owner);
    } finally {
      channel.close();
    }
  }

  private constructor(
    readonly session: VppSession,
    readonly reconciliation: Reconciliation,
    private readonly owner: Owner,
  ) {}

  get operations(): readonly Operation[] {
    const { first, second } = this.reconciliation.order;
    return [...first, ...second].map(({ operation }) => operation);
  }

  /** Objects that would be deleted, those that are created anew included. */
  get deletions(): number {
    return this.reconciliation.order.first.filter(({ operation }) => operation.action === 'delete').length;
  }

  /** Whether others look after the object of an operation. */
  isForeign({ before, after, kind, key, name }: Operation): boolean {
    const { inventory } = this.reconciliation;
    const object = before ?? after;
    return object !== undefined && this.owner.isUnmanaged({ ...object, kind, key, name }, inventory);
  }
}
