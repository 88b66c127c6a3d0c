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
  readonly wayBack: {
    /** Puts the confirmed wish in the place of the unconfirmed one. Rejects where it cannot be read. */
    put(opened: Opened, reason: string): Promise<void>;
    /** Carries it out. Never rejects. */
    carryOut(opened: Opened): Promise<void>;
  };
}

/** Everything that opens them is called in the controller's sequence: a wish that was applied meanwhile would be replaced by the one that is read. */
export class KeptWishes {
  /** Why nothing can be done: what is kept cannot be read. */
  failure: string | undefined;
  private present: Opened | undefined;
  private reading: Promise<boolean> | undefined;

  constructor(private readonly options: KeptWishesOptions) {}

  /** Undefined until they have been read, the present wish too. */
  get opened(): Opened | undefined {
    return this.present;
  }

  get isReading(): boolean {
    return this.reading !== undefined;
  }

  /** The wishes that are kept, once they have been read. Rejects with EIO and EBUSY, and with ENOTCONN when the agent ends before. */
  async ready(): Promise<Opened> {
    if (this.present === undefined) await this.begin();
    if (this.present === undefined) this.options.ending.throwIfAborted();
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
    if (this.reading !== undefined) return void (await this.reading);
    this.reading = this.open();
    const isPutBack = await this.reading;
    this.reading = undefined;
    const { opened } = this;
    if (isPutBack && opened !== undefined) await this.options.wayBack.carryOut(opened);
  }

  /** Whether a wish was put back, which has to be carried out. Never rejects. */
  private async open(): Promise<boolean> {
    const { agenda, log, wayBack, ending } = this.options;
    agenda.opening();
    try {
      const store = await this.openStore();
      const opened = this.openedOf(store);
      const { keeper } = opened;
      const isUnconfirmed = store.state.unconfirmed !== undefined;
      await (isUnconfirmed ? wayBack.put(opened, 'the agent ended before it was confirmed') : keeper.load());
      this.present = opened;
      this.failure = undefined;
      const { present } = keeper;
      if (present !== undefined) log.info(`the present wish is ${present.revision}, of ${present.at}`);
      agenda.checkNow();
      return isUnconfirmed;
    } catch (error) {
      if (ending.aborted) return false;
      this.failure = reasonOf(error);
      log.error(`wishes are not carried out: ${this.failure}`);
      agenda.openAgain();
      return false;
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
