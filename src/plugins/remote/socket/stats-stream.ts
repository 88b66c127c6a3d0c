/**
 * Counters at an interval for a client, read by the operation `stats.dump`: the next reading is made when its credit and the network
 * let it go out, and when its caller has a call left for it.
 */

import { setTimeout as sleep } from 'node:timers/promises';
import { isFault, type OperationsClient } from '../../../sdk/index.js';
import type { Credit } from './credit.js';
import type { Link } from './link.js';
import { type OpenStream, type StreamEnd, Wakeup } from './stream.js';

const INTERVAL_MS = 1000;

export interface StatsStreamOptions {
  readonly operations: OperationsClient;
  /** Counts a call of its caller, and gives the milliseconds until it may come. */
  readonly calls: () => number;
  readonly patterns: readonly string[];
  readonly interval: number | undefined;
  readonly link: Link;
  readonly credit: Credit;
  readonly end: StreamEnd;
}

/** The part of an output of `stats.dump` that is used. */
interface Reading {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly entries: readonly unknown[];
}

export class StatsStream implements OpenStream {
  private readonly options: StatsStreamOptions;
  private readonly abort = new AbortController();
  private readonly wakeup = new Wakeup();
  private before: Reading | undefined;

  constructor(options: StatsStreamOptions) {
    this.options = options;
    void this.run();
  }

  credit(count: number): void {
    this.options.credit.add(count);
    this.wakeup.wake();
  }

  end(): void {
    this.abort.abort();
    this.wakeup.wake();
  }

  private async run(): Promise<void> {
    const { interval = INTERVAL_MS, end } = this.options;
    const { signal } = this.abort;
    try {
      while (await this.hasRoom()) {
        const wait = this.options.calls();
        if (wait > 0) await sleep(wait, undefined, { signal });
        const begun = performance.now();
        const reading = await this.read();
        if (signal.aborted) return;
        if (reading !== undefined) this.send(reading);
        await sleep(interval - (performance.now() - begun), undefined, { signal });
      }
    } catch (error) {
      if (!signal.aborted) end.fail(error);
    }
  }

  /** Undefined while VPP is away; one that never was there is an error. */
  private async read(): Promise<Reading | undefined> {
    const { operations, patterns } = this.options;
    try {
      return (await operations.call('stats.dump', { patterns }, { signal: this.abort.signal })) as Reading;
    } catch (error) {
      if (this.before !== undefined && isFault(error) && AWAY.has(error.code)) return undefined;
      throw error;
    }
  }

  private send(reading: Reading): void {
    const { link, credit, end } = this.options;
    const seconds = this.before === undefined ? 0 : (reading.at - this.before.at) / 1000;
    this.before = reading;
    credit.spend(1);
    link.send({ type: 'stats', id: end.id, seconds, entries: reading.entries });
  }

  /** Resolves when a reading may go out: false when none is wanted any more. */
  private async hasRoom(): Promise<boolean> {
    const { link, credit } = this.options;
    while (!this.abort.signal.aborted && (credit.left === 0 || link.isFull)) {
      if (link.isFull) link.whenRoom(this.wakeup.wake);
      await this.wakeup.wait();
    }
    return !this.abort.signal.aborted;
  }
}

/** Codes of `stats.dump` while VPP or its counters are not there. */
const AWAY: ReadonlySet<string> = new Set(['ENOTCONN', 'EAGAIN']);
