/** Reports the connection's state on the status board, and logs a line where it has changed. */

import type { Connection, ConnectionState, ConnectionStatus, DataplaneRole } from '../../mux/index.js';
import { RepeatedLines } from '../../repeated-lines.js';
import { type Log, type Report, showDuration } from '../../sdk/index.js';
import type { ReportTo } from './dataplane-reports.js';
import { Introduction } from './introduction.js';
import { trafficOf } from './traffic.js';

/** The agent's state for each state of the connection. */
const STATES: Readonly<Record<ConnectionState, Report['state']>> = {
  ready: 'ok',
  degraded: 'degraded',
  connecting: 'error',
  backoff: 'error',
  'not-responding': 'error',
  closed: 'error',
};

/** Remedy once the connection has given up for good. */
const REMEDY = 'restart the agent to try again (retry-connect-count in govpp.conf)';

export class ConnectionReporter {
  private readonly connection: Connection;
  private readonly log: Log;
  private readonly status: ReportTo;
  private readonly repeated = new RepeatedLines();
  private before: ConnectionStatus | undefined;
  /** Generation announced last. */
  private announced = 0;
  private awaySince: Date | undefined;
  private readonly introduction = new Introduction(() => this.announce());

  /** `statsSocket`: VPP's stats socket, where the configuration names one. */
  constructor(
    connection: Connection,
    log: Log,
    status: ReportTo,
    private readonly statsSocket?: string,
  ) {
    this.connection = connection;
    this.log = log;
    this.status = status;
  }

  /** Logs a line, folded with its repetitions: a VPP in a crash loop comes and goes many times a second. */
  private info(text: string): void {
    this.repeated.line('info', text, (line) => this.log.info(line));
  }

  /** Follows the connection; gives the function that ends it. */
  follow(): () => void {
    const subscription = this.connection.states().subscribe((status) => this.report(status));
    return () => {
      subscription.unsubscribe();
      this.introduction.cancel();
      this.repeated.flush();
    };
  }

  private report(status: ConnectionStatus): void {
    // While VPP is away every attempt goes from backoff to connecting and back: reported once, not twice a second.
    const { state: stateBefore, reason: reasonBefore } = this.before ?? {};
    if (stateBefore === 'backoff' && status.state === 'connecting') return;
    if (stateBefore === 'backoff' && status.state === 'backoff' && status.reason === reasonBefore) return;
    const { state, reason, since, version, pid, generation, reconnects, socket, redundancy } = status;
    const messages = this.connection.table.size;
    const { connection, statsSocket } = this;
    const vpp = {
      ...{ state, reason, since, version, pid, messages, generation, reconnects, socket, redundancy },
      ...(statsSocket !== undefined && { statsSocket }),
      /** Read when the status is shown, not when the state last changed. */
      get traffic() {
        return trafficOf(connection.stats());
      },
    };
    const fault = state === 'ready' ? standbyFault(status) : undefined;
    this.status.report({
      state: fault ? 'degraded' : STATES[state],
      reason: this.reasonOf(status) + (fault ?? ''),
      details: { vpp },
    });

    const before = this.before;
    this.before = status;
    // Its own end is not reported: `follow` has been ended by then.
    if (state === 'closed') this.log.error(`${reason}; ${REMEDY}`);
    if (state === 'degraded' && before?.state === 'ready') this.info(reason);
    if (state === 'ready' && before?.state === 'not-responding') this.info('VPP answers again');
    if (state === 'backoff' || state === 'connecting') this.left(since);
    else if (generation > this.announced) this.introduction.await(status);
    else this.awaySince = undefined; // a switch to another dataplane that was called off
    this.reportStandby(before, status);
  }

  private reasonOf(status: ConnectionStatus): string {
    if (status.state === 'closed') return `${status.reason}; ${REMEDY}`;
    return status.state === 'ready' ? `connected to VPP${naming(status)}${roleOf(status)}` : status.reason;
  }

  /** Logs that the other dataplane can take over; its faults are logged by the connection. */
  private reportStandby(before: ConnectionStatus | undefined, { redundancy }: ConnectionStatus): void {
    if (redundancy?.standby.state !== 'ready') return;
    const { socket, state } = before?.redundancy?.standby ?? {};
    if (state === 'ready' && socket === redundancy.standby.socket) return;
    this.info(`the ${otherRole(redundancy)} (${redundancy.standby.socket}) can take over`);
  }

  private left(since: Date): void {
    this.introduction.cancel();
    this.awaySince ??= since;
  }

  /** Announces a new session. */
  private announce(): void {
    const { generation, pid, socket } = this.connection.status;
    const messages = `${this.connection.table.size} messages`;
    const process = pid === undefined ? messages : `pid ${pid}, ${messages}`;
    const again = this.announced > 0;
    const away = again && this.awaySince ? ` after ${showDuration(Date.now() - this.awaySince.getTime())}` : '';
    this.announced = generation;
    this.awaySince = undefined;
    this.info(
      `connected ${again ? 'again ' : ''}to VPP${naming(this.connection.status)} (${process}) at socket ${socket}${away}`,
    );
  }
}

/** The fault of the dataplane that does not serve. */
function standbyFault({ redundancy }: ConnectionStatus): string | undefined {
  if (redundancy?.standby.state !== 'backoff' && redundancy?.standby.state !== 'not-responding') return undefined;
  return `; the ${otherRole(redundancy)} could not take over: ${redundancy.standby.reason}`;
}

const otherRole = ({ role }: { readonly role: DataplaneRole }) => (role === 'primary' ? 'backup' : 'primary');
const roleOf = ({ redundancy }: ConnectionStatus) => (redundancy ? `, the ${redundancy.role}` : '');
const naming = ({ version }: ConnectionStatus) => (version === undefined ? '' : ` ${version}`);
