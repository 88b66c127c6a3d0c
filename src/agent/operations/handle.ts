/**
 * What one client has with one plugin: the handle that the plugin's `open` gave, the calls that use it, and its end.
 *
 *   new ──first call──▶ opening ──▶ open ──client or plugin ends──▶ closing ──▶ closed
 *    ▲────open throws─────┘
 */

import type { Logger } from 'pino';
import { showDuration } from '../config/duration.js';
import { reasonOf, stackOf } from '../errors.js';
import { OVERDUE, within } from '../lifetime/budget.js';
import type { ClientInfo } from './client.js';
import { Turns } from './turns.js';

/** The two functions of a plugin that make and end a handle. */
export interface HandleHooks {
  open?(client: ClientInfo): unknown;
  closeHandle?(handle: unknown, client: ClientInfo): unknown;
}

export class Handle {
  /** Of this client's calls; used where they come one at a time. */
  readonly turns = new Turns();
  /** Lets the next client in, where they come one at a time. */
  leave: (() => void) | undefined;
  /** Settles when it is closed; there from when that begins. */
  closing: Promise<void> | undefined;
  readonly #work = new Set<Promise<unknown>>();
  #opening: Promise<unknown> | undefined;
  #isOpen = false;

  constructor(
    readonly client: ClientInfo,
    readonly hooks: HandleHooks,
    readonly log: Logger,
  ) {}

  /** What the plugin's `open` gives, which is called once. When it throws, the next call tries again. */
  open(): Promise<unknown> {
    this.#opening ??= (async () => this.hooks.open?.(this.client))().then(
      (handle) => {
        this.#isOpen = true;
        return handle;
      },
      (error: unknown) => {
        this.#opening = undefined;
        this.letNextIn();
        throw error;
      },
    );
    return this.#opening;
  }

  /** Where clients come one at a time: it has no handle, or none any more. */
  letNextIn(): void {
    this.leave?.();
    this.leave = undefined;
  }

  /** Whether `open` has been called and has not returned. */
  get isOpening(): boolean {
    return this.#opening !== undefined && !this.#isOpen;
  }

  /** Whether there is something to close. */
  get opened(): boolean {
    return this.#opening !== undefined;
  }

  /** Notes what uses the handle, so that its end can wait for it. */
  use(work: Promise<unknown>): void {
    const over = () => this.#work.delete(work);
    this.#work.add(work);
    work.then(over, over);
  }

  /**
   * Waits at most `ms` for what uses it, and at most as long for `closeHandle`. An `open` that has not come to an end
   * by then is closed when it does.
   */
  async close(ms: number): Promise<void> {
    if (this.#work.size > 0) await within(() => Promise.allSettled(this.#work), ms);
    if (this.#opening === undefined) return;
    const closed = this.#opening.then(
      (handle) => this.#close(handle),
      () => {},
    );
    // Of an `open` that does not return it is told as of the call that waits for it.
    if ((await within(() => closed, ms)) !== OVERDUE || this.isOpening) return;
    const { id, name } = this.client;
    this.log.error(`the handle of client ${id} (${name}) is not closed after ${showDuration(ms)}; going on without it`);
  }

  async #close(handle: unknown): Promise<void> {
    try {
      await this.hooks.closeHandle?.(handle, this.client);
    } catch (error) {
      const { id, name } = this.client;
      this.log.error(stackOf(error), `its closeHandle failed for client ${id} (${name}): ${reasonOf(error)}`);
    }
  }
}
