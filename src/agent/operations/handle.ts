/**
 * A client's handle of a plugin, made by the plugin's `open`, with the calls that use it:
 *
 *   new ──first call──▶ opening ──▶ open ──client or plugin ends──▶ closing ──▶ closed
 *    ▲────open throws─────┘
 */

import type { Logger } from 'pino';
import { showDuration } from '../../duration.js';
import { reasonOf, stackOf } from '../errors.js';
import { OVERDUE, within } from '../lifetime/budget.js';
import type { ClientInfo } from './client.js';
import { Mutex } from './mutex.js';

/** The two functions of a plugin that make and end a handle. */
export interface HandleHooks {
  open?(client: ClientInfo): unknown;
  closeHandle?(handle: unknown, client: ClientInfo): unknown;
}

export class Handle {
  /** Serializes this client's calls, where the model asks for that. */
  readonly mutex = new Mutex();
  /** Lets the next client in, where clients are served one at a time. */
  leave: (() => void) | undefined;
  /** Settles when it is closed; undefined before closing begins. */
  closing: Promise<void> | undefined;
  private readonly work = new Set<Promise<unknown>>();
  private opening: Promise<unknown> | undefined;
  private isOpen = false;

  constructor(
    readonly client: ClientInfo,
    readonly hooks: HandleHooks,
    readonly log: Logger,
  ) {}

  /** The result of the plugin's `open`, which is called once. When it throws, the next call tries again. */
  open(): Promise<unknown> {
    this.opening ??= (async () => this.hooks.open?.(this.client))().then(
      (handle) => {
        this.isOpen = true;
        return handle;
      },
      (error: unknown) => {
        this.opening = undefined;
        this.letNextIn();
        throw error;
      },
    );
    return this.opening;
  }

  /** Lets the next client in: this one has no handle, or none any more. */
  letNextIn(): void {
    this.leave?.();
    this.leave = undefined;
  }

  /** Whether `open` has been called and has not returned. */
  get isOpening(): boolean {
    return this.opening !== undefined && !this.isOpen;
  }

  /** Whether `open` has been called, so that there is something to close. */
  get opened(): boolean {
    return this.opening !== undefined;
  }

  /** Registers work that uses the handle, so that its end can wait for it. */
  use(work: Promise<unknown>): void {
    const over = () => this.work.delete(work);
    this.work.add(work);
    work.then(over, over);
  }

  /**
   * Waits at most `ms` for its users, and at most as long for `closeHandle`. A handle whose `open` has not returned by
   * then is closed when it does.
   */
  async close(ms: number): Promise<void> {
    if (this.work.size > 0) await within(() => Promise.allSettled(this.work), ms);
    if (this.opening === undefined) return;
    const closed = this.opening.then(
      (handle) => this.closeHandle(handle),
      () => {},
    );
    // An `open` that does not return is logged with the call that waits for it.
    if ((await within(() => closed, ms)) !== OVERDUE || this.isOpening) return;
    const { id, name } = this.client;
    this.log.error(`the handle of client ${id} (${name}) is not closed after ${showDuration(ms)}; going on without it`);
  }

  private async closeHandle(handle: unknown): Promise<void> {
    try {
      await this.hooks.closeHandle?.(handle, this.client);
    } catch (error) {
      const { id, name } = this.client;
      this.log.error(stackOf(error), `its closeHandle failed for client ${id} (${name}): ${reasonOf(error)}`);
    }
  }
}
