/**
 * A mocked VPP: one process's worth of VPP behind a socket, which can be killed, restarted and told to
 * misbehave. Each run (from a start to a kill) has a dataplane, message ids and a pid of its own.
 */
import { rmSync } from 'node:fs';
import type { Fields } from '../src/mux/internal.js';
import { CommandLine } from './cli/command-line.js';
import { Counting } from './counting.js';
import { Dataplane } from './dataplane/dataplane.js';
import type { Definitions } from './definitions.js';
import type { Handler, Handlers } from './handlers/call.js';
import type { UnservedError } from './handlers/unserved.js';
import { handlersOf, type Kind } from './kind.js';
import { KINDS, kinds } from './kinds/index.js';
import { ActiveFaults } from './misbehaviour/active-faults.js';
import { checkMisbehaviour } from './misbehaviour/check.js';
import type { Death, FaultHost } from './misbehaviour/fault-host.js';
import { type FaultName, faultsOf, type Misbehaviour } from './misbehaviour/index.js';
import type { Log, MockOptions } from './options.js';
import { readTrace } from './replay/read-trace.js';
import { Replay } from './replay/replay.js';
import type { Unanswered } from './replay/unanswered-requests.js';
import { Received, type ReceivedMessage } from './server/received.js';
import { Server } from './server/server.js';
import type { Vpp } from './vpp.js';
import { MessageTable } from './wire/message-table.js';

export interface RestartOptions {
  /** Use other message ids afterwards. Default true, as after a restart with other plugins. */
  readonly renumber?: boolean;
  /** Milliseconds between the death and the next start. Default 0. */
  readonly downMs?: number;
}

/** A client as tests see it. */
export interface ClientInfo {
  /** Pool index | 0x80000000. */
  readonly registration: number;
  /** Name given in the handshake; empty before it. */
  readonly name: string;
  /** want_* requests in effect. */
  readonly wants: readonly string[];
  /** Bytes that its socket has not taken yet. */
  readonly waiting: number;
}

export class MockVpp {
  private server: Server | undefined;
  private counting: Counting | undefined;
  /** Resolves when the counters of the last run have gone. */
  private ended: Promise<void> = Promise.resolve();
  private runs = 0;
  private deaths = 0;
  private stops = 0;
  private renumbering = 0;
  /** A socket file of ours that nobody listens on. */
  private leftSocket = false;
  /** The request that ended a strict mock. */
  private refusal: UnservedError | undefined;
  private ownHandlers: Record<string, Handler> = {};
  private readonly faults = new ActiveFaults(() => this.server?.clients() ?? []);
  private readonly faultHost: FaultHost = {
    find: (name) => this.present.find(name),
    idOf: (name) => this.present.vpp.table.idOf.get(name),
    ask: (name, fields, client) => this.present.ask(name, fields, client),
    clientOf: (registration) => this.present.clientOf(registration),
    hold: (hold) => this.present.begin(hold),
    die: (death) => this.die(death),
  };
  private readonly messages: Received;
  private readonly log: Log;
  private readonly kinds: readonly Kind[];
  private readonly replay: Replay | undefined;

  /** Throws TraceError, or RangeError as `misbehave` does. */
  constructor(
    private readonly options: MockOptions,
    private readonly definitions: Definitions,
  ) {
    this.messages = new Received(options.keep ?? 1000);
    this.log = options.log ?? (() => {});
    this.kinds = [...KINDS, ...(options.kinds ?? [])];
    if (options.replay !== undefined) this.replay = new Replay(readTrace(options.replay), definitions.schema, this.log);
    this.misbehave(options.misbehave ?? {});
  }

  get socket(): string {
    return this.options.socket;
  }

  get running(): boolean {
    return this.server !== undefined;
  }

  /** Process id in the reply of control_ping; another one after each restart. */
  get pid(): number {
    return (this.options.pid ?? process.pid) + Math.max(0, this.runs - 1);
  }

