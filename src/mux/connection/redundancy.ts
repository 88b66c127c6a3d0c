/**
 * Which of two VPPs serves, and when that changes: a policy. Each function is given what is known, and returns a decision,
 * which supervisor.ts carries out; nothing here changes anything.
 *
 *             link ended, or not-responding: immediately, whatever is in flight fails
 *   primary ───────────────────────────────▶ backup
 *           ◀───────────────────────────────
 *             the same, or planned (planned-switch.ts): what is in flight is finished first
 *
 * A healthy standby takes over; where nobody serves any more, also one that has just missed a probe. While both are
 * away both are tried, and whichever comes first serves. Without a backup there is no standby in what is known, and
 * the same functions decide.
 */

import { ConnectionError, VppmuxError } from '../errors.js';
import type { ConnectionState, ConnectionStatus, DataplaneRole } from '../types.js';
import type { PhaseName } from './lifecycle.js';

/** The VPP that does not serve, as it is now. */
export interface StandbyView {
  readonly role: DataplaneRole;
  readonly socket: string;
  readonly state: ConnectionState;
  readonly reason: string;
  /** Its first attempt has succeeded or failed. */
  readonly isKnown: boolean;
  /** Consecutive attempts to connect to it that failed. */
  readonly attempts: number;
}

export type Decision =
  /** Nothing changes. */
  | { readonly kind: 'keep' }
  /** Tries again, and says nothing of being away yet. */
  | { readonly kind: 'wait'; readonly cause: Error }
  /** Nobody can serve. `isScheduled`: the next attempt has its timer. */
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

/** Also while fewer probes than the threshold went unanswered: where nobody else serves, it is the best there is. */
const canServe = (standby: Standby): standby is StandbyView =>
  standby?.state === 'ready' || standby?.state === 'degraded';

/** The serving link ended. */
export function afterLoss(cause: Error, socket: string, standby: Standby): Decision {
  if (!canServe(standby)) return backOff(cause, socket, standby);
  return { kind: 'hand-over', cause, shown: `${cause.message}; the ${standby.role} takes over` };
}

/** There is no session any more, because of `cause`, and all that was in flight has failed. */
export function afterDetach(
  { cause, reason, isPlanned = false }: { cause: Error; reason: string; isPlanned?: boolean },
  socket: string,
  standby: Standby,
): Decision {
  return canServe(standby) ? { kind: 'take-over', reason, isPlanned } : backOff(cause, socket, standby);
}

/** An attempt failed. `attempts`: so many have in a row. */
export function afterMiss(cause: Error, socket: string, standby: Standby): Decision {
  return standby && !standby.isKnown ? { kind: 'wait', cause } : backOff(cause, socket, standby);
}

/** Attempts in a row have failed; whether they were too many. */
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

/** The serving VPP does not respond. */
export function whenHung(reason: string, serving: { role: DataplaneRole; socket: string }, standby: Standby): Decision {
  if (!isReady(standby)) return KEEP;
  const { role, socket } = serving;
  const text = `${reason}; the ${role} is given up for the ${standby.role} at ${standby.socket}`;
  return { kind: 'abandon', cause: new ConnectionError('CONNECTION_LOST', text, { socket }), reason };
}

/** What is known of the serving VPP, or the one that is tried. */
export interface ServingView {
  readonly role: DataplaneRole;
  readonly socket: string;
  readonly isDialling: boolean;
  readonly phase: PhaseName;
  readonly status: Pick<ConnectionStatus, 'state' | 'reason'>;
  /** Why there is no session. */
  readonly cause: Error | undefined;
}

/** The standby has come, gone, or its health is another. */
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

/** Undefined when `role` can serve; else why not. */
export function unreadiness(role: DataplaneRole, status: ConnectionStatus, standby: StandbyView): Error | undefined {
  if (standby.role === role && isReady(standby)) return undefined;
  const { state, reason, socket } = standby.role === role ? standby : status;
  const text = `the ${role} (${socket}) cannot serve now: ${state}: ${reason}`;
  return new ConnectionError('NOT_CONNECTED', text, { socket, outcome: 'not-sent' });
}

/** With a backup, both are away: the error names both. */
function backOff(cause: Error, socket: string, standby: Standby): Extract<Decision, { kind: 'back-off' }> {
  if (!standby) return { kind: 'back-off', cause };
  const code = cause instanceof VppmuxError ? cause.code : 'NOT_CONNECTED';
  const text = `${cause.message}; and the ${standby.role}: ${standby.reason}`;
  return { kind: 'back-off', cause: new ConnectionError(code, text, { socket, outcome: 'not-sent' }, cause) };
}
