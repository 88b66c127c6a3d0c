/** The wishes that are kept, and what carries them out: read when they are first needed, and again 5 s later where that fails. */

import { fault, type Log, reasonOf } from '../../sdk/index.js';
import type { Agenda } from './agenda.js';
import { Carrier } from './carrier.js';
import type { Clock } from './clock.js';
import type { DesiredStateConfig } from './config.js';
import type { KindsInUse } from './kinds-in-use.js';
import type { Store } from './store/store.js';
import { WishKeeper } from './wish-keeper.js';

export interface KeptWishesParts {
  /** Opens what is kept. Rejects with EIO; with EBUSY while another agent has it. */
  readonly open: () => Promise<Store>;
  /** Keeps other agents out, before the first wish; returns whether they were not kept out yet. Throws EBUSY. */
  readonly claim: () => boolean;
  readonly kinds: KindsInUse;
  readonly clock: Clock;
  readonly config: () => DesiredStateConfig;
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>;
}

export interface Opened {
  readonly keeper: WishKeeper;
  readonly carrier: Carrier;
}

export interface KeptWishesOptions extends KeptWishesParts {
  readonly agenda: Agenda;
  /** The agent ends. */
  readonly ending: AbortSignal;
  /** Takes an unconfirmed wish back, of what is open by then. */
  readonly takeBack: (reason: string) => Promise<void>;
}

export class KeptWishes {
  /** Why nothing can be done: what is kept cannot be read. */
  failure: string | undefined;
  private present: Opened | undefined;
  private beginning: Promise<void> | undefined;

  constructor(private readonly options: KeptWishesOptions) {}

  /** Undefined until they have been read. */
  get opened(): Opened | undefined {
    return this.present;
  }

  /** The wishes that are kept, once they have been read. Rejects with EIO and EBUSY. */
  async ready(): Promise<Opened> {
    if (this.present === undefined) await this.begin();
    if (this.present === undefined) throw fault('EIO', this.failure ?? 'the wishes cannot be read');
    return this.present;
  }

  /** The same, with other agents kept out. Rejects with EIO and EBUSY. */
  async claimed(): Promise<Opened> {
    // Another agent may have been at it since it was read.
    if (this.options.claim()) this.present = undefined;
    return this.ready();
  }

  /** Reads them. All who need it wait for the same reading: each of two would have a state of its own. Never rejects. */
  async begin(): Promise<void> {
    if (this.present !== undefined) return;
    this.beginning ??= this.open().finally(() => {
      this.beginning = undefined;
    });
    await this.beginning;
  }

  private async open(): Promise<void> {
    const { agenda, log, takeBack } = this.options;
    agenda.opening();
    try {
      const store = await this.openStore();
      const opened = this.openedOf(store);
      const { keeper } = opened;
      this.present = opened;
      this.failure = undefined;
      if (store.state.unconfirmed !== undefined) await takeBack('the agent ended before it was confirmed');
      else await keeper.load();
      const { present } = keeper;
      if (present !== undefined) log.info(`the present wish is ${present.revision}, of ${present.at}`);
      agenda.checkNow();
    } catch (error) {
      this.failure = reasonOf(error);
      log.error(`wishes are not carried out: ${this.failure}`);
      if (this.present?.keeper.present === undefined) this.present = undefined;
      agenda.openAgain();
    }
  }

  private async openStore(): Promise<Store> {
    const { open, claim } = this.options;
    const store = await open();
    // Another agent, which ends just now, may have written since it was read.
    return store.state.present !== undefined && claim() ? open() : store;
  }

  private openedOf(store: Store): Opened {
    const { kinds, clock, config, log, ending } = this.options;
    const keeper = new WishKeeper(store, kinds, clock, ending);
    return { keeper, carrier: new Carrier({ keeper, kinds, clock, config, log }) };
  }
}
