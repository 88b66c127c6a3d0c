/** VPP as the wish sees it: a session with one VPP process, which ends in the tick in which the connection is lost. */

import type { Channel, Untyped } from '../../mux/index.js';
import type { ConnectionStatus, DataplaneEvent, Mux } from '../../sdk/index.js';

export interface VppSession {
  /** The VPP process: another one after a restart. */
  readonly id: string;
  /** Aborted when the connection is lost: numbers of objects mean nothing to the next VPP. */
  readonly lost: AbortSignal;
  /** A channel that is closed with the session, so that nothing that waits in it is sent to the next VPP. */
  channel(access: 'read' | 'write'): Channel<Untyped>;
}

type Connection = Pick<Mux, 'channel' | 'status' | 'states'>;

export class VppSessions {
  private session: VppSession | undefined;
  private ending: AbortController | undefined;
  private generation = -1;

  constructor(
    private readonly mux: Connection,
    /** Called when there is another session, or none. */
    private readonly changed: () => void,
  ) {}

  /** Undefined while VPP is away. */
  get present(): VppSession | undefined {
    return this.session;
  }

  /** Follows the connection; the function that is returned ends that, and the session. */
  follow(): () => void {
    const subscription = this.mux.states().subscribe((status) => {
      const isSame = status.generation === this.generation && IN_SESSION.has(status.state);
      if (this.session !== undefined && !isSame) this.end(`the connection to VPP was lost: ${status.reason}`);
    });
    return () => {
      subscription.unsubscribe();
      this.end('the agent ends');
    };
  }

  /** Takes note of what the agent says of VPP, which knows by then which process it is. */
  note({ state, generation }: DataplaneEvent): void {
    const { status } = this.mux;
    if (state === 'down' || status.generation !== generation || !IN_SESSION.has(status.state)) return;
    if (this.session !== undefined && this.generation === generation) return;
    const ending = new AbortController();
    this.ending = ending;
    this.generation = generation;
    this.session = {
      id: identityOf(status),
      lost: ending.signal,
      channel: (access) => {
        return this.mux.channel({ name: 'wish', access, signal: ending.signal, requestBuffer: WINDOW });
      },
    };
    this.changed();
  }

  private end(reason: string): void {
    if (this.session === undefined) return;
    this.session = undefined;
    this.ending?.abort(new Error(reason));
    this.changed();
  }
}

/** Requests in flight. */
const WINDOW = 512;

const IN_SESSION: ReadonlySet<string> = new Set(['ready', 'degraded', 'not-responding']);

/** A process that cannot be told from others counts as another one with each session. */
function identityOf({ pid, socketFile, socket, generation }: ConnectionStatus): string {
  return pid === undefined ? `${socket} session ${generation} of ${process.pid}` : `${pid} ${socketFile ?? socket}`;
}
