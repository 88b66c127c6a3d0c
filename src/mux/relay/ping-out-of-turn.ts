/**
 * A ping that nobody waits for: its reply tells that VPP has passed whatever was sent before it. It is sent out of turn, since what
 * waits for its turn may wait for just that; but not while a request has VPP to itself.
 */

import { NO_DEADLINE } from '../session/deadlines.js';
import { Exchange, type Requester } from '../session/exchange.js';
import type { Plan } from '../session/message-catalogue.js';
import type { Session } from '../session/session.js';

const NO_FIELDS = {};
/** Nobody's window: it takes no place. */
const NOBODY: Requester = { id: 0, completed: 0, isFull: false, settled: () => {}, parked: () => {}, resume: () => {} };

export function pingOutOfTurn(session: Session, plan: Plan): void {
  if (!session.isAlive || session.fairQueue.isAlone || session.link.isCongested) return;
  session.send(new PassingPing(session, plan, NOBODY, NO_DEADLINE), plan.write, NO_FIELDS);
}

class PassingPing extends Exchange {
  onReply(): void {
    this.release();
  }

  onOther(): void {
    this.release();
  }

  protected reject(): void {}
}