  /** The dataplane of the present run. Throws while the mock is down. */
  get dataplane(): Dataplane {
    return this.present.vpp.dataplane;
  }

  /** Message ids of the present run. */
  get table(): MessageTable {
    return this.present.vpp.table;
  }

  get clients(): readonly ClientInfo[] {
    const open = [...(this.server?.clients() ?? [])].filter(({ state }) => state === 'open');
    return open.map(({ registration, name, events, outbox }) => ({
      registration,
      name,
      wants: events.requests,
      waiting: outbox.waiting,
    }));
  }

  /** Number of messages (of this name) that came since the mock was made, restarts included. */
  received(name?: string): number {
    return this.messages.count(name);
  }

  /** The last messages received, oldest first, decoded now; `keep` of them at most. */
  receivedMessages(name?: string): ReceivedMessage[] {
    return this.messages.list(name);
  }

  /** Requests that a replayed trace had no answer for; the first thousand. */
  get unanswered(): readonly Unanswered[] {
    return this.replay?.missing.list ?? [];
  }

  /** Starts counting and keeping anew. */
  forget(): void {
    this.messages.clear();
  }

  /**
   * Adds faults to the active ones; one of the same name is replaced. See `Misbehaviour`. Throws RangeError for a fault,
   * an option or a message that is not there.
   */
  misbehave(wanted: Misbehaviour): void {
    checkMisbehaviour(wanted, this.definitions.schema);
    for (const [name, fault] of faultsOf(wanted, this.faultHost)) this.faults.set(name, fault);
  }

  /** Ends faults: these, or all. Frames that they hold back still come. */
  behave(...names: FaultName[]): void {
    if (names.length === 0) this.faults.clear();
    else for (const name of names) this.faults.remove(name);
  }

  /**
   * Serves `name` by `handler`, instead of the mock's own way if it has one. `fields` are decoded; give back
   * the reply's fields, a retval, an array of details, `detailsThen(…)`, or undefined for no answer.
   */
  handle(name: string, handler: Handler): void {
    this.definitions.schema.message(name);
    this.ownHandlers = { ...this.ownHandlers, [name]: handler };
    this.server?.handlersChanged(this.handlers());
  }

  /** Sends an event to the clients registered for it; returns how many. */
  emit(eventName: string, fields: Fields = {}): number {
    return this.present.emit(eventName, fields);
  }

  /** Sends any message to all clients, asked for or not. */
  inject(name: string, fields: Fields = {}, context = 0): void {
    const message = this.present.find(name);
    for (const client of this.present.clients()) client.send(message, fields, context, client.registration);
  }

  /** Starts with a new dataplane and a new pid. Throws when it is up, or when the socket is another process's. Stopped meanwhile, it is down. */
  async start(): Promise<void> {
    if (this.server !== undefined) throw new Error(`mock-vpp is listening on ${this.socket} already`);
    this.runs++;
    const { stops } = this;
    const server = new Server(
      this.newVpp(() => server),
      this.handlers(),
      this.faults,
      this.messages,
      this.log,
      (error) => this.unserved(error),
    );
    let counting: Counting | undefined;
    try {
      await this.ended;
      counting = new Counting(this.options, server.vpp.dataplane);
      await counting.start();
      await server.listen(this.socket);
    } catch (error) {
      this.runs--;
      await counting?.close();
      throw error;
    }
    if (this.stops !== stops) {
      // It was stopped while it started.
      server.kill(this.socket, false);
      await counting.close();
      return;
    }
    this.server = server;
    this.counting = counting;
    this.leftSocket = false;
    this.log('info', `mock-vpp listens on ${this.socket}`, { socket: this.socket, pid: this.pid });
  }

