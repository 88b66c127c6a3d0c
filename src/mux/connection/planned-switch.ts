/**
 * A switch to the other VPP that nothing forces: fail-back, or `switchTo()`. What is in flight is finished first, the
 * session is left in good order, then the standby takes over. One switch at a time.
 */

import { kindAndReason } from '../../thrown.js';
import { ConnectionError } from '../errors.js';
import type { Session } from '../session/session.js';
import type { DataplaneRole } from '../types.js';
import { closedError } from './closed-error.js';
import type { EndpointPair } from './endpoint-pair.js';
import { drained, sayGoodbye, soonDrained, within } from './graceful-close.js';
import type { Lifecycle } from './lifecycle.js';
import { unreadiness } from './redundancy.js';
import type { SupervisorHost } from './supervisor-host.js';

/** Longest waits of a planned switch, milliseconds: for `beforeSwitch`, for what is in flight, for the goodbye. */
const ASK = 1000;
const DRAIN = 1000;
export const GOODBYE = 300;

/** The moves that a switch is made of. */
interface SwitchMoves {
  /** Sends nothing new on the session from now on; undefined where there is none. */
  beginDrain(reason: string): Session | undefined;
  /** The session that is being drained serves on. */
  keep(): void;
  /** Ends the drained session with `cause`; the standby takes over, if it still can. */
  handOver(cause: Error, reason: string): void;
}

export class PlannedSwitch {
  private running: Promise<void> | undefined;

  constructor(
    private readonly host: SupervisorHost,
    private readonly life: Lifecycle,
    private readonly pair: EndpointPair,
    private readonly moves: SwitchMoves,
  ) {}

  /** Resolves when `role` serves. Rejects with CLOSED or NOT_CONNECTED. */
  async to(role: DataplaneRole, reason: string): Promise<void> {
    while (this.running) await this.running.catch(() => {});
    if (this.serves(role)) return;
    this.running = this.change(role, reason);
    try {
      await this.running;
    } finally {
      this.running = undefined;
    }
  }

  /** The primary has been healthy for long enough. */
  async goBack(): Promise<void> {
    const { log } = this.host.settings;
    await this.to('primary', 'fail-back: the primary has been healthy for long enough').catch((error: Error) => {
      if (!this.life.isEnding) log('warn', `no fail-back: ${error.message}`);
    });
    if (!this.life.isEnding) this.pair.checkFailBack();
  }

  private serves(role: DataplaneRole): boolean {
    const { life, pair } = this;
    return life.session !== undefined && pair.serving.role === role;
  }

  private async change(role: DataplaneRole, reason: string): Promise<void> {
    const { life } = this;
    this.mustBeReady(role);
    await this.ask(role, reason);
    // Long requests finish while everything else goes on; once draining has begun, everybody would wait for them.
    if (life.session) await soonDrained(life.session, DRAIN);
    if (this.serves(role)) return;
    this.mustBeReady(role);
    const session = this.moves.beginDrain(`switching to the ${role}: ${reason}`);
    if (session) await this.leaveFor(role, session, reason);
    if (!this.serves(role)) this.mustBeReady(role);
  }

  /** Finishes what is in flight on `session`, leaves it in good order, and lets the other VPP serve. */
  private async leaveFor(role: DataplaneRole, session: Session, reason: string): Promise<void> {
    const { moves, host, life, pair } = this;
    const isOurs = () => life.phase.name === 'draining' && life.phase.session === session;
    await drained(session, host.openChannels, DRAIN);
    if (!isOurs()) return;
    if (pair.view?.state !== 'ready') return moves.keep();
    await within(host.subscriptions.leave(), GOODBYE);
    if (isOurs()) await sayGoodbye(session, GOODBYE, host.settings.log);
    if (!isOurs()) return;
    const { socket, role: left } = pair.serving;
    const text = `the ${left} was left for the ${role}: ${reason}`;
    moves.handOver(new ConnectionError('CONNECTION_LOST', text, { socket }), reason);
  }

  private async ask(role: DataplaneRole, reason: string): Promise<void> {
    const { log, backup } = this.host.settings;
    const answer = (async () => backup?.beforeSwitch?.(role, reason))();
    answer.catch((error) =>
      log('warn', `the beforeSwitch function of this connection throws: ${kindAndReason(error)}`),
    );
    await within(answer, ASK);
  }

  /** Throws CLOSED, NOT_CONNECTED. */
  private mustBeReady(role: DataplaneRole): void {
    const { life, pair } = this;
    if (life.isEnding) throw closedError(life);
    const error = pair.view && unreadiness(role, this.host.cell.value, pair.view);
    if (error) throw error;
  }
}
