/**
 * Makes sessions, one after the other: dials, watches, waits, dials again. Never gives up unless
 * `maxAttempts` says so; dials immediately when the socket file appears.
 *
 * All events come in here: attempts, failures, the ends of sessions, changes of the standby. redundancy.ts decides on them,
 * executor.ts carries the decision out by the moves of moves.ts, and lifecycle.ts is the state.
 */

import { VppmuxError } from '../errors.js';
import type { Session } from '../session/session.js';
import type { DataplaneRole } from '../types.js';
import type { Dialled } from './dial.js';
import { EndpointPair } from './endpoint-pair.js';
import { Executor } from './executor.js';
import { Lifecycle } from './lifecycle.js';
import { Moves } from './moves.js';
import { newEndpoint } from './new-endpoint.js';
import { PlannedSwitch } from './planned-switch.js';
import * as decide from './redundancy.js';
import type { SupervisorHost } from './supervisor-host.js';
import type { DialCallbacks } from './vpp-endpoint.js';

export class Supervisor implements DialCallbacks {
  readonly life = new Lifecycle();
  readonly pair: EndpointPair;
  readonly moves: Moves;
  private readonly executor: Executor;
  private readonly planned: PlannedSwitch;
  /** True while `connect()` waits for the first session, and gives up when the first attempt fails. */
  private isFirstOnly = false;

  constructor(private readonly host: SupervisorHost) {
    const { settings } = host;
    const { socket, backup } = settings;
    const attempt = (endpoint: unknown) => ({
      // A standby's link is shown to a trace from when it serves.
      trace: endpoint === this.pair.serving ? host.tracing.wanted : undefined,
      generation: this.moves.nextGeneration,
    });
    const primary = newEndpoint(settings, 'primary', socket, attempt);
    const other = backup && newEndpoint(settings, 'backup', backup.socket, attempt, primary.schemas);
    this.pair = new EndpointPair(settings, primary, other, {
      onStandby: () => this.onStandby(),
      goBack: () => void this.planned.goBack(),
    });
    this.moves = new Moves(host, this.life, this.pair, {
      onEnd: (session, cause) => this.onEnd(session, cause),
      onHung: (reason) => this.onHung(reason),
    });
    this.executor = new Executor(host, this.life, this.pair, this.moves, this);
    this.planned = new PlannedSwitch(host, this.life, this.pair, {
      beginDrain: (reason) => this.moves.beginDrain(reason),
      keep: () => this.moves.keep(),
      handOver: (cause, reason) => this.executor.abandon(cause, reason, true),
    });
  }

  start(): void {
    this.pair.start();
    this.noteRedundancy();
    this.pair.serving.connect(this);
  }

  /** Notes that a failed first attempt is the end of waiting, until the returned function is called. */
  expectFirst(): () => void {
    this.isFirstOnly = true;
    return () => {
      this.isFirstOnly = false;
    };
  }

  /** Rejects with BAD_OPTION, NOT_CONNECTED or CLOSED. */
  async switchTo(role: DataplaneRole): Promise<void> {
    checkSwitch(role, this.pair.view !== undefined);
    await this.planned.to(role, 'asked for (switchTo)');
    this.pair.pin(role);
    this.noteRedundancy();
  }

  onAttempt(): void {
    this.moves.attempt();
  }

  onLink(dialled: Dialled): void {
    this.moves.adopt(dialled);
  }

  /** Handles a failed attempt. */
  onFailure(cause: Error): void {
    const { life, pair, host } = this;
    const { log, reconnect } = host.settings;
    const { serving } = pair;
    const { phase } = life;
    const { maxAttempts } = reconnect;
    const last = decide.givesUp({ cause, attempts: serving.attempts, maxAttempts }, serving.socket, pair.view);
    if (last.kind === 'give-up') {
      this.executor.execute(last);
      return;
    }
    const howLong = maxAttempts > 0 ? `${maxAttempts} times` : 'until it works';
    serving.logFailure(cause, log, this.isFirstOnly && !pair.view ? 'not tried again' : `trying again ${howLong}`);
    if (!life.is(phase)) return;
    pair.startStandby();
    if (life.is(phase)) this.executor.execute(decide.afterMiss(cause, serving.socket, pair.view));
  }

  private onEnd(session: Session, cause: Error): void {
    const { host, life, pair } = this;
    host.poison?.died(session.oldest);
    if (life.present !== session) return;
    const { detached } = this.moves.detach(cause);
    if (life.isEnding) return;
    const { serving } = pair;
    serving.lost();
    host.settings.log('warn', cause.message, { socket: serving.socket });
    if (life.is(detached)) this.executor.execute(decide.afterLoss(cause, serving.socket, pair.view));
  }

  private onHung(reason: string): void {
    if (this.life.session) this.executor.execute(decide.whenHung(reason, this.pair.serving, this.pair.view));
  }

  /** Handles that the standby has come or gone, or its health has changed. */
  private onStandby(): void {
    const { life, pair, host } = this;
    pair.checkFailBack();
    this.noteRedundancy();
    if (life.isEnding || !pair.view) return;
    const { role, socket, isDialling } = pair.serving;
    const { phase, cause } = life;
    const { value: status } = host.cell;
    const serving = { role, socket, isDialling, phase: phase.name, status, cause };
    this.executor.execute(decide.whenStandbyChanges(serving, pair.view));
  }

  private noteRedundancy(): void {
    const { status } = this.pair;
    if (status) this.host.cell.note({ redundancy: status });
  }
}

function checkSwitch(role: DataplaneRole, hasBackup: boolean): void {
  if (!hasBackup) {
    const text = `there is one dataplane only, so ${role} cannot be switched to; give connect() a backup`;
    throw new VppmuxError('BAD_OPTION', text, { path: 'backup' });
  }
  if (role === 'primary' || role === 'backup') return;
  const text = `switchTo() takes "primary" or "backup", not ${String(role)}`;
  throw new VppmuxError('BAD_OPTION', text, { path: 'role' });
}
