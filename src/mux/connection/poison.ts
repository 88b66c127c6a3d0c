/**
 * Guards against a message that crashes VPP and that somebody sends again after each restart, which would keep VPP in a
 * crash loop for everybody (option `poison`, off by default).
 *
 * VPP serves one message at a time: it died of the oldest request without an answer. When it dies
 * twice within `withinMs` of the same one, the next request of that name waits for `holdMs`, and its error says why.
 */

import { setTimeout as delay } from 'node:timers/promises';
import { debug } from '../../debug.js';
import { VppmuxError } from '../errors.js';
import { DEFAULTS } from '../options.js';
import type { Exchange } from '../session/exchange.js';
import type { ConnectOptions, PoisonOptions, RequestOptions } from '../types.js';

/** Multiple of `holdMs` without another death, after which the count begins anew. */
const FORGET = 10;

interface Suspect {
  deaths: number;
  lastDeath: number;
}

export class PoisonGuard {
  private readonly options: Required<PoisonOptions>;
  private readonly suspects = new Map<string, Suspect>();

  constructor(
    options: PoisonOptions,
    private readonly replyTimeoutMs: number,
    private readonly log: NonNullable<ConnectOptions['log']>,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.options = { ...DEFAULTS.poison, ...options };
  }

  /** Notes that VPP has gone; `oldest` is the request that it had not answered for the longest time. */
  died(oldest: Exchange | undefined): void {
    const now = this.now();
    const own = oldest?.requester.id === 0; // the mux's own questions after each handshake
    if (!oldest || own || now - oldest.sentAt > this.options.withinMs) return;
    const { name } = oldest.plan;
    let suspect = this.suspects.get(name);
    if (!suspect || now - suspect.lastDeath > this.options.holdMs * FORGET) suspect = { deaths: 0, lastDeath: now };
    suspect.deaths++;
    suspect.lastDeath = now;
    this.suspects.set(name, suspect);
    if (this.heldFor(name) > 0) this.log('warn', this.why(name));
  }

  /** Returns undefined when `name` may be sent; else resolves when it may, or rejects with POISONED when its time is over before. */
  admit(name: string, { timeoutMs = this.replyTimeoutMs, signal }: RequestOptions = {}): Promise<void> | undefined {
    const held = this.heldFor(name);
    if (held === 0) return undefined;
    debug.requests?.(this.why(name));
    return this.wait(name, held, timeoutMs, signal);
  }

  private async wait(name: string, held: number, timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
    await delay(Math.min(held, timeoutMs), undefined, { signal }).catch((cause) => {
      throw new VppmuxError('ABORTED', `${name} was given up by the caller; ${this.why(name)}`, notSent(name), cause);
    });
    const more = this.heldFor(name); // a timer may be a millisecond early, and VPP may have died again
    if (more === 0) return;
    if (timeoutMs <= held) throw new VppmuxError('POISONED', this.why(name), notSent(name));
    await this.wait(name, more, timeoutMs - held, signal);
  }

  /** Milliseconds for which `name` is held back, 0 when it is not. */
  private heldFor(name: string): number {
    const suspect = this.suspects.get(name);
    if (!suspect || suspect.deaths < this.options.deaths) return 0;
    return Math.max(0, Math.ceil(suspect.lastDeath + this.options.holdMs - this.now()));
  }

  private why(name: string): string {
    const { deaths = 0 } = this.suspects.get(name) ?? {};
    const seconds = (this.heldFor(name) / 1000).toFixed(1);
    return `${name} is held back for another ${seconds} s: VPP died ${deaths} times within ${this.options.withinMs} ms of it; look at what is in it, and into VPP's log`;
  }
}

function notSent(name: string) {
  return { messageName: name, outcome: 'not-sent' } as const;
}
