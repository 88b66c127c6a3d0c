/**
 * One want_* registration at VPP, shared by all who hold it.
 *
 * VPP keeps one for each client: a second enable is refused (-31), one disable ends it for everybody
 * (WIRE 3.7). So the first holder enables, the last one disables, and never more than one request is on
 * its way: each `settle()` waits for the one before, then works until VPP has what the holders want.
 *
 *   off ──▶ on(want) ──▶ off
 *    └─ no answer: unknown ──▶ asked again until VPP answers or the session ends
 *   reset (the session ended): off, holders kept
 */

import { setTimeout as delay } from 'node:timers/promises';
import type { Message } from '../codec/codec.js';
import { RetvalError, TimeoutError, VppmuxError } from '../errors.js';
import type { ConnectOptions } from '../types.js';

const INVALID_REGISTRATION = -31;
/** Before VPP is asked again, milliseconds. */
const PAUSE = 500;

/** Sends the request; undefined when there is no session. */
export type Register = (fields: { enable: boolean; want: Record<string, unknown> }) => Promise<unknown> | undefined;

export class Registration {
  private readonly holders = new Set<object>();
  private want: Record<string, unknown> = {};
  /** What VPP has: nothing, this `want` (as key), or nobody knows. */
  private has: string | undefined | 'unknown';
  private last: Promise<void> = Promise.resolve();
  /** VPP is to have nothing, whatever the holders want: the session is about to end. */
  private isLeaving = false;
  /** Counts sessions, so that an answer of an old one changes nothing. */
  private epoch = 0;

  constructor(
    readonly name: string,
    private readonly register: Register,
    private readonly log: NonNullable<ConnectOptions['log']>,
  ) {}

  /** Throws BAD_OPTION when others hold it with other fields. */
  hold(holder: object, want: Record<string, unknown>): void {
    const others = this.holders.size - (this.holders.has(holder) ? 1 : 0);
    if (others > 0 && key(want) !== key(this.want)) {
      throw new VppmuxError(
        'BAD_OPTION',
        `${this.name} is on already with ${key(this.want)}; VPP keeps one registration for each client, so ${key(want)} cannot be added to it`,
        { messageName: this.name },
      );
    }
    this.want = want;
    this.holders.add(holder);
  }

  /** True when it was held. */
  drop(holder: object): boolean {
    return this.holders.delete(holder);
  }

  dropAll(): void {
    this.holders.clear();
  }

  /** The session is another, or gone: VPP knows nothing of this any more. */
  reset(): void {
    this.has = undefined;
    this.isLeaving = false;
    this.epoch++;
    this.last = Promise.resolve();
  }

  /** Undoes it at VPP, where it is made anew after the next `reset()`: the holders are kept. */
  leave(): Promise<void> {
    this.isLeaving = true;
    return this.settle();
  }

  /** Resolves when VPP has what the holders want; rejects with VPP's refusal, or what is wrong with the fields. */
  settle(): Promise<void> {
    const turn = this.last.then(() => this.work());
    this.last = turn.catch(() => {});
    return turn;
  }

  private async work(): Promise<void> {
    const { epoch } = this;
    for (;;) {
      const wanted = this.holders.size > 0 && !this.isLeaving ? key(this.want) : undefined;
      if (epoch !== this.epoch || this.has === wanted) return;
      // Another want first takes the old one away.
      const enable = wanted !== undefined && (this.has === undefined || this.has === 'unknown');
      const answer = this.register({ enable, want: this.want });
      if (answer === undefined) return;
      try {
        await answer;
        if (epoch === this.epoch) this.has = enable ? wanted : undefined;
      } catch (error) {
        if (epoch !== this.epoch) return;
        if (!(await this.tryAgain(enable, wanted, error as Error))) return;
      }
    }
  }

  /** What an unsuccessful request means; throws what the holders have to hear. */
  private async tryAgain(enable: boolean, wanted: string | undefined, error: Error): Promise<boolean> {
    if (error instanceof RetvalError && error.retval === INVALID_REGISTRATION) {
      this.has = enable ? wanted : undefined; // VPP already has, or no longer has, what was asked
      return true;
    }
    if (error instanceof TimeoutError) {
      this.has = 'unknown';
      this.log('warn', `${this.name} was not answered and is sent again: ${error.message}`);
      await delay(PAUSE, undefined, { ref: false });
      return true;
    }
    if (enable) throw error;
    this.has = undefined;
    this.log('warn', `${this.name} could not be switched off: ${error.message}`);
    return false;
  }
}

/** The field of a want_* request that switches on and off. */
export function enableField(message: Message): string | undefined {
  return message.def.fields.find(({ name }) => name === 'enable_disable' || name === 'enable')?.name;
}

function key(want: Record<string, unknown>): string {
  const sorted = Object.entries(want).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(sorted, (_key, value) => (typeof value === 'bigint' ? `${value}` : value));
}
