/** An agent with the plugin remote, connected to a mock, and raw clients of its /ws. */

import { expect, onTestFinished, vi } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import type { MockOptions } from '../../../../mock-vpp/index.js';
import { createAgent } from '../../../../src/agent/boot/create-agent.js';
import type { Plugin } from '../../../../src/agent/plugin/plugin.js';
import { govppPlugin } from '../../../../src/plugins/govpp/plugin.js';
import { httpPlugin } from '../../../../src/plugins/http/plugin.js';
import { metricsPlugin } from '../../../../src/plugins/metrics/plugin.js';
import { remotePlugin } from '../../../../src/plugins/remote/plugin.js';
import { statsPlugin } from '../../../../src/plugins/stats/plugin.js';
import {
  type AgentFrame,
  type ClientFrame,
  decodeCbor,
  encodeCbor,
  SUBPROTOCOLS,
} from '../../../../src/remote/protocol/index.js';
import { DataEvents, Http, Mux } from '../../../../src/sdk/index.js';
import { recordingLog, taker } from '../../../agent/support.js';
import { testMock } from '../../../support/mock.js';

/** Waits five seconds at most: what takes longer does not come. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(check, { interval: 5, timeout: 5000 });

interface WorldOptions {
  readonly mock?: Partial<MockOptions>;
  /** remote.conf. */
  readonly remote?: Record<string, unknown>;
  readonly http?: Record<string, unknown>;
  /** policy.yaml. */
  readonly policy?: Record<string, unknown>;
  readonly plugins?: readonly Plugin[];
}

export const WRITE = { headers: { authorization: 'Bearer a-token-for-writers' } };
export const READ = { headers: { authorization: 'Bearer a-token-for-readers' } };

export async function remoteWorld({
  mock: mockOptions,
  remote = {},
  http = {},
  policy,
  plugins = [],
}: WorldOptions = {}) {
  const mock = await testMock(mockOptions);
  const user = taker({ mux: Mux, http: Http, dataEvents: DataEvents });
  const { log, text } = recordingLog('info');
  const agent = await createAgent({
    plugins: [govppPlugin(), httpPlugin, statsPlugin, metricsPlugin, remotePlugin, ...plugins, user.plugin],
    log,
    env: {},
    settings: {
      govpp: { 'binapi-socket-path': mock.socket, 'health-check-probe': 'none' },
      http: {
        endpoint: '127.0.0.1:0',
        'write-token': 'a-token-for-writers',
        'read-token': 'a-token-for-readers',
        ...http,
      },
      remote,
      ...(policy && { policy }),
    },
  });
  onTestFinished(() => agent.close());
  await agent.start();
  const taken = user.taken();
  await taken.mux.ready();
  const url = taken.http.url!;
  const connect = rawRemotes(url);
  return { ...taken, agent, mock, text, url, connect };
}

export type World = Awaited<ReturnType<typeof remoteWorld>>;

/** Opens clients of the agent at `url`; what is still open when the test ends is ended. */
export function rawRemotes(url: string) {
  // One hook for all of them: each that is registered keeps its caller's stack, and with that the socket, until the test ends.
  const opened = new Set<WebSocket>();
  onTestFinished(() => {
    for (const socket of opened) socket.terminate();
  });
  return (form: 'json' | 'cbor' | undefined, options: ClientOptions = WRITE) =>
    RawRemote.connect(`${url.replace('http', 'ws')}/ws`, form, options, opened);
}

type FrameOf<Type extends AgentFrame['type']> = Extract<AgentFrame, { readonly type: Type }>;

/** A client that sends frames as it is told, and keeps what comes. */
export class RawRemote {
  readonly frames: AgentFrame[] = [];
  closed: { readonly code: number; readonly reason: string } | undefined;

  constructor(
    readonly socket: WebSocket,
    private readonly isBinary: boolean,
  ) {
    socket.on('message', (data) => {
      this.frames.push((isBinary ? decodeCbor(data as Buffer) : JSON.parse(String(data))) as AgentFrame);
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
    });
  }

  /** It is in `opened` until it is closed. */
  static async connect(
    url: string,
    form: 'json' | 'cbor' | undefined,
    options: ClientOptions,
    opened: Set<WebSocket>,
  ): Promise<RawRemote> {
    const socket = new WebSocket(url, form === undefined ? [] : [SUBPROTOCOLS[form]], options);
    opened.add(socket);
    socket.once('close', () => opened.delete(socket));
    const client = new RawRemote(socket, form === 'cbor');
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return client;
  }

  send(...frames: readonly ClientFrame[]): void {
    for (const frame of frames) this.sendRaw(frame);
  }

  sendRaw(frame: unknown): void {
    this.socket.send(this.isBinary ? encodeCbor(frame) : JSON.stringify(frame));
  }

  /** The next frame of a type, which is taken out; fails at an error of its id, unless that is asked for. */
  async next<Type extends AgentFrame['type']>(type: Type, id?: number): Promise<FrameOf<Type>> {
    return eventually(() => {
      const found = this.frames.find((frame) => frame.type === type && (id === undefined || idOf(frame) === id));
      if (found === undefined) expect.fail(`no ${type} in ${JSON.stringify(this.frames)} ${this.closed?.reason ?? ''}`);
      this.frames.splice(this.frames.indexOf(found), 1);
      return found as FrameOf<Type>;
    });
  }

  /** The answer to a request. */
  async ask(id: number, message: string, fields: Record<string, unknown> = {}, channel = 1) {
    this.send({ type: 'request', id, channel, message, fields });
    return eventually(() => {
      const found = this.frames.find((frame) => 'id' in frame && frame.id === id);
      if (found === undefined) expect.fail(`no answer of ${id}`);
      this.frames.splice(this.frames.indexOf(found), 1);
      return found;
    });
  }

  /** Resolves when all that was sent before has been dealt with. */
  async settled(): Promise<void> {
    this.send({ type: 'ping' });
    await this.next('pong');
  }

  async untilClosed() {
    return eventually(() => {
      if (this.closed === undefined) expect.fail(`still open: ${JSON.stringify(this.frames.slice(-3))}`);
      return this.closed;
    });
  }
}

const idOf = (frame: AgentFrame) => ('id' in frame ? frame.id : 'channel' in frame ? frame.channel : undefined);
