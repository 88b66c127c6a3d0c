/**
 * A control_ping in the place of a message that is answered here: its reply shows that VPP has answered everything before it, so
 * that the answers of a client come in the order of its requests.
 */

import type { Window } from '../channel/window.js';
import { NO_DEADLINE } from '../session/deadlines.js';
import { Exchange } from '../session/exchange.js';
import type { Plan } from '../session/message-catalogue.js';
import type { Session } from '../session/session.js';

export class Fence extends Exchange {
  /** `reached` is called once: when it is the turn of what stands behind, or, with false, when the link has ended before. */
  constructor(
    session: Session,
    ping: Plan,
    window: Window,
    private readonly reached: (isReached: boolean) => void,
  ) {
    super(session, ping, window, NO_DEADLINE);
  }

  onReply(): void {
    if (this.release()) this.reached(true);
  }

  onOther(): void {
    this.onReply();
  }

  override onPassed(): void {
    this.onReply();
  }

  /** The client has left: what VPP still answers goes nowhere. */
  override cancel(why: (exchange: Exchange) => Error): void {
    if (this.state !== 'sent' || this.takeBack()) super.cancel(why);
  }

  protected reject(): void {
    this.reached(false);
  }
}
