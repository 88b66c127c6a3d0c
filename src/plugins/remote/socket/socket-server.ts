/** The WebSockets at /ws: opens each with a session, and ends, keeps or hands over the session when its socket is gone. */

import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';
import { REMOTE_CLOSE } from '../../../remote/protocol/index.js';
import { type Http, type HttpCaller, HttpError } from '../../../sdk/index.js';
import type { Callers } from '../callers.js';
import { WITHDRAWN } from '../http-visit.js';
import type { Visit } from '../visit.js';
import { Link } from './link.js';
import { RemoteSocket } from './remote-socket.js';
import { Session } from './session.js';
import type { SessionServices } from './session-services.js';
import { Sessions } from './sessions.js';
import type { SocketCounters } from './socket-counters.js';
import { wireStateOf } from './state-stream.js';
import { formOf } from './wire-form.js';

/** Milliseconds between two looks at what clients have read. */
const CHECK_MS = 1000;
/** Close code of a socket that has broken off without a word. */
const ABNORMAL = 1006;

export interface SocketServerOptions extends SessionServices {
  readonly callers: Pick<Callers, 'enter'>;
  readonly onWithdrawn: Http['onWithdrawn'];
  readonly counters: SocketCounters;
  /** Version of vppmux. */
  readonly version: string;
}

export class SocketServer {
  readonly sessions = new Sessions();
  private readonly options: SocketServerOptions;
  private readonly sockets = new Set<RemoteSocket>();
  private timer: NodeJS.Timeout | undefined;

  constructor(options: SocketServerOptions) {
    this.options = options;
  }

  /** Channels and streams of all sessions. */
  get size(): { readonly channels: number; readonly streams: number } {
    let channels = 0;
    let streams = 0;
    for (const { size } of this.sessions) {
      channels += size.channels;
      streams += size.streams;
    }
    return { channels, streams };
  }

  add(socket: WebSocket, request: IncomingMessage, caller: HttpCaller): void {
    const visit = this.options.callers.enter(caller, request.socket.remoteAddress);
    const remote = this.open(socket, request.socket, visit);
    try {
      remote.session.attach(remote.link);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      visit.leave(error.message);
      remote.close(REMOTE_CLOSE.TOO_MANY, error.message);
      return;
    }
    this.sockets.add(remote);
    socket.on('message', (data, isBinary) => remote.receive(data, isBinary));
    socket.on('pong', (data) => remote.pong(data, performance.now()));
    socket.on('error', (error) => remote.failed(error));
    socket.on('close', (code) => this.closed(remote, remote.closedBy ?? code));
    this.hello(remote.link, visit, this.sessions.add(remote.session));
    this.timer ??= setInterval(() => this.check(), CHECK_MS).unref();
    const { session } = remote;
    // Also while its socket is lost.
    visit.until(this.options.onWithdrawn(request, caller, () => this.endSession(session, WITHDRAWN)));
  }

  /** Reads the state of all sockets; called each second. */
  check(now = performance.now()): void {
    const { unreadMs } = this.options.limits();
    for (const socket of this.sockets) socket.check(now, unreadMs);
  }

  /** Ends all sessions; their sockets are closed by somebody else. */
  close(reason: string): void {
    clearInterval(this.timer);
    this.timer = undefined;
    for (const session of [...this.sessions]) this.endSession(session, reason);
    for (const { link } of this.sockets) link.ended();
    this.sockets.clear();
  }

  private open(socket: WebSocket, stream: Socket, visit: Visit): RemoteSocket {
    const { counters } = this.options;
    const session = new Session(visit, this.options);
    const link = new Link({
      ...{ socket, stream },
      form: formOf(socket.protocol),
      spend: (bytes) => remote.session.visit.spend(bytes),
      sent: (bytes) => counters.sent(bytes),
      // By the caller that opened it, whichever session it takes over.
      unsent: (change) => visit.unsent(change),
    });
    const remote = new RemoteSocket(
      {
        ...{ link, session },
        takeOver: (own, secret) => this.takeOver(own, secret, link),
        received: (bytes) => counters.received(bytes),
        closing: (code) => counters.closed(code),
      },
      performance.now(),
    );
    return remote;
  }

  private hello(link: Link, { name, access }: Visit, session: string): void {
    const { version, mux } = this.options;
    const { resumeMs, frameBytes, channels, streams, credit, replyTimeoutMs } = this.options.limits();
    link.send({
      ...{ type: 'hello', protocol: 1, version, session, resumeMs, access, caller: name, state: wireStateOf(mux) },
      limits: { frameBytes, channels, streams, credit, replyTimeoutMs },
    });
  }

  private takeOver(own: Session, secret: string, link: Link): Session | undefined {
    const found = this.sessions.find(secret, own.visit);
    if (found === undefined || found === own) return undefined;
    // A client may notice the loss of its socket before the agent does.
    const before = found.link;
    this.sessions.replace(own, found);
    // Both are of one caller: the place that this frees is there for the session that goes on.
    own.end('it goes on as another session');
    found.lose();
    for (const remote of this.sockets) {
      if (remote.link === before) remote.close(REMOTE_CLOSE.CHANGED, 'another socket has resumed the session');
    }
    try {
      found.attach(link);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      this.keepLost(found);
      this.options.counters.closed(REMOTE_CLOSE.TOO_MANY);
      link.close(REMOTE_CLOSE.TOO_MANY, error.message);
      return undefined;
    }
    this.options.counters.resumed();
    return found;
  }

  private closed(remote: RemoteSocket, code: number): void {
    const { session, link } = remote;
    if (!link.closed) this.options.counters.closed(code);
    link.ended();
    this.sockets.delete(remote);
    if (this.sockets.size === 0) {
      clearInterval(this.timer);
      this.timer = undefined;
    }
    if (session.link !== link) return; // another socket has it
    const isLost = code === ABNORMAL || code === REMOTE_CLOSE.NOT_READING;
    if (isLost && session.lose()) this.keepLost(session);
    else this.endSession(session, 'its socket was closed');
  }

  private keepLost(session: Session): void {
    const { resumeMs, lostSessions } = this.options.limits();
    if (resumeMs > 0) this.sessions.lose(session, resumeMs, lostSessions);
    else this.endSession(session, 'its socket was lost');
  }

  private endSession(session: Session, reason: string): void {
    this.sessions.remove(session);
    session.end(reason);
  }
}
