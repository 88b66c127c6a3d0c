/**
 * How every part of the agent is, in memory: parts push reports or are probed, the board keeps the worst of
 * all with its reasons, and whoever asks is answered at once from what is written here.
 */

import { Observable } from 'rxjs';
import { type ConfigStatus, configReason, NOTHING_WRONG } from './control/config-state.js';
import { Part, type PartState, type PartStatus, rank } from './part.js';

export interface BoardStatus {
  /** The worst of all parts. */
  readonly overall: PartState;
  /** Of every part that is not well, the worst first. */
  readonly reason: string;
  readonly since: Date;
  /** In the order in which they started. */
  readonly parts: readonly PartStatus[];
  readonly details: Readonly<Record<string, unknown>>;
  /** The configuration on disk: while it is not valid, the agent is degraded at best. */
  readonly config: ConfigStatus;
}

export class StatusBoard {
  readonly #parts = new Map<string, Part>();
  readonly #listeners = new Set<(status: BoardStatus) => void>();
  /** Listeners that have thrown: logged once. */
  readonly #faulty = new WeakSet<object>();
  #config = NOTHING_WRONG;
  #status: BoardStatus = {
    ...{ overall: 'init', reason: 'no parts yet', since: new Date(), parts: [], details: {} },
    config: NOTHING_WRONG,
  };

  /** `onFault` is told of what a listener throws, once for each. */
  constructor(readonly onFault: (error: unknown) => void = () => {}) {}

  /** Everything as it is now. */
  get status(): BoardStatus {
    return this.#status;
  }

  /** The present status, then every change. */
  changes(): Observable<BoardStatus> {
    return new Observable((subscriber) => {
      subscriber.next(this.#status);
      return this.subscribe((status) => subscriber.next(status));
    });
  }

  /** Told of every change; gives the function that ends it. */
  subscribe(listener: (status: BoardStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Enters a part. */
  add(part: { readonly name: string; readonly version: string; readonly optional: boolean }): Part {
    const entry = new Part(part, () => this.#refresh());
    this.#parts.set(part.name, entry);
    this.#refresh();
    return entry;
  }

  /** The state of the configuration on disk. */
  configuration(config: ConfigStatus): void {
    this.#config = config;
    this.#refresh();
  }

  #refresh(): void {
    const entries = [...this.#parts.values()];
    const parts = entries.map((entry) => entry.status);
    const details = Object.assign({}, ...entries.map((entry) => entry.details));
    const config = this.#config;
    const found = parts.map(({ name, reason, state, optional }) => ({
      state: optional ? atMostDegraded(state) : state,
      text: `${name}: ${reason}`,
    }));
    if (!config.valid) found.unshift({ state: 'degraded', text: configReason(config) });
    found.sort((a, b) => rank(b.state) - rank(a.state));
    const overall = found[0]?.state ?? 'init';
    const unwell = found.filter(({ state }) => state !== 'ok').map(({ text }) => text);
    const before = this.#status;
    this.#status = {
      overall,
      reason: unwell.length === 0 ? 'all is well' : unwell.join('; '),
      since: overall === before.overall ? before.since : new Date(),
      parts,
      details,
      config,
    };
    for (const listener of [...this.#listeners]) this.#tell(listener);
  }

  /** A listener that throws is its owner's fault: neither the one who reported nor the other listeners suffer. */
  #tell(listener: (status: BoardStatus) => void): void {
    try {
      listener(this.#status);
    } catch (error) {
      if (this.#faulty.has(listener)) return;
      this.#faulty.add(listener);
      this.onFault(error);
    }
  }
}

function atMostDegraded(state: PartState): PartState {
  return rank(state) > rank('degraded') ? 'degraded' : state;
}
