/**
 * The state of every part of the agent, in memory: parts report or are probed, the board keeps the worst state of all with
 * its reasons, and every reader is answered immediately from memory.
 */

import { Observable } from 'rxjs';
import { type ConfigStatus, configReason, NOTHING_WRONG } from '../config/config-state.js';
import { type PartState, rank } from './report.js';
import { sectionsOf } from './sections.js';
import { type Part, type PartStatus, StatusEntry } from './status-entry.js';

export interface BoardStatus {
  /** The worst of all parts. */
  readonly overall: PartState;
  /** Reasons of all parts that are not ok, the worst first. */
  readonly reason: string;
  readonly since: Date;
  /** In the order in which they started. */
  readonly parts: readonly PartStatus[];
  readonly details: Readonly<Record<string, unknown>>;
  /** State of the configuration on disk: while it is not valid, the agent is degraded at best. */
  readonly config: ConfigStatus;
}

export class StatusBoard {
  private readonly parts = new Map<string, StatusEntry>();
  private readonly listeners = new Set<(status: BoardStatus) => void>();
  /** Listeners that have thrown, which is logged once. */
  private readonly faulty = new WeakSet<object>();
  private configStatus = NOTHING_WRONG;
  private latest: BoardStatus = {
    ...{ overall: 'init', reason: 'no parts yet', since: new Date(), parts: [], details: {} },
    config: NOTHING_WRONG,
  };

  /** `onFault` is called with a listener's error, once for each listener. */
  constructor(readonly onFault: (error: unknown) => void = () => {}) {}

  /** The current status. */
  get status(): BoardStatus {
    return this.latest;
  }

  /** Emits the current status, then every change. */
  changes(): Observable<BoardStatus> {
    return new Observable((subscriber) => {
      subscriber.next(this.latest);
      return this.subscribe((status) => subscriber.next(status));
    });
  }

  /** Calls `listener` with every change; returns the function that ends it. */
  subscribe(listener: (status: BoardStatus) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Adds a part. */
  add(part: Part): StatusEntry {
    const entry = new StatusEntry(part, () => this.refresh());
    this.parts.set(part.name, entry);
    this.refresh();
    return entry;
  }

  /** Sets the state of the configuration on disk. */
  configuration(config: ConfigStatus): void {
    this.configStatus = config;
    this.refresh();
  }

  private refresh(): void {
    const entries = [...this.parts.values()];
    const parts = entries.map((entry) => entry.status);
    const details = sectionsOf(entries);
    const config = this.configStatus;
    const found = parts.map(({ name, reason, state, optional }) => ({
      state: optional ? atMostDegraded(state) : state,
      text: `${name}: ${reason}`,
    }));
    if (!config.valid) found.unshift({ state: 'degraded', text: configReason(config) });
    found.sort((a, b) => rank(b.state) - rank(a.state));
    const overall = found[0]?.state ?? 'init';
    const notOk = found.filter(({ state }) => state !== 'ok').map(({ text }) => text);
    const before = this.latest;
    this.latest = {
      overall,
      reason: notOk.length === 0 ? 'all is well' : notOk.join('; '),
      since: overall === before.overall ? before.since : new Date(),
      parts,
      details,
      config,
    };
    for (const listener of [...this.listeners]) this.notify(listener);
  }

  /** Keeps a listener's error from the reporter and from the other listeners. */
  private notify(listener: (status: BoardStatus) => void): void {
    try {
      listener(this.latest);
    } catch (error) {
      if (this.faulty.has(listener)) return;
      this.faulty.add(listener);
      this.onFault(error);
    }
  }
}

function atMostDegraded(state: PartState): PartState {
  return rank(state) > rank('degraded') ? 'degraded' : state;
}
