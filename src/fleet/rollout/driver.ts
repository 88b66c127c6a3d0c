/**
 * Drives roll-outs: waits for the lock, and takes each generation from where it stands to its end. Every write carries the lock's fence
 * and the state's revision, so that one that has lost the lock, or has not heard of what a person asks for, writes nothing.
 */

import { firstAbort } from '../../abort.js';
import { backoffDelay } from '../../backoff.js';
import { pause } from '../../pause.js';
import { reasonOf } from '../../thrown.js';
import type { StoreLock } from '../store/store.js';
import type { DriverEvent, DriverOptions } from './driver-options.js';
import { dropOldGenerations } from './drop-old.js';
import { latestOf, readLatest } from './read-records.js';
import { Rollout } from './rollout.js';

const BACKOFF = { delayMs: 200, maxDelayMs: 2000 };

export class Driver {
  private isLeading = false;

  constructor(private readonly options: DriverOptions) {}

  /** Resolves when the signal is aborted, or the generation of `until` is over. The lock is given back. */
  async run(signal: AbortSignal): Promise<void> {
    const { store, keys, name, ttlSeconds } = this.options;
    for (let failures = 0; !signal.aborted; ) {
      let lock: StoreLock | undefined;
      try {
        lock = await store.lock(keys.driver, { value: name, signal, ...(ttlSeconds !== undefined && { ttlSeconds }) });
        const both = firstAbort([signal, lock.signal]);
        const isDone = await this.lead(lock, both.signal).finally(both.forget);
        if (isDone) return;
        failures = 0;
      } catch (error) {
        if (signal.aborted) return;
        failures++;
        this.tell({ kind: 'trouble', reason: reasonOf(error) });
      } finally {
        if (lock !== undefined) {
          await lock.release();
          if (this.isLeading) this.tell({ kind: 'left' });
          this.isLeading = false;
        }
      }
      await pause(backoffDelay(Math.max(1, failures), BACKOFF), signal);
    }
  }

  /** True where the generation of `until` is over; false where it was ended. */
  private async lead(lock: StoreLock, signal: AbortSignal): Promise<boolean> {
    const { store, keys, until } = this.options;
    let over = 0;
    const drive = async (generation: number): Promise<boolean> => {
      if (generation === 0 || generation <= over) return false;
      const onRead = () => this.leads();
      const isOver = await new Rollout({ ...this.options, generation, lock, onRead }).drive(signal);
      if (!isOver) return false;
      over = generation;
      await this.dropOld(lock);
      return until !== undefined && generation >= until;
    };
    if (await drive((await readLatest(store, keys)).generation)) return true;
    for await (const item of store.watch(keys.latest, { signal })) {
      const kvs = item.kind === 'snapshot' ? item.kvs : item.changes.flatMap((each) => ('kv' in each ? [each.kv] : []));
      const newest = kvs.at(-1);
      if (newest !== undefined && (await drive(latestOf(newest).generation))) return true;
      if (signal.aborted) break;
      this.leads();
    }
    return false;
  }

  private async dropOld(lock: StoreLock): Promise<void> {
    const { store, keys } = this.options;
    try {
      for (const number of await dropOldGenerations(store, keys, lock.fence)) {
        const text = `generation ${number}, which was damaged, is not kept any more; wishes that only it named stay`;
        this.tell({ kind: 'noted', text });
      }
    } catch (error) {
      this.tell({ kind: 'trouble', reason: `old generations stay: ${reasonOf(error)}` });
    }
  }

  /** It has the lock, and can read what there is: one that cannot has nothing to say but that. */
  private leads(): void {
    if (this.isLeading) return;
    this.isLeading = true;
    this.tell({ kind: 'leading' });
  }

  private tell(event: DriverEvent): void {
    this.options.onEvent?.(event);
  }
}
