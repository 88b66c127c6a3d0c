/** Listens on the socket and serves its clients, for one run of the mocked VPP. */
import { createServer, type Server as NetServer, type Socket } from 'node:net';
import type { Fields, Schema } from '../../src/mux/internal.js';
import type { Handlers, Incoming } from '../handlers/call.js';
import { type UnservedError, unservedBy } from '../handlers/unserved.js';
import type { ActiveFaults } from '../misbehaviour/active-faults.js';
import type { Hold } from '../misbehaviour/hold.js';
import type { Log } from '../options.js';
import type { Vpp } from '../vpp.js';
import type { Client, ClientHost } from '../wire/client.js';
import { type Outgoing, outgoing } from '../wire/outgoing.js';
import { Registrations } from '../wire/registrations.js';
import { Dispatcher, type DispatchHost } from './dispatch.js';
import type { Received } from './received.js';
import { openToGroup, prepareSocketPath, stopListening } from './socket-file.js';

/** Length of the listen queue: VPP's own number. */
const BACKLOG = 5;

export class Server implements ClientHost, DispatchHost {
  private readonly registrations = new Registrations();
  private readonly dispatcher: Dispatcher;
  private readonly listener: NetServer;
  /** A handler that holds everybody up. */
  private hold: Hold | undefined;

  constructor(
    readonly vpp: Vpp,
    handlers: Handlers,
    readonly faults: ActiveFaults,
    readonly received: Received,
    private readonly log: Log,
    private readonly onUnserved: (error: UnservedError) => void,
  ) {
    this.dispatcher = new Dispatcher(vpp, handlers, this);
    this.listener = createServer((socket) => this.accept(socket));
    vpp.dataplane.events.onPending = () => queueMicrotask(() => this.announce());
    vpp.dataplane.onQueued = vpp.dataplane.events.onPending;
  }

  async listen(path: string): Promise<void> {
    await prepareSocketPath(path);
    await new Promise<void>((resolve, reject) => {
      this.listener.once('error', reject);
      this.listener.listen({ path, backlog: BACKLOG }, () => {
        this.listener.off('error', reject);
        resolve();
      });
    });
    openToGroup(path);
  }

  /** Ends everything immediately, as the death of the process would. */
  kill(path: string, leaveFile: boolean): void {
    this.hold?.cancel();
    stopListening(this.listener, path, leaveFile);
    for (const client of this.clients()) client.destroy();
  }

  *clients(): Generator<Client> {
    yield* this.registrations.values();
  }

  clientOf(registration: number): Client | undefined {
    return this.registrations.get(registration);
  }

  nameOf(id: number): string | undefined {
    return this.vpp.table.nameOf.get(id);
  }

  get isFaulty(): boolean {
    return this.faults.any;
  }

  admits(name: string, client: Client, incoming: Incoming): boolean {
    return this.faults.admits(name, client, incoming);
  }

  /** Gives what the mock would answer: see Dispatcher. */
  ask(name: string, fields: Fields, client: Client): readonly Fields[] | undefined {
    return this.dispatcher.ask(name, fields, client);
  }

  /** Serves nobody until it is over. One that is under way ends early: its client gets its answer. */
  begin(hold: Hold): void {
    this.hold?.end();
    this.hold = hold;
    hold.begin(() => {
      if (this.hold === hold) this.hold = undefined;
      if (hold.meanwhile === 'waits') for (const client of this.clients()) client.resume();
    });
  }

  serve(client: Client): void {
    const { input } = client;
    while (!client.busy && this.hold?.meanwhile !== 'waits' && input.next()) {
      if (this.hold?.meanwhile === 'is lost') continue;
      this.hold?.end();
      this.dispatcher.dispatch(client, input.bytes, input.bodyStart, input.bodyEnd);
    }
    // Nothing more is read while a long answer is under way: the following requests wait on the client's side.
    if ((client.busy || this.hold?.meanwhile === 'waits') && client.state === 'open') client.socket.pause();
    else if (client.socket.isPaused() && !client.stalled) client.socket.resume();
  }

  /** Sends the registered clients what has happened to interfaces. */
  announce(): void {
    const { events, queuedEvents } = this.vpp.dataplane;
    if (events.any) for (const event of events.take()) this.emit('sw_interface_event', { ...event });
    for (const { name, fields } of queuedEvents.splice(0)) this.emit(name, fields);
  }

  /**
   * Sends an event to the clients that want it, once for each of their registrations that it fits; `pid` is what they gave.
   * Returns how many were sent.
   */
  emit(name: string, fields: Record<string, unknown>): number {
    const requests = wantsOf(name, this.vpp.schema);
    const event = this.find(name);
    const tellsPid = event.message.def.fields.some((field) => field.name === 'pid');
    let told = 0;
    for (const client of this.clients()) {
      for (const { pid, isNamed } of client.events.for(requests, fields)) {
        const own = tellsPid ? { pid, ...fields } : fields;
        client.send(event, own, 0, isNamed ? client.registration : 0);
        told++;
      }
    }
    return told;
  }

  /** Throws UNKNOWN_MESSAGE, with the nearest names. */
  find(name: string): Outgoing {
    const message = this.vpp.schema.message(name);
    return outgoing(this.vpp.schema, this.vpp.table, message.name)!;
  }

  handlersChanged(handlers: Handlers): void {
    this.dispatcher.use(handlers);
  }

  debug(message: string, fields: object): void {
    this.log('debug', message, fields);
  }

  unserved(name: string, client: Client): void {
    const error = unservedBy(name, client);
    this.log('warn', error.message, { messageName: name, client: client.name });
    this.onUnserved(error);
  }

  failed(name: string, error: unknown): void {
    this.log('warn', `the handler of ${name} failed, so there is no answer: ${error}`, { messageName: name, error });
  }

  private accept(socket: Socket): void {
    const client = this.registrations.add(socket, this);
    this.faults.beginFor(client);
    socket.on('data', (chunk: Buffer) => {
      client.input.push(chunk);
      if (!client.busy) this.serve(client);
    });
    // VPP drops a client that is gone without a word; so does the mock. 'close' follows.
    socket.on('error', () => this.faults.left());
    socket.on('end', () => this.faults.left());
    socket.on('close', () => {
      client.destroy();
      this.registrations.remove(client);
      this.vpp.clientEnded(client);
    });
  }
}

/**
 * The want_* requests for an event, or others that bring it (dhcp_client_config). A second version that does not declare it
 * (want_l2_macs_events2) has that of the first.
 */
function wantsOf(event: string, { model }: Schema): string[] {
  const declared = model.eventRequests.get(event) ?? [];
  if (declared.length === 0) {
    return [...model.services.values()].filter(({ events }) => events.includes(event)).map(({ request }) => request);
  }
  const versions = declared.flatMap((name) => [`${name}2`, `${name}_v2`]);
  return [...declared, ...versions.filter((name) => model.services.get(name)?.events.length === 0)];
}
