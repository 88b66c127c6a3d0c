/**
 * One request, one reply.
 *
 * One that VPP is at alone (slow-requests.ts) keeps its place until VPP is through with it, though its caller
 * has its result: an abandoned one until its answer, one that is answered before it begins until its event. At most until
 * its deadline.
 */

import { failing } from '../call-site.js';
import type { Fields } from '../codec/codec.js';
import { retvalOf } from '../retval.js';
import { copying, Exchange, type Requester } from './exchange.js';
import * as failure from './failures.js';
import type { MessageEntry, Plan } from './message-catalogue.js';
import type { Session } from './session.js';

export class SingleExchange extends Exchange {
  constructor(
    session: Session,
    plan: Plan,
    requester: Requester,
    timeoutMs: number,
    private readonly anyRetval: boolean,
    /** Settles the caller's promise; undefined when that is done. */
    private settle: ((reply: Fields | Promise<never>) => void) | undefined,
  ) {
    super(session, plan, requester, timeoutMs);
  }

  onReply(entry: MessageEntry, bytes: Buffer, start: number, end: number): void {
    if (this.plan.slow?.until !== undefined) this.onBegun(entry, bytes, start, end);
    else if (this.settle === undefined) this.onLate(entry, bytes, start, end);
    else if (this.release()) this.take(entry, bytes, start, end);
  }

  onOther(error: Error): void {
    if (this.release()) this.tell(error);
  }

  /** Gives the request up for its caller. Where it is exclusive and at VPP, nothing else is sent before VPP has finished it. */
  override cancel(why: (exchange: Exchange) => Error): void {
    if (this.settle === undefined) return;
    if (this.plan.slow === undefined || this.state !== 'sent' || this.takeBack()) super.cancel(why);
    else this.tell(why(this));
  }

  override onThrough(): void {
    this.release();
  }

  protected reject(error: Error): void {
    if (this.settle === undefined) return;
    this.countFailure(error);
    this.conclude(failing(error));
  }

  protected conclude(reply: Fields | Promise<never>): void {
    const { settle } = this;
    this.settle = undefined;
    settle?.(reply);
  }

  /** Handles the answer to a request that VPP carries out after answering. */
  private onBegun(entry: MessageEntry, bytes: Buffer, start: number, end: number): void {
    this.session.renewDeadline(this);
    if (this.settle === undefined) {
      this.session.late(this, entry, bytes, start, end);
      return;
    }
    if (!this.take(entry, bytes, start, end)) this.release();
  }

  private onLate(entry: MessageEntry, bytes: Buffer, start: number, end: number): void {
    if (this.release()) this.session.late(this, entry, bytes, start, end);
  }

  /** Tells the caller what VPP has answered; false when that is a refusal. */
  private take(entry: MessageEntry, bytes: Buffer, start: number, end: number): boolean {
    let reply: Fields;
    try {
      reply = this.session.decode(entry, bytes, start, end);
    } catch (error) {
      this.reject(failure.badReply(this, error as Error));
      return true;
    }
    this.observer?.onReply(entry.name, copying(reply));
    const retval = retvalOf(reply);
    if (retval < 0 && !this.anyRetval) this.reject(failure.refused(this, retval, reply));
    else {
      const { settle } = this;
      this.settle = undefined;
      settle?.(reply);
    }
    return retval >= 0;
  }
}
