/** Carries out what redundancy.ts decides, by the moves of a connection. */

import { debug } from '../../debug.js';
import type { EndpointPair } from './endpoint-pair.js';
import type { Lifecycle } from './lifecycle.js';
import type { Moves } from './moves.js';
import { afterDetach, type Decision } from './redundancy.js';
import type { SupervisorHost } from './supervisor-host.js';
import type { DialCallbacks } from './vpp-endpoint.js';

export class Executor {
  constructor(
    private readonly host: SupervisorHost,
    private readonly life: Lifecycle,
    private readonly pair: EndpointPair,
    private readonly moves: Moves,
    private readonly callbacks: DialCallbacks,
  ) {}

  execute(decision: Decision): void {
    const { moves, host } = this;
    show(decision);
    switch (decision.kind) {
      case 'keep':
        break;
      case 'wait':
        moves.wait(decision.cause, this.callbacks);
        break;
      case 'back-off':
        moves.backOff(decision.cause, this.callbacks, decision.isScheduled ?? false);
        break;
      case 'hand-over':
        this.handOver(decision.cause, decision.shown);
        break;
      case 'take-over':
        moves.takeOver(decision.reason, decision.isPlanned);
        break;
      case 'abandon':
        this.abandon(decision.cause, decision.reason);
        break;
      case 'give-up':
        host.settings.log('warn', decision.error.message);
        host.destroy(decision.error);
    }
  }

  /**
   * Ends the session from our side: what is in flight on it fails with `cause`, and nothing it answers is heard. The
   * standby takes over for `reason`, if it still can.
   */
  abandon(cause: Error, reason: string, isPlanned = false): void {
    const { life, moves, pair } = this;
    const { session, detached } = moves.detach(cause);
    pair.serving.lost();
    moves.suspend(cause.message);
    session?.destroy(cause);
    if (life.is(detached)) this.afterDetach(cause, reason, isPlanned);
  }

  /** Lets the standby take over once everything in flight has failed, which happens when the session's own end returns. */
  private handOver(cause: Error, shown: string): void {
    const { life, moves } = this;
    const { phase } = life;
    moves.suspend(shown);
    queueMicrotask(() => {
      if (life.is(phase)) this.afterDetach(cause, cause.message, false);
    });
  }

  private afterDetach(cause: Error, reason: string, isPlanned: boolean): void {
    const { serving, view } = this.pair;
    this.execute(afterDetach({ cause, reason, isPlanned }, serving.socket, view));
  }
}

/** Writes the decision and why, for VPPMUX_DEBUG. */
function show(decision: Decision): void {
  switch (decision.kind) {
    case 'keep':
      break;
    case 'wait':
    case 'back-off':
      debug.reconnect?.(`${decision.kind}: ${decision.cause.message}`);
      break;
    case 'give-up':
      debug.reconnect?.(`${decision.kind}: ${decision.error.message}`);
      break;
    case 'hand-over':
      debug.standby?.(`${decision.kind}: ${decision.cause.message}`);
      break;
    default:
      debug.standby?.(
        `${'isPlanned' in decision && decision.isPlanned ? 'planned switch' : decision.kind}: ${decision.reason}`,
      );
  }
}
