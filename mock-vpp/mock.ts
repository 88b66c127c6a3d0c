/**
 * A mocked VPP: one process's worth of VPP behind a socket, which can be killed, restarted and told to
 * misbehave. Each run (from a start to a kill) has a dataplane, message ids and a pid of its own.
 */
import type { Fields } from '../src/mux/internal.js';
import type { Dataplane } from './dataplane/dataplane.js';
import type { Definitions } from './definitions.js';
import type { Handler, Handlers } from './handlers/call.js';
import type { UnservedError } from './handlers/unserved.js';
import { handlersOf, type Kind } from './kind.js';
import { KINDS } from './kinds/index.js';
import { ActiveFaults } from './misbehaviour/active-faults.js';
import { checkMisbehaviour } from './misbehaviour/check.js';
import type { Death, FaultHost } from './misbehaviour/fault-host.js';
import { Hold } from './misbehaviour/hold.js';
import { type FaultName, faultsOf, type Misbehaviour } from './misbehaviour/index.js';
import { newVpp } from './new-vpp.js';
import type { Log, MockOptions } from './options.js';
import { readTrace } from './replay/read-trace.js';
import { Replay } from './replay/replay.js';
import type { Unanswered } from './replay/unanswered-requests.js';
import { type RestartOptions, type Run, Runs } from './runs.js';
import { Received, type ReceivedMessage } from './server/received.js';
import { Server } from './server/server.js';
import type { MessageTable } from './wire/message-table.js';

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
  /** The request that ended a strict mock. */
  private refusal: UnservedError | undefined;
  private ownHandlers: Record<string, Handler> = {};
  private readonly faults = new ActiveFaults(() => this.runs.server?.clients() ?? []);
  private readonly faultHost: FaultHost = {
    find: (name) => this.runs.present.find(name),
    idOf: (name) => this.runs.present.vpp.table.idOf.get(name),
    ask: (name, fields, client) => this.runs.present.ask(name, fields, client),
    clientOf: (registration) => this.runs.present.clientOf(registration),
    hold: (hold) => this.runs.present.begin(hold),
    die: (death) => this.die(death),
    hang: (why) => this.hang(why),
  };
  private readonly messages: Received;
  private readonly log: Log;
  private readonly kinds: readonly Kind[];
  private readonly replay: Replay | undefined;
  private readonly runs: Runs;

  /** Throws TraceError, or RangeError as `misbehave` does. */
  constructor(
    private readonly options: MockOptions,
    private readonly definitions: Definitions,
  ) {
    this.messages = new Received(options.keep ?? 1000);
    this.log = options.log ?? (() => {});
    this.kinds = [...KINDS, ...(options.kinds ?? [])];
    if (options.replay !== undefined) this.replay = new Replay(readTrace(options.replay), definitions.schema, this.log);
    this.runs = new Runs(options, this.log, (run) => this.serverOf(run));
    this.misbehave(options.misbehave ?? {});
  }

  get socket(): string {
    return this.options.socket;
  }

  get running(): boolean {
    return this.runs.server !== undefined;
  }

  /** Process id in the reply of control_ping; another one after each restart. */
  get pid(): number {
    return this.runs.pid;
  }

  /** The dataplane of the present run. Throws while the mock is down. */
  get dataplane(): Dataplane {
    return this.runs.present.vpp.dataplane;
  }

  /** Message ids of the present run. */
  get table(): MessageTable {
    return this.runs.present.vpp.table;
  }

  get clients(): readonly ClientInfo[] {
    const open = [...(this.runs.server?.clients() ?? [])].filter(({ state }) => state === 'open');
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
    this.runs.server?.handlersChanged(this.handlers());
  }

  /** Sends an event to the clients registered for it; returns how many. */
  emit(eventName: string, fields: Fields = {}): number {
    return this.runs.present.emit(eventName, fields);
  }

  /** Sends any message to all clients, asked for or not. */
  inject(name: string, fields: Fields = {}, context = 0): void {
    const message = this.runs.present.find(name);
    for (const client of this.runs.present.clients()) client.send(message, fields, context, client.registration);
  }

  /** Starts with a new dataplane and a new pid. Throws when it is up, or when the socket is another process's. Stopped meanwhile, it is down. */
  start(): Promise<void> {
    return this.runs.start();
  }

  /** Dies: all connections end immediately. `leaveSocket`: the file stays behind, as after a crash. Default false. */
  kill({ leaveSocket = false }: { readonly leaveSocket?: boolean } = {}): void {
    this.runs.kill(leaveSocket);
  }

  /** Dies, and comes back as a new process. */
  restart(options: RestartOptions = {}): Promise<void> {
    return this.runs.restart(options);
  }

  /** Lets `seconds` pass for the counters: `traffic` moves them, and the stats segment shows them. */
  advance(seconds: number): void {
    this.runs.advance(seconds);
  }

  /** Stops for good and removes the socket file. Rejects with the UnservedError that a strict mock has ended for. */
  async stop(): Promise<void> {
    const stopped = this.runs.stop();
    this.behave();
    await stopped;
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

  /** Keeps its socket and its clients, and answers nobody. */
  private hang(why: string): void {
    this.log('warn', `VPP ${why}; the mock answers nobody any more`);
    this.runs.server?.begin(new Hold(Number.POSITIVE_INFINITY, 'waits', () => {}));
  }

  private unserved(error: UnservedError): void {
    if (!this.options.strict || this.refusal !== undefined) return;
    this.refusal = error;
    this.kill();
    this.options.onUnserved?.(error);
  }

  private handlers(): Handlers {
    const own = this.replay?.handlers() ?? handlersOf(this.kinds);
    return { ...own, ...this.ownHandlers };
  }

  private serverOf(run: Run): Server {
    const { options, definitions, kinds, faults, messages, log } = this;
    const vpp = newVpp({ options, definitions, kinds, faults, log }, run, () => server);
    const server: Server = new Server(vpp, this.handlers(), faults, messages, log, (error) => this.unserved(error));
    return server;
  }
}
