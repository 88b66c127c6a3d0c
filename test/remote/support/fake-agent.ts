/** The agent's side of `/ws`, played by a test: it says what the test lets it say, and keeps what it hears. */

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { connectRemote } from '../../../src/remote/index.js';
import {
  type AgentFrame,
  type ClientFrame,
  decodeCbor,
  encodeCbor,
  type HelloFrame,
  REMOTE_TICKET_PATH,
  type WireState,
} from '../../../src/remote/protocol/index.js';
import type { RemoteConnection, RemoteOptions } from '../../../src/remote/types.js';

export const READY: WireState = {
  ...{ state: 'ready', reason: 'connected', since: '2026-01-01T00:00:00.000Z', generation: 1, reconnects: 0 },
  ...{ version: '26.06-release', pid: 42, socket: '/run/vpp/api.sock', tableHash: 'abc' },
};

const HELLO: HelloFrame = {
  ...{ type: 'hello', protocol: 1, version: '0.1.0', session: 'secret-1', resumeMs: 10_000 },
  ...{ access: 'write', caller: 'loopback', state: READY },
  limits: { frameBytes: 1 << 20, channels: 64, streams: 1024, credit: 4096, replyTimeoutMs: 5000 },
};

type Of<F, T> = Extract<F, { readonly type: T }>;

/** One socket of a client. */
export class FakeSocket {
  readonly heard: ClientFrame[] = [];
  private readonly listeners = new Set<() => void>();
  private isSilent = false;

  constructor(
    readonly socket: WebSocket,
    readonly request: IncomingMessage,
    answer: (frame: ClientFrame, socket: FakeSocket) => void,
  ) {
    socket.on('message', (data: Buffer) => {
      if (this.isSilent) return;
      const frame = decodeCbor(new Uint8Array(data)) as ClientFrame;
      this.heard.push(frame);
      answer(frame, this);
      for (const listener of [...this.listeners]) listener();
    });
  }

  send(...frames: AgentFrame[]): void {
    for (const frame of frames) this.socket.send(encodeCbor(frame));
  }

  /** Breaks the connection off, without a word. */
  breakOff(): void {
    this.isSilent = true;
    this.socket.terminate();
  }

  of<T extends ClientFrame['type']>(type: T): Of<ClientFrame, T>[] {
    return this.heard.filter((frame): frame is Of<ClientFrame, T> => frame.type === type);
  }

  /** The frame of that type with that number, from 0 on, when it has come. */
  async next<T extends ClientFrame['type']>(type: T, index = 0): Promise<Of<ClientFrame, T>> {
    for (;;) {
      const frame = this.of(type)[index];
      if (frame) return frame;
      await new Promise<void>((resolve) => {
        const listener = () => {
          this.listeners.delete(listener);
          resolve();
        };
        this.listeners.add(listener);
      });
    }
  }
}

export interface FakeAgentOptions {
  readonly hello?: Partial<HelloFrame>;
  /** Limits in place of the usual ones. */
  readonly limits?: Partial<HelloFrame['limits']>;
  /** Names that `table` is answered with; false: it is not answered. */
  readonly names?: readonly string[] | false;
  /** The token that is asked for. */
  readonly token?: string;
  /** Channels and streams that a `resume` is answered with; false: it is not answered. */
  readonly resumed?: { readonly channels: readonly number[]; readonly streams: readonly number[] } | false;
  /** Is called with each socket, behind its hello. */
  welcome?(socket: FakeSocket): void;
  /** Answers frames besides `open`, `table`, `ping` and `resume`. */
  answer?(frame: ClientFrame, socket: FakeSocket): void;
}

export class FakeAgent {
  readonly sockets: FakeSocket[] = [];
  tickets = 0;
  private readonly waiting = new Set<() => void>();
  private readonly server = createServer((request, response) => {
    const { authorization } = request.headers;
    if (request.url !== REMOTE_TICKET_PATH || request.method !== 'POST') return refuse(404, 'NOT_FOUND');
    if (!this.isWelcome(authorization)) return refuse(401, 'UNAUTHORIZED');
    this.tickets += 1;
    response.end(JSON.stringify({ ticket: `vppmux.ticket.${this.tickets}` }));

    function refuse(status: number, code: string) {
      response.statusCode = status;
      response.end(JSON.stringify({ error: { code, message: `refused with ${code}`, requestId: 'r' } }));
    }
  });

  constructor(public options: FakeAgentOptions) {
    const webSockets = new WebSocketServer({ noServer: true, handleProtocols: ([first]) => first });
    this.server.on('upgrade', (request, stream, head) => {
      const ticket = request.headers['sec-websocket-protocol']?.includes('vppmux.ticket.') === true;
      if (!ticket && !this.isWelcome(request.headers.authorization)) {
        const body = JSON.stringify({ error: { code: 'UNAUTHORIZED', message: 'a token is needed', requestId: 'r' } });
        stream.end(`HTTP/1.1 401 Unauthorized\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`);
        return;
      }
      webSockets.handleUpgrade(request, stream, head, (socket) =>
        this.welcome(new FakeSocket(socket, request, this.hear)),
      );
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The socket with that number, from 0 on, when it is there. */
  async socket(index: number): Promise<FakeSocket> {
    while (!this.sockets[index]) await new Promise<void>((resolve) => this.waiting.add(resolve));
    return this.sockets[index];
  }

  listen(port = 0): Promise<void> {
    return new Promise((resolve) => this.server.listen(port, '127.0.0.1', resolve));
  }

  /** Takes no more connections, and ends those there are. */
  async stop(): Promise<void> {
    for (const { socket } of this.sockets) socket.terminate();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private isWelcome(authorization: string | undefined): boolean {
    const { token } = this.options;
    return token === undefined || authorization === `Bearer ${token}`;
  }

  private welcome(socket: FakeSocket): void {
    const { hello, limits } = this.options;
    const number = this.sockets.push(socket);
    socket.send({ ...HELLO, session: `secret-${number}`, ...hello, limits: { ...HELLO.limits, ...limits } });
    this.options.welcome?.(socket);
    for (const resolve of this.waiting) resolve();
    this.waiting.clear();
  }

  private readonly hear = (frame: ClientFrame, socket: FakeSocket) => {
    const { names = [], resumed = { channels: [], streams: [] }, answer } = this.options;
    if (frame.type === 'open') socket.send({ type: 'opened', channel: frame.channel, number: 100 + frame.channel });
    else if (frame.type === 'close') socket.send({ type: 'closed', channel: frame.channel, reason: 'asked for' });
    else if (frame.type === 'table') names && socket.send({ type: 'table', id: frame.id, tableHash: 'abc', names });
    else if (frame.type === 'ping') socket.send({ type: 'pong' });
    else if (frame.type === 'resume') resumed && socket.send({ type: 'resumed', ...resumed });
    answer?.(frame, socket);
  };
}

/** An agent, and a connection to it; both end with the test. */
export async function remoteWorld(
  options: FakeAgentOptions = {},
  given: RemoteOptions = {},
): Promise<{ agent: FakeAgent; vpp: RemoteConnection; socket: FakeSocket }> {
  const agent = await fakeAgent(options);
  const vpp = await connectRemote({ url: agent.url, reconnect: { delayMs: 1, maxDelayMs: 1 }, ...given });
  onTestFinished(() => vpp.destroy());
  return { agent, vpp, socket: agent.sockets[0] };
}

export async function fakeAgent(options: FakeAgentOptions = {}): Promise<FakeAgent> {
  const agent = new FakeAgent(options);
  await agent.listen();
  onTestFinished(() => agent.stop());
  return agent;
}