  /** Dies: all connections end immediately. `leaveSocket`: the file stays behind, as after a crash. Default false. */
  kill({ leaveSocket = false }: { readonly leaveSocket?: boolean } = {}): void {
    if (this.server === undefined) return;
    this.server.kill(this.socket, leaveSocket);
    this.server = undefined;
    this.ended = this.counting?.close() ?? this.ended;
    this.counting = undefined;
    this.deaths++;
    this.leftSocket = leaveSocket;
  }

  /** Dies, and comes back as a new process. */
  async restart({ renumber = true, downMs = 0 }: RestartOptions = {}): Promise<void> {
    this.kill();
    if (renumber) this.renumbering++;
    const death = this.deaths;
    if (downMs > 0) await new Promise((resolve) => setTimeout(resolve, downMs));
    // It may have been stopped, or started by hand, meanwhile.
    if (this.deaths === death && !this.running) await this.start();
  }

  /** Lets `seconds` pass for the counters: `traffic` moves them, and the stats segment shows them. */
  advance(seconds: number): void {
    if (this.counting === undefined) throw new Error('mock-vpp is down; start() it first');
    this.counting.advance(seconds);
  }

  /** Stops for good and removes the socket file. Rejects with the UnservedError that a strict mock has ended for. */
  async stop(): Promise<void> {
    this.stops++;
    this.kill();
    this.deaths++;
    this.behave();
    await this.ended;
    if (this.leftSocket) rmSync(this.socket, { force: true });
    this.leftSocket = false;
    const { refusal } = this;
    this.refusal = undefined;
    if (refusal !== undefined) throw refusal;
  }

  /** Leaves the socket behind, as a crash does. */
  private die(death: Death): void {
    const { request, client, reason } = death;
    this.log('warn', `VPP ${reason}: it was sent ${request} by client "${client}"`, death);
    this.kill({ leaveSocket: true });
    this.options.onDeath?.(death);
  }

  private unserved(error: UnservedError): void {
    if (!this.options.strict || this.refusal !== undefined) return;
    this.refusal = error;
    this.kill();
    this.options.onUnserved?.(error);
  }

  private get present(): Server {
    if (this.server === undefined) throw new Error('mock-vpp is down; start() it first');
    return this.server;
  }

  private handlers(): Handlers {
    const own = this.replay?.handlers() ?? handlersOf(this.kinds);
    return { ...own, ...this.ownHandlers };
  }

  private newVpp(server: () => Server): Vpp {
    const { version = '26.06-mock', buildDate = '2026-06-24T00:00:00', buildDirectory = '/mock-vpp' } = this.options;
    const { schema, texts } = this.definitions;
    const table = new MessageTable(schema, this.renumbering);
    const dataplane = new Dataplane(this.kinds);
    dataplane.of(kinds.traffic).configure(this.options.traffic ?? {});
    for (const name of this.options.interfaces ?? []) dataplane.addPhysical(name);
    if (this.options.routes) dataplane.addRoutes(this.options.routes);
    this.options.setup?.(dataplane);
    dataplane.events.take();
    const commandLine = new CommandLine(this.kinds);
    const vpp: Vpp = {
      schema,
      table,
      dataplane,
      pid: this.pid,
      build: { version, date: buildDate, directory: buildDirectory },
      started: Date.now(),
      pageSize: this.options.pageSize ?? 128,
      apiTexts: texts,
      warn: (message) => this.log('warn', message),
      runCommand: (line) => commandLine.run(line, vpp),
      clientNames: () => [...server().clients()].map(({ name }) => name).filter((name) => name !== ''),
      hasClient: (registration) => server().clientOf(registration) !== undefined,
      clientEnded: (client) => {
        for (const kind of this.kinds) kind.clientEnded?.(dataplane.of(kind), client, vpp);
      },
      forgetEvents: (key) => {
        for (const { events } of server().clients()) events.remove(key);
      },
      handshakeReply: (context, registration) =>
        table.handshakeReply(context, registration, (def) => this.faults.crcOf(def)),
    };
    return vpp;
  }
}
