/**
 * One want_* registration at VPP, shared by all who hold it.
 *
 * VPP keeps one for each client: a second enable is refused (-31), one disable ends it for everybody
 * (WIRE 3.7). So the first holder enables, the last one disables, and never more than one request is on
 * its way: each `settle()` waits for the one before, then works until VPP has what the holders want.
 *
 *   off ──hold──▶ enabling ──▶ on ──last drop──▶ disabling ──▶ off
 *        reset (the session ended): off, holders kept
 */

import type { Message } from '../codec/codec.js';
import { RetvalError, VppmuxError } from '../errors.js';
import type { ConnectOptions } from '../types.js';

const INVALID_REGISTRATION = -31;

/** Sends the request; undefined when there is no session. */
export type Register = (fields: { enable: boolean; want: Record<string, unknown> }) => Promise<unknown> | undefined;

export class Registration {
  private readonly holders = new Set<object>();
  private want: Record<string, unknown> = {};
  private on = false;
  private last: Promise<void> = Promise.resolve();
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
    this.on = false;
    this.epoch++;
    this.last = Promise.resolve();
  }

  /** Resolves when VPP has what the holders want; rejects with VPP's refusal to enable. */
  settle(): Promise<void> {
    const turn = this.last.then(() => this.work());
    this.last = turn.catch(() => {});
    return turn;
  }

  private async work(): Promise<void> {
    const { epoch } = this;
    while (epoch === this.epoch && this.on !== this.holders.size > 0) {
      const enable = !this.on;
      const answer = this.register({ enable, want: this.want });
      if (answer === undefined) return;
      try {
        await answer;
      } catch (error) {
        if (epoch !== this.epoch) return;
        this.refused(enable, error as Error);
      }
      if (epoch === this.epoch) this.on = enable;
    }
  }

  /** -31 says that VPP already has, or no longer has, what was asked. */
  private refused(enable: boolean, error: Error): void {
    if (error instanceof RetvalError && error.retval === INVALID_REGISTRATION) return;
    if (enable) throw error;
    this.log('warn', `${this.name} could not be switched off: ${error.message}`);
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
