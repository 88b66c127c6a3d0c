/**
 * Two dataplanes: which one serves, and when that changes.
 *
 *             link ended, or not-responding: at once, whatever is in flight fails
 *   primary ───────────────────────────────▶ backup
 *           ◀───────────────────────────────
 *             the same, or planned: fail-back, switchTo() – what is in flight is finished first
 *
 * A healthy standby takes over; where nobody serves any more, also one that has just missed a probe. While both are
 * away both are tried, and whichever comes first serves.
 */

import { kindAndReason } from '../../thrown.js';
import { ConnectionError, VppmuxError } from '../errors.js';
import type { Settings } from '../options.js';
import type { Session } from '../session/session.js';
import type { DataplaneRole, RedundancyStatus } from '../types.js';
import type { VppConnection } from './connection.js';
import type { Dataplane } from './dataplane.js';
import { FailBack } from './fail-back.js';
import { drained, sayGoodbye, soonDrained, within } from './farewell.js';
import { Standby } from './standby.js';
import type { Supervisor } from './supervisor.js';

/** What a planned switch waits for at most, milliseconds: `beforeSwitch`, what is in flight, the goodbye. */
const ASK = 1000;
const DRAIN = 1000;
const GOODBYE = 300;

export class Redundancy {
  private readonly standby: Standby;
  private readonly options: NonNullable<Settings['backup']>;
  private reason = 'the primary serves first';
  private switches = 0;
  /** Until when the primary's first attempt goes before the backup's. */
  private grace: NodeJS.Timeout | undefined;
  private begun = false;
  private readonly failBack: FailBack;
  private switching: Promise<void> | undefined;
  /** The serving one has gone, or was given up: the standby takes over in this tick. */
  private isTakingOver = false;
  private over = false;

  constructor(
    private readonly connection: VppConnection,
    private readonly supervisor: Supervisor,
    backup: Dataplane,
    options: NonNullable<Settings['backup']>,
  ) {
    this.options = options;
    this.failBack = new FailBack(options, () => void this.goBack());
    this.standby = new Standby(backup, connection.settings, () => this.onStandby());
  }

  get status(): RedundancyStatus {
    const { reason, switches } = this;
    const { role } = this.supervisor.dataplane;
    const { socket, state, reason: why, since } = this.standby.cell.value;
    return { role, reason, switches, failBackAt: this.failBack.at, standby: { socket, state, reason: why, since } };
  }

  /** Nobody serves at this moment, and the standby is about to. */
  get isMoving(): boolean {
    return !this.over && (this.isTakingOver || this.supervisor.leaving !== undefined);
  }

  /** The primary goes first: the backup is looked at when that has answered, or has had the time for it. */
  start(): void {
    const { health, connectTimeoutMs } = this.connection.settings;
    const isProbed = health.probe !== false && health.intervalMs > 0;
    const bound = isProbed ? health.intervalMs * health.threshold + health.timeoutMs : connectTimeoutMs;
    this.grace = setTimeout(() => this.begin(), bound);
    this.connection.cell.note({ redundancy: this.status });
  }

  stop(): void {
    this.over = true;
    clearTimeout(this.grace);
    this.failBack.stop();
    this.standby.stop();
  }

  /** The connection is being closed: nothing changes any more, and the standby is left in good order. */
  async leave(timeoutMs: number): Promise<void> {
    this.over = true;
    this.failBack.stop();
    clearTimeout(this.grace);
    await this.standby.leave(Math.min(timeoutMs, GOODBYE));
  }

  /** A session has begun. */
  onSession(): void {
    this.begin();
  }

  /** The serving link ended. True: the other dataplane takes over, as soon as what was in flight has failed. */
  onLost(cause: Error): boolean {
    if (!this.standby.canServe) return false;
    this.isTakingOver = true;
    this.supervisor.pause(`${cause.message}; the ${this.standby.dataplane.role} takes over`);
    queueMicrotask(() => this.moveOver(cause, cause.message));
    return true;
  }

  /** The serving dataplane does not respond. */
  onHung(reason: string): void {
    const { socket, role } = this.supervisor.dataplane;
    const next = this.standby.dataplane;
    if (!this.standby.isReady || this.supervisor.stopped) return;
    const text = `${reason}; the ${role} is given up for the ${next.role} at ${next.socket}`;
    const cause = new ConnectionError('CONNECTION_LOST', text, { socket });
    this.isTakingOver = true;
    this.supervisor.abandon(cause);
    this.moveOver(cause, reason);
  }

  /** An attempt failed. True: how the backup is will be known in a moment. */
  onMissed(): boolean {
    this.begin();
    return !this.standby.isKnown;
  }

  /** No attempt at the other one is worth waiting for either. */
  exhausted(maxAttempts: number): boolean {
    const { dataplane, cell } = this.standby;
    return cell.value.state === 'backoff' && dataplane.attempts > maxAttempts;
  }

  /** Both are away. */
  bothAway(cause: Error): Error {
    const { dataplane, cell } = this.standby;
    const { socket } = this.supervisor.dataplane;
    const code = cause instanceof VppmuxError ? cause.code : 'NOT_CONNECTED';
    const text = `${cause.message}; and the ${dataplane.role}: ${cell.value.reason}`;
    return new ConnectionError(code, text, { socket, outcome: 'not-sent' }, cause);
  }

  async switchTo(role: DataplaneRole): Promise<void> {
    if (role !== 'primary' && role !== 'backup') {
      const text = `switchTo() takes "primary" or "backup", not ${String(role)}`;
      throw new VppmuxError('BAD_OPTION', text, { path: 'role' });
    }
    await this.planned(role, 'asked for (switchTo)');
    this.failBack.pin(role);
    this.connection.cell.note({ redundancy: this.status });
  }

