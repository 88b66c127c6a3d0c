/** The way to the store, as the member's watch and its lease find it. */

import { reasonOf } from '../../thrown.js';
import type { KeptState, WatchState } from '../store/store.js';

export type StoreWayState =
  | { readonly state: 'connecting' }
  | { readonly state: 'there' }
  | { readonly state: 'away' | 'refused'; readonly since: Date; readonly reason: string };

interface Loss {
  readonly state: 'away' | 'refused';
  readonly since: Date;
  readonly reason: string;
}

export class StoreWay {
  private isSeen = false;
  private watchLoss: Loss | undefined;
  private leaseLoss: Loss | undefined;

  constructor(private readonly changed: () => void) {}

  get state(): StoreWayState {
    const losses = [this.watchLoss, this.leaseLoss].filter((loss) => loss !== undefined);
    const [first] = losses.sort((a, b) => a.since.getTime() - b.since.getTime());
    if (first !== undefined) return first;
    return { state: this.isSeen ? 'there' : 'connecting' };
  }

  watch(state: WatchState): void {
    const isLive = state.state === 'live';
    if (isLive) this.isSeen = true;
    this.watchLoss = isLive ? undefined : this.loss(this.watchLoss, state.error);
    this.changed();
  }

  lease(state: KeptState): void {
    this.leaseLoss = state.state === 'kept' ? undefined : this.loss(this.leaseLoss, state.error);
    this.changed();
  }

  refused(error: unknown): void {
    this.watchLoss = { state: 'refused', since: this.watchLoss?.since ?? new Date(), reason: reasonOf(error) };
    this.changed();
  }

  private loss(before: Loss | undefined, error: unknown): Loss {
    return { state: 'away', since: before?.since ?? new Date(), reason: reasonOf(error) };
  }
}
