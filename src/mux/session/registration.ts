/**
 * One event registration at VPP, shared by all who hold it.
 *
 * The first holder enables, the last one disables with the fields of its enable, and never more than one request is on its
 * way: each `settle()` waits for the one before, then works until True when VPP has what the holders want.
 *
 *   off ──▶ on(want) ──▶ off
 *    └─ no answer: unknown ──▶ asked again until VPP answers or the session ends
 *   reset (the session ended): off, holders kept
 */

import { setTimeout as delay } from 'node:timers/promises';
import { debug } from '../../debug.js';
import type { Fields } from '../codec/codec.js';
import { RetvalError, TimeoutError, VppmuxError } from '../errors.js';
import { jsonLine } from '../json/json-value.js';
import { RETVAL_INVALID_REGISTRATION } from '../retval.js';
import type { ConnectOptions } from '../types.js';

/** Delay before VPP is asked again, milliseconds. */
const PAUSE = 500;

/** A registration: the request, its fields without enable and pid, and both as one text. */
export interface Want {
  readonly request: string;
  readonly fields: Fields;
  readonly key: string;
}

/** Sends the request; undefined when there is no session. */
export type Register = (want: Want, enable: boolean, timeoutMs?: number) => Promise<unknown> | undefined;

export class Registration {
  private readonly holders = new Set<object>();
  /** State at VPP: nothing, this registration, or unknown. */
  private has: Want | undefined | 'unknown';
  private last: Promise<void> = Promise.resolve();
  /** True while the session is about to end: then VPP is to have nothing, whatever the holders want. */
  private isLeaving = false;
  /** Calls that have not ended. */
  private working = 0;
  /** Counts sessions, so that an answer of an old one changes nothing. */
  private epoch = 0;

  /** `replaces`: an enable with other fields takes the place of the one before, without a disable between them. */
  constructor(
    private want: Want,
    private readonly register: Register,
    private readonly log: NonNullable<ConnectOptions['log']>,
    private readonly replaces = false,
  ) {}

  get request(): string {
    return this.want.request;
  }

  get fields(): Fields {
    return this.want.fields;
  }

  get key(): string {
    return this.want.key;
  }

  /** True when nothing of it is left, here or at VPP. */
  get isIdle(): boolean {
    return !this.isHeld && this.has === undefined && this.working === 0;
  }

  get isHeld(): boolean {
    return this.holders.size > 0;
  }

  /** True when VPP has it, as far as VPP has answered. */
  get isOn(): boolean {
    return this.has !== undefined && this.has !== 'unknown';
  }

  isHeldBy(holder: object): boolean {
    return this.holders.has(holder);
  }

  /** Throws BAD_OPTION when others hold it with other fields. */
  hold(holder: object, want: Want): void {
    const others = this.holders.size - (this.holders.has(holder) ? 1 : 0);
    if (others > 0 && want.key !== this.want.key) {
      throw new VppmuxError(
        'BAD_OPTION',
        `${want.request} with ${shown(want)} cannot be had: VPP keeps one such registration only, and another user of this connection has ${this.want.request} on with ${shown(this.want)}`,
        { messageName: want.request },
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

  /** Called when the session is another, or gone: VPP knows nothing of this registration any more. */
  reset(): void {
    this.has = undefined;
    this.isLeaving = false;
    this.epoch++;
    this.last = Promise.resolve();
  }

  /** Gives the registration the key that it has at another VPP. */
  renewKey(want: Want): void {
    this.want = want;
  }

  /** Undoes it at VPP, where it is made anew after the next `reset()`: the holders are kept. */
  leave(): Promise<void> {
    this.isLeaving = true;
    return this.settle();
  }

  /** Resolves when VPP has what the holders want; rejects with VPP's refusal, or what is wrong with the fields. */
  settle(): Promise<void> {
    return this.inTurn(() => this.work());
  }

  /** Sends the enable again, where VPP has it already: it may cover more now. */
  renew(): Promise<void> {
    return this.inTurn(() => {
      if (this.isThere) this.has = 'unknown';
      return this.work();
    });
  }

  /** Enables it for a caller that gets VPP's answer: rejects with -31 where VPP has it, and when VPP does not answer. */
  enable(timeoutMs?: number): Promise<void> {
    return this.inTurn(async () => {
      const { epoch } = this;
      if (this.isThere) await this.register(this.want, true, timeoutMs);
      if (epoch === this.epoch) await this.work({ isPatient: false, timeoutMs });
    });
  }

  /** True when VPP has what the holders want. */
  private get isThere(): boolean {
    return this.isHeld && !this.isLeaving && this.isOn && (this.has as Want).key === this.want.key;
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    this.working++;
    const turn = this.last.then(work).finally(() => {
      this.working--;
    });
    this.last = turn.catch(() => {});
    return turn;
  }

  private async work({ isPatient = true, timeoutMs }: { isPatient?: boolean; timeoutMs?: number } = {}): Promise<void> {
    const { epoch } = this;
    for (;;) {
      const { has } = this;
      const wanted = this.isHeld && !this.isLeaving ? this.want : undefined;
      if (epoch !== this.epoch || (has !== 'unknown' && has?.key === wanted?.key)) return;
      // Another want first takes the old one away.
      const known = has === 'unknown' ? undefined : has;
      const enable = wanted !== undefined && (!known || (this.replaces && known.request === wanted.request));
      const asked = enable ? wanted : (known ?? this.want);
      const answer = this.register(asked, enable, timeoutMs);
      if (answer === undefined) return;
      const state = has === 'unknown' ? 'an unknown state' : has ? 'a registration' : 'none';
      debug.events?.(
        `${asked.request} is sent to ${enable ? 'enable' : 'disable'}: ${this.holders.size} holders, VPP has ${state}`,
      );
      try {
        await answer;
        if (epoch === this.epoch) this.has = enable ? wanted : undefined;
      } catch (error) {
        if (epoch !== this.epoch) return;
        if (error instanceof TimeoutError && !isPatient) {
          this.has = 'unknown';
          throw error;
        }
        if (!(await this.tryAgain(enable ? wanted : undefined, asked.request, error as Error))) return;
      }
    }
  }

  /** Interprets an unsuccessful request; throws what the holders have to hear. `wanted`: to be on; undefined: off. */
  private async tryAgain(wanted: Want | undefined, request: string, error: Error): Promise<boolean> {
    if (error instanceof RetvalError && error.retval === RETVAL_INVALID_REGISTRATION) {
      this.has = wanted; // VPP already has, or no longer has, what was asked
      return true;
    }
    if (error instanceof TimeoutError) {
      this.has = 'unknown';
      this.log('warn', `${request} was not answered and is sent again: ${error.message}`);
      await delay(PAUSE, undefined, { ref: false });
      return true;
    }
    if (wanted) throw error;
    this.has = undefined;
    this.log('warn', `${request} could not be switched off: ${error.message}`);
    return false;
  }
}

/** The fields for an error. */
function shown({ fields }: Want): string {
  return jsonLine(fields);
}