  private begin(): void {
    clearTimeout(this.grace);
    if (this.begun) return;
    this.begun = true;
    this.standby.start();
  }

  /** The standby's state is another. */
  private onStandby(): void {
    const { supervisor, connection, standby } = this;
    this.lookAtPrimary();
    connection.cell.note({ redundancy: this.status });
    if (this.over) return;
    const { state, reason } = connection.status;
    if (state === 'not-responding') this.onHung(reason);
    else if (supervisor.present || this.isTakingOver) return;
    else if (standby.canServe) this.takeOver(supervisor.lostCause?.message ?? 'the primary has not answered yet');
    else if (state === 'connecting') supervisor.nobody();
  }

  /** What served before has gone: the standby's turn, and where it has just gone as well, both are away. */
  private moveOver(cause: Error, reason: string, isPlanned = false): void {
    const { supervisor } = this;
    const isFree = !supervisor.session && !supervisor.stopped;
    if (isFree && !this.takeOver(reason, isPlanned)) supervisor.backoff(cause);
    this.isTakingOver = false;
  }

  /** The standby's link becomes the session, and what served before becomes the standby. */
  private takeOver(reason: string, isPlanned = false): boolean {
    const { supervisor, standby, connection } = this;
    const dialled = standby.take();
    if (!dialled) return false;
    const before = supervisor.dataplane;
    const next = standby.dataplane;
    const { state } = connection.cell.value;
    before.rest();
    supervisor.dataplane = next;
    this.reason = reason;
    this.switches++;
    this.failBack.onSwitch(next.role, isPlanned);
    standby.turnTo(before, reason);
    connection.settings.log('warn', `the ${next.role} (${next.socket}) serves from now on: ${reason}`);
    if (state === 'backoff' && !supervisor.stopped) connection.cell.move('connecting', reason);
    if (supervisor.stopped) dialled.link.close();
    else supervisor.welcome(dialled);
    return true;
  }

  /** The primary may have become healthy, or not be any more. */
  private lookAtPrimary(): void {
    const { dataplane, isReady } = this.standby;
    this.failBack.look(dataplane.role === 'primary' && isReady);
  }

  private async goBack(): Promise<void> {
    const { log } = this.connection.settings;
    await this.planned('primary', 'fail-back: the primary has been healthy for long enough').catch((error: Error) => {
      if (!this.over) log('warn', `no fail-back: ${error.message}`);
    });
    if (!this.over) this.lookAtPrimary();
  }

  /** One after the other. */
  private async planned(role: DataplaneRole, reason: string): Promise<void> {
    while (this.switching) await this.switching.catch(() => {});
    if (this.serves(role)) return;
    this.switching = this.change(role, reason);
    try {
      await this.switching;
    } finally {
      this.switching = undefined;
    }
  }

  private serves(role: DataplaneRole): boolean {
    return this.supervisor.session !== undefined && this.supervisor.dataplane.role === role;
  }

  private async change(role: DataplaneRole, reason: string): Promise<void> {
    const { supervisor } = this;
    this.mustBeReady(role);
    await this.ask(role, reason);
    // A request that may take long is finished while everything else goes on; later it would keep all the others waiting.
    if (supervisor.session) await soonDrained(supervisor.session, DRAIN);
    if (this.serves(role)) return;
    this.mustBeReady(role);
    const session = supervisor.retire(`switching to the ${role}: ${reason}`);
    if (session) await this.leaveFor(role, session, reason);
    if (!this.serves(role)) this.mustBeReady(role);
  }

  /** Finishes what is in flight on `session`, leaves it in good order, and lets the other dataplane serve. */
  private async leaveFor(role: DataplaneRole, session: Session, reason: string): Promise<void> {
    const { supervisor, connection, standby } = this;
    const isOurs = () => supervisor.leaving === session && !this.over;
    await drained(session, connection.openChannels, DRAIN);
    if (!isOurs()) return;
    if (!standby.isReady) return supervisor.stay();
    await within(connection.subscriptions.leave(), GOODBYE);
    if (isOurs()) await sayGoodbye(session, GOODBYE, connection.settings.log);
    if (!isOurs()) return;
    const { socket, role: left } = supervisor.dataplane;
    const cause = new ConnectionError('CONNECTION_LOST', `the ${left} was left for the ${role}: ${reason}`, { socket });
    this.isTakingOver = true;
    supervisor.abandon(cause);
    this.moveOver(cause, reason, true);
  }

  private async ask(role: DataplaneRole, reason: string): Promise<void> {
    const { beforeSwitch } = this.options;
    const { log } = this.connection.settings;
    const answer = (async () => beforeSwitch?.(role, reason))();
    answer.catch((error) =>
      log('warn', `the beforeSwitch function of this connection throws: ${kindAndReason(error)}`),
    );
    await within(answer, ASK);
  }

  /** Throws CLOSED, NOT_CONNECTED. */
  private mustBeReady(role: DataplaneRole): void {
    const { supervisor, standby } = this;
    if (this.over) throw supervisor.closedError();
    if (standby.dataplane.role === role && standby.isReady) return;
    const { state, reason, socket } = standby.dataplane.role === role ? standby.cell.value : this.connection.status;
    const text = `the ${role} (${socket}) cannot serve now: ${state}: ${reason}`;
    throw new ConnectionError('NOT_CONNECTED', text, { socket, outcome: 'not-sent' });
  }
}
