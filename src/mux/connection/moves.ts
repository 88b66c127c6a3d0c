/**
 * The moves of a connection between its states (lifecycle.ts): each changes the state, then what users see, then the background.
 *
 * A user who hears of something here (log, states, the failures of what was in flight, a transport that is called or whose signal
 * is aborted) may close or destroy the connection from within: after each such call the work goes on only if the state is still the one it made.
 */

import type { Session } from '../session/session.js';
import type { Dialled } from './dial.js';
import type { EndpointPair } from './endpoint-pair.js';
import { monitorHealth } from './health-monitor.js';
import { identifyVpp } from './identify-vpp.js';
import type { Lifecycle, Phase } from './lifecycle.js';
import { logOpened, openSession } from './open-session.js';
import type { SupervisorHost } from './supervisor-host.js';
import type { DialCallbacks } from './vpp-endpoint.js';

/** Callbacks for what happens to a session by itself. */
interface SessionFate {
  /** Called when the link ended; what is in flight on it fails when this returns. */
  onEnd(session: Session, cause: Error): void;
  /** Called when VPP does not respond any more. */
  onHung(reason: string): void;
}

export class Moves {
  private stopMonitor = () => {};
  private generation = 0;

  constructor(
    private readonly host: SupervisorHost,
    private readonly life: Lifecycle,
    private readonly pair: EndpointPair,
    private readonly fate: SessionFate,
  ) {}

  /** Generation of the session to come. */
  get nextGeneration(): number {
    return this.generation + 1;
  }

  /** Notes that an attempt to connect begins. */
  attempt(): void {
    const { phase } = this.life;
    if (phase.name !== 'away') return;
    this.life.move('attempt', { name: 'dialling', cause: phase.cause });
    this.host.cell.move('connecting', this.host.cell.value.reason);
  }

  /** Makes the link the session. */
  adopt(dialled: Dialled): void {
    const { host, life, pair } = this;
    const { cell, subscriptions } = host;
    const { serving } = pair;
    this.generation++;
    const { generation } = this;
    const session = openSession(dialled, generation, host, (ended, cause) => this.fate.onEnd(ended, cause));
    life.move('adopt', { name: 'serving', session });
    const isServing = () => life.session === session;
    host.onSession(session);
    pair.startStandby();
    logOpened(session, dialled, serving.socket, host);
    if (!isServing()) return;
    cell.move('ready', `connected: ${life.table.size} messages, definitions from ${dialled.schemaSource}`, {
      generation,
      reconnects: generation - 1,
      version: undefined,
      pid: undefined,
      socketFile: serving.socketFile,
      ...(pair.status && { socket: serving.socket, redundancy: pair.status }),
    });
    if (isServing()) subscriptions.onSession(session);
    if (isServing()) {
      identifyVpp(host.own, (known) => {
        // A message of these definitions was answered: they are worth keeping.
        if (known.version !== undefined) serving.schemas.used();
        if (isServing()) cell.note(known);
      });
    }
    if (isServing()) this.monitor(session);
  }

  /** Takes the session out of service. Returns it, and the new state, in which nobody serves until the tick is over. */
  detach(cause: Error): { session: Session | undefined; detached: Phase } {
    const { life, host } = this;
    const { present: session, phase } = life;
    if (session) host.ledger.keep(session);
    const detached =
      phase.name === 'closing'
        ? life.move('lose', { name: 'closing', session: undefined })
        : life.move('detach', { name: 'detached', cause });
    this.stopMonitor();
    host.onSessionEnd(cause);
    host.subscriptions.onSessionEnd();
    host.tracing.onSession(undefined);
    return { session, detached };
  }

  /** Sends nothing new on the session from now on; undefined where there is none. */
  beginDrain(reason: string): Session | undefined {
    const { session } = this.life;
    if (!session) return undefined;
    this.life.move('drain', { name: 'draining', session });
    this.stopMonitor();
    this.host.onSessionEnd(new Error(reason));
    this.suspend(reason);
    return session;
  }

  /** Lets the session that is being drained serve on. */
  keep(): void {
    const { phase } = this.life;
    if (phase.name !== 'draining') return;
    const serving = this.life.move('keep', { name: 'serving', session: phase.session });
    this.host.cell.move('ready', 'the other dataplane has gone before it could serve');
    if (!this.life.is(serving)) return;
    this.host.onSessionKept(phase.session);
    this.monitor(phase.session);
  }

  /** Makes the standby's link the session, and the VPP that served before the standby. */
  takeOver(reason: string, isPlanned: boolean): void {
    const { life, host, pair } = this;
    const { cause, phase } = life;
    const { state } = host.cell.value;
    const free = phase.name === 'detached' ? phase : life.move('takeOver', { name: 'detached', cause });
    const dialled = pair.swap(reason, isPlanned);
    const { role, socket } = pair.serving;
    if (life.is(free)) host.settings.log('warn', `the ${role} (${socket}) serves from now on: ${reason}`);
    if (state === 'backoff' && life.is(free)) host.cell.move('connecting', reason);
    if (life.is(free)) this.adopt(dialled);
    else dialled.link.close();
  }

  /** Shows users that another VPP serves in a moment. */
  suspend(reason: string): void {
    const { cell } = this.host;
    if (cell.value.state === 'connecting') cell.note({ reason });
    else cell.move('connecting', reason);
  }

  /** Shows users no failure yet: the standby may serve. */
  wait(cause: Error, callbacks: DialCallbacks): void {
    const waiting = this.life.move('wait', { name: 'dialling', cause });
    this.host.cell.note({ reason: cause.message });
    if (this.life.is(waiting)) this.pair.serving.connectLater(callbacks);
  }

  /** Shows users that nobody serves; the next attempt comes after its delay. */
  backOff(cause: Error, callbacks: DialCallbacks, isScheduled: boolean): void {
    const away = this.life.move('backOff', { name: 'away', cause });
    this.host.cell.move('backoff', cause.message);
    if (this.life.is(away) && !isScheduled) this.pair.serving.connectLater(callbacks);
  }

  /** Begins to close; returns the session that is to be closed gracefully. */
  close(): Session | undefined {
    const { present: session } = this.life;
    this.life.move('close', { name: 'closing', session });
    if (!session) this.pair.serving.cancel();
    return session;
  }

  /** Ends the session and all further attempts. */
  stop(cause: Error): void {
    const { present: session, phase } = this.life;
    if (phase.name === 'closed') return;
    this.life.move('stop', { name: 'closed', cause });
    this.pair.stop();
    this.stopMonitor();
    if (session) this.host.ledger.keep(session);
    session?.destroy(cause);
  }

  /** Starts the probes of the session. */
  private monitor(session: Session): void {
    const { settings, cell, own: channel } = this.host;
    const { catalogue, progress } = session;
    const onHung = (reason: string) => this.fate.onHung(reason);
    const framesIn = () => session.link.framesIn;
    const isExcused = () => progress.granted !== undefined;
    this.stopMonitor = monitorHealth({ settings, cell, channel, catalogue, framesIn, isExcused, onHung });
  }
}
