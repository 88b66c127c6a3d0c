/** Tells the story of the connection: on the status board, and in the log a line where something has changed. */

import type { Connection, ConnectionState, ConnectionStatus, DataplaneRole } from '../../mux/index.js';
import { RepeatedLines } from '../../repeated-lines.js';
import { type Log, type Report, type Status, showDuration } from '../../sdk/index.js';
import { trafficOf } from './traffic.js';

/** What a state of the connection means for the agent. */
const STATES: Readonly<Record<ConnectionState, Report['state']>> = {
  ready: 'ok',
  degraded: 'degraded',
  connecting: 'error',
  backoff: 'error',
  'not-responding': 'error',
  closed: 'error',
};

/** What to do once the connection has given up for good. */
const REMEDY = 'restart the agent to try again (retry-connect-count in govpp.conf)';

/** How long VPP may take to say who it is before it is announced without a name. */
const INTRODUCTION_MS = 1000;

export class Narrator {
  readonly #connection: Connection;
  readonly #log: Log;
  readonly #status: Status;
  readonly #repeated = new RepeatedLines();
  #before: ConnectionStatus | undefined;
  /** Generation announced last. */
  #announced = 0;
  #awaySince: Date | undefined;
  #introduction: NodeJS.Timeout | undefined;

  constructor(connection: Connection, log: Log, status: Status) {
    this.#connection = connection;
    this.#log = log;
    this.#status = status;
  }

  /** A VPP in a crash loop comes and goes many times a second. */
  #info(text: string): void {
    this.#repeated.line('info', text, (line) => this.#log.info(line));
  }

  /** Follows the connection; gives the function that ends it. */
  follow(): () => void {
    const subscription = this.#connection.states().subscribe((status) => this.#tell(status));
    return () => {
      subscription.unsubscribe();
      clearTimeout(this.#introduction);
      this.#repeated.flush();
    };
  }

  #tell(status: ConnectionStatus): void {
    // While VPP is away every try goes from backoff to connecting and back: told once, not twice a second.
    const { state: stateBefore, reason: reasonBefore } = this.#before ?? {};
    if (stateBefore === 'backoff' && status.state === 'connecting') return;
    if (stateBefore === 'backoff' && status.state === 'backoff' && status.reason === reasonBefore) return;
    const { state, reason, since, version, pid, generation, reconnects, socket, redundancy } = status;
    const messages = this.#connection.table.size;
    const connection = this.#connection;
    const vpp = {
      ...{ state, reason, since, version, pid, messages, generation, reconnects, socket, redundancy },
      /** As it is when the status is shown, not when the state last changed. */
      get traffic() {
        return trafficOf(connection.stats());
      },
    };
    const lack = state === 'ready' ? lackOf(status) : undefined;
    this.#status.report({
      state: lack ? 'degraded' : STATES[state],
      reason: this.#reasonOf(status) + (lack ?? ''),
      details: { vpp },
    });

    const before = this.#before;
    this.#before = status;
    // Its own end it is not told of: `follow` has been ended by then.
    if (state === 'closed') this.#log.error(`${reason}; ${REMEDY}`);
    if (state === 'degraded' && before?.state === 'ready') this.#info(reason);
    if (state === 'ready' && before?.state === 'not-responding') this.#info('VPP answers again');
    if (state === 'backoff' || state === 'connecting') this.#leave(since);
    else if (generation > this.#announced) this.#introduce(status);
    else this.#awaySince = undefined; // a switch to another dataplane that was called off
    this.#tellOfOther(before, status);
  }

  #reasonOf(status: ConnectionStatus): string {
    if (status.state === 'closed') return `${status.reason}; ${REMEDY}`;
    return status.state === 'ready' ? `connected to VPP${naming(status)}${roleOf(status)}` : status.reason;
  }

  /** What is wrong with the one that does not serve, the connection tells. */
  #tellOfOther(before: ConnectionStatus | undefined, { redundancy }: ConnectionStatus): void {
    if (redundancy?.standby.state !== 'ready') return;
    const { socket, state } = before?.redundancy?.standby ?? {};
    if (state === 'ready' && socket === redundancy.standby.socket) return;
    this.#info(`the ${otherRole(redundancy)} (${redundancy.standby.socket}) can take over`);
  }

  #leave(since: Date): void {
    clearTimeout(this.#introduction);
    this.#introduction = undefined;
    this.#awaySince ??= since;
  }

  /** Announces a new session as soon as VPP has said who it is, or has taken too long to. */
  #introduce({ version, pid }: ConnectionStatus): void {
    if (version !== undefined && pid !== undefined) this.#announce();
    else this.#introduction ??= setTimeout(() => this.#announce(), INTRODUCTION_MS);
  }

  #announce(): void {
    clearTimeout(this.#introduction);
    this.#introduction = undefined;
    const { generation, pid, socket } = this.#connection.status;
    const messages = `${this.#connection.table.size} messages`;
    const process = pid === undefined ? messages : `pid ${pid}, ${messages}`;
    const again = this.#announced > 0;
    const away = again && this.#awaySince ? ` after ${showDuration(Date.now() - this.#awaySince.getTime())}` : '';
    this.#announced = generation;
    this.#awaySince = undefined;
    this.#info(
      `connected ${again ? 'again ' : ''}to VPP${naming(this.#connection.status)} (${process}) at socket ${socket}${away}`,
    );
  }
}

/** What is wrong with the dataplane that does not serve. */
function lackOf({ redundancy }: ConnectionStatus): string | undefined {
  if (redundancy?.standby.state !== 'backoff' && redundancy?.standby.state !== 'not-responding') return undefined;
  return `; the ${otherRole(redundancy)} could not take over: ${redundancy.standby.reason}`;
}

const otherRole = ({ role }: { readonly role: DataplaneRole }) => (role === 'primary' ? 'backup' : 'primary');
const roleOf = ({ redundancy }: ConnectionStatus) => (redundancy ? `, the ${redundancy.role}` : '');
const naming = ({ version }: ConnectionStatus) => (version === undefined ? '' : ` ${version}`);
