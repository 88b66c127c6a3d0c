/**
 * The policy of redundancy: which of two VPPs serves, and when that changes. Each function takes facts and returns a
 * decision, which executor.ts carries out; nothing here changes anything.
 *
 *             link ended, or not-responding: immediately, whatever is in flight fails
 *   primary ───────────────────────────────▶ backup
 *           ◀───────────────────────────────
 *             the same, or planned (planned-switch.ts): what is in flight is finished first
 *
 * A healthy standby takes over; where nobody serves any more, also one that has just missed a probe. While both are
 * away both are tried, and the one that answers first serves. Without a backup the standby is undefined, and the same
 * functions decide.
 */

import { ConnectionError, VppmuxError } from '../errors.js';
import type { ConnectionState, ConnectionStatus, DataplaneRole } from '../types.js';
import type { PhaseName } from './lifecycle.js';

/** Facts about the VPP that does not serve. */
export interface StandbyView {
  readonly role: DataplaneRole;
  readonly socket: string;
  readonly state: ConnectionState;
  readonly reason: string;
  /** True once its first attempt has succeeded or failed. */
  readonly isKnown: boolean;
  /** Consecutive attempts to connect to it that failed. */
  readonly attempts: number;
}

export type Decision =
  /** Nothing changes. */
  | { readonly kind: 'keep' }
  /** Tries again; users do not see a failure yet. */
  | { readonly kind: 'wait'; readonly cause: Error }
  /** Nobody can serve. `isScheduled`: the timer of the next attempt runs already. */
  | { readonly kind: 'back-off'; readonly cause: Error; readonly isScheduled?: boolean }
  /** The standby takes over as soon as what was in flight has failed; `shown` until then. */
  | { readonly kind: 'hand-over'; readonly cause: Error; readonly shown: string }
  | { readonly kind: 'take-over'; readonly reason: string; readonly isPlanned: boolean }
  /** Ends the session with `cause`; the standby takes over for `reason`. */
  | { readonly kind: 'abandon'; readonly cause: Error; readonly reason: string }
  | { readonly kind: 'give-up'; readonly error: Error };

type Standby = StandbyView | undefined;

const KEEP: Decision = { kind: 'keep' };

const isReady = (standby: Standby): standby is StandbyView => standby?.state === 'ready';

/** True also with fewer missed probes than the threshold: where nobody else serves, it is the best VPP there is. */
const canServe = (standby: Standby): standby is StandbyView =>
  standby?.state === 'ready' || standby?.state === 'degraded';

/** Decides after the serving link ended. */
export function afterLoss(cause: Error, socket: string, standby: Standby): Decision {
  if (!canServe(standby)) return backOff(cause, socket, standby);
  return { kind: 'hand-over', cause, shown: `${cause.message}; the ${standby.role} takes over` };
}

/** Decides once there is no session any more, because of `cause`, and everything in flight has failed. */
export function afterDetach(
  { cause, reason, isPlanned = false }: { cause: Error; reason: string; isPlanned?: boolean },
  socket: string,
  standby: Standby,
): Decision {
  return canServe(standby) ? { kind: 'take-over', reason, isPlanned } : backOff(cause, socket, standby);
}

/** Decides after a failed attempt. */
export function afterMiss(cause: Error, socket: string, standby: Standby): Decision {
  return standby && !standby.isKnown ? { kind: 'wait', cause } : backOff(cause, socket, standby);
}

/** Decides whether `attempts` consecutive failures are too many. */
export function givesUp(
  { cause, attempts, maxAttempts }: { cause: Error; attempts: number; maxAttempts: number },
  socket: string,
  standby: Standby,
): Decision {
  if (maxAttempts === 0 || attempts <= maxAttempts) return KEEP;
  const isOtherWorthWaiting = standby && !(standby.state === 'backoff' && standby.attempts > maxAttempts);
  if (isOtherWorthWaiting) return KEEP;
  const text = `given up after ${maxAttempts} attempts to connect again: ${cause.message}`;
  return { kind: 'give-up', error: new ConnectionError('GAVE_UP', text, { socket, outcome: 'not-sent' }, cause) };
}

/** Decides when the serving VPP does not respond. */
export function whenHung(reason: string, serving: { role: DataplaneRole; socket: string }, standby: Standby): Decision {
  if (!isReady(standby)) return KEEP;
  const { role, socket } = serving;
  const text = `${reason}; the ${role} is given up for the ${standby.role} at ${standby.socket}`;
  return { kind: 'abandon', cause: new ConnectionError('CONNECTION_LOST', text, { socket }), reason };
}

/** Facts about the VPP that serves, or is tried. */
export interface ServingView {
  readonly role: DataplaneRole;
  readonly socket: string;
  readonly isDialling: boolean;
  readonly phase: PhaseName;
  readonly status: Pick<ConnectionStatus, 'state' | 'reason'>;
  /** Reason why there is no session. */
  readonly cause: Error | undefined;
}

/** Decides after the standby has come or gone, or its health has changed. */
export function whenStandbyChanges(serving: ServingView, standby: StandbyView): Decision {
  const { phase, status, cause, isDialling, socket } = serving;
  if (phase === 'serving') return status.state === 'not-responding' ? whenHung(status.reason, serving, standby) : KEEP;
  if (phase !== 'dialling' && phase !== 'away') return KEEP;
  if (canServe(standby)) {
    const reason = cause?.message ?? 'the primary has not answered yet';
    return { kind: 'take-over', reason, isPlanned: false };
  }
  if (phase === 'away' || cause === undefined || isDialling) return KEEP;
  return { ...backOff(cause, socket, standby), isScheduled: true };
}

/** Returns undefined when `role` can serve; else the error that says why not. */
export function unreadiness(role: DataplaneRole, status: ConnectionStatus, standby: StandbyView): Error | undefined {
  if (standby.role === role && isReady(standby)) return undefined;
  const { state, reason, socket } = standby.role === role ? standby : status;
  const text = `the ${role} (${socket}) cannot serve now: ${state}: ${reason}`;
  return new ConnectionError('NOT_CONNECTED', text, { socket, outcome: 'not-sent' });
}

/** Both are away: with a backup, the error names both. */
function backOff(cause: Error, socket: string, standby: Standby): Extract<Decision, { kind: 'back-off' }> {
  if (!standby) return { kind: 'back-off', cause };
  const code = cause instanceof VppmuxError ? cause.code : 'NOT_CONNECTED';
  const text = `${cause.message}; and the ${standby.role}: ${standby.reason}`;
  return { kind: 'back-off', cause: new ConnectionError(code, text, { socket, outcome: 'not-sent' }, cause) };
}
