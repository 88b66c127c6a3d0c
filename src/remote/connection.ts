/**
 * The connection to an agent as its users hold it: one life over many links. Channels and event streams stay the same objects; what was
 * under way on a lost link fails, and says whether VPP may have carried it out.
 */

import type { Observable } from 'rxjs';
import { onAbort } from '../abort.js';
import { leadTo, throwAtCaller } from '../mux/call-site.js';
import { statesOf } from '../mux/connection/states-of.js';
import { whenReady } from '../mux/connection/when-ready.js';
import { ConnectionError, VppmuxError } from '../mux/errors.js';
import type { Channel, ChannelOptions, ConnectionState, ConnectionStatus, EventItem, Untyped } from '../mux/types.js';
import { type AgentAddress, addressOf } from './address.js';
import { Calls } from './calls.js';
import { RemoteChannel } from './channel.js';
import { Channels } from './channels.js';
import { Counters } from './counters.js';
import { messageOf } from './errors/failures.js';
import type { Exchange } from './exchange/exchange.js';
import { Room } from './exchange/window.js';
import { type AgentLink, type ControlFrame, Numbers } from './link/agent-link.js';
import { type OpenedLink, openLink } from './link/open-link.js';
import { MessageNames } from './message-names.js';
import { channelSettings, type RemoteSettings } from './options.js';
import type { ResumeFrame, WireState } from './protocol/index.js';
import { connectingAborted, Reconnector } from './reconnector.js';
import { RemoteStatus } from './status.js';
import type { CallOptions, CounterOptions, CounterStream, RemoteAgent, RemoteConnection } from './types.js';

const CLOSE_TIMEOUT = 1500;

export class VppOverAgent implements RemoteConnection<Untyped> {
  readonly room = new Room();
  /** The marker for events that may be missing. */
  readonly missed: (() => EventItem) | undefined;
  private readonly address: AgentAddress;
  private readonly cell: RemoteStatus;
  private readonly streams = new Numbers();
  private readonly channels = new Channels();
  private readonly names = new MessageNames();
  private readonly calls: Calls;
  private readonly readings = new Counters();
  private readonly reconnector: Reconnector;
  private link: AgentLink | undefined;
  /** The link that was used last, or has asked to go on with the session of that one. */
  private lastLink: AgentLink | undefined;
  private lostAt = 0;
  /** The reason why the link is away. */
  private cause = new ConnectionError('NOT_CONNECTED', 'the agent has not answered yet', { outcome: 'not-sent' });
  private hash: string | undefined;
  /** Error that ended it, or will. */
  private over: ConnectionError | undefined;
  private onIdle: (() => void) | undefined;
  private onClosed: (() => void) | undefined;
  private closing: Promise<void> | undefined;

  /** Throws BAD_OPTION. */
  constructor(private readonly settings: RemoteSettings) {
    this.address = addressOf(settings.url);
    this.cell = new RemoteStatus(this.address.shown);
    this.calls = new Calls(
      this.room,
      () => this.usable(),
      () => this.settled(),
    );
    this.missed = settings.resync ? () => this.resync() : undefined;
    this.reconnector = new Reconnector(settings, {
      dial: async (signal) => this.up(await this.open(signal)),
      dialling: () => this.cell.away('connecting', `connecting to the agent: ${this.cause.message}`),
      waiting: (cause, delayMs) => {
        this.cause = cause;
        this.cell.away('backoff', `${cause.message}; next attempt in ${delayMs} ms`);
      },
      gaveUp: (cause) => this.end(cause),
    });
  }

  get state(): ConnectionState {
    return this.cell.value.state;
  }

  get status(): ConnectionStatus {
    return this.cell.value;
  }

  get tableHash(): string | undefined {
    return this.hash;
  }

  get agent(): RemoteAgent {
    const { version = '', access = 'read', caller = '' } = this.lastLink?.hello ?? {};
    return { version, access, caller };
  }

  states(): Observable<ConnectionStatus> {
    return statesOf(this.cell);
  }

  ready(options: { timeoutMs?: number; signal?: AbortSignal } = {}): Promise<void> {
    return whenReady(this.cell, () => this.over ?? closed(), options).catch(throwAtCaller);
  }

  /** Resolves when the agent has answered; rejects when the first attempt fails. */
  async first(signal: AbortSignal | undefined): Promise<void> {
    const began = performance.now();
    try {
      await this.reconnector.first(signal);
      await this.named(this.settings.connectTimeoutMs - (performance.now() - began), signal);
    } catch (error) {
      this.end(error as ConnectionError);
      throw error;
    }
  }

  channel(options: ChannelOptions = {}): Channel<Untyped> {
    if (this.over) throw leadTo(this.over, this.channel);
    const settings = channelSettings(this.settings, options);
    const aborted = settings.signals.find((signal) => signal.aborted);
    if (aborted) throw new VppmuxError('ABORTED', 'the signal of a new channel is aborted already', {}, aborted.reason);
    return this.channels.add((id) => new RemoteChannel(id, settings, this), this.link);
  }

  call<Output>(operation: string, input?: unknown, options: CallOptions = {}): Promise<Output> {
    return this.calls.call(operation, input, options) as Promise<Output>;
  }

  counters(patterns: readonly string[], options: CounterOptions = {}): CounterStream {
    return this.readings.stream(patterns, options, () => this.over ?? this.link);
  }

  close({ timeoutMs = CLOSE_TIMEOUT }: { timeoutMs?: number } = {}): Promise<void> {
    this.closing ??= this.finish(timeoutMs);
    return this.closing;
  }

  destroy(cause?: Error): void {
    const { link } = this;
    const text = `the connection was destroyed by this program${cause ? `: ${cause.message}` : ''}`;
    const error = new ConnectionError('CLOSED', text, { outcome: 'not-sent' }, cause);
    this.end(error);
    link?.drop(error);
  }

  // ------------------------------------------------------------------------------------------------- for its channels

  usable(): AgentLink {
    if (this.over) throw this.over;
    if (this.link) return this.link;
    const text = `there is no connection to the agent now: ${this.cause.message}; it had not been sent`;
    throw new ConnectionError('NOT_CONNECTED', text, { outcome: 'not-sent' }, this.cause);
  }

  has(messageName: string): boolean | undefined {
    return this.link && this.names.has(messageName, this.hash);
  }

  forget(channel: RemoteChannel): void {
    this.channels.forget(channel);
  }

  settled(): void {
    if (!this.onIdle || !this.calls.isIdle || !this.channels.areIdle) return;
    this.onIdle();
    this.onIdle = undefined;
  }

  // -------------------------------------------------------------------------------------------------------- its links

  private open(signal: AbortSignal): Promise<OpenedLink> {
    const handlers = {
      control: (frame: ControlFrame) => this.link && this.channels.control(frame, this.link),
      room: () => this.room.left(),
      lost: (link: AgentLink, cause: ConnectionError) => this.lost(link, cause),
      resume: (link: AgentLink) => this.resume(link),
    };
    return openLink(this.address, this.settings, this.streams, handlers, signal);
  }

  /** Asks for what the session had whose link was lost; undefined where there is nothing, or the agent has forgotten it. */
  private resume(link: AgentLink): ResumeFrame | undefined {
    const { session, resumeMs } = this.lastLink?.hello ?? { resumeMs: 0 };
    if (session === undefined || this.channels.isEmpty || performance.now() - this.lostAt > resumeMs) return undefined;
    // From here on the agent may know the session by the secret of this link alone, even where its answer is lost.
    this.lastLink = link;
    return { type: 'resume', session, channels: this.channels.ids, streams: this.channels.resuming(link) };
  }

  /** Waits for the names of messages; when they take longer, `has` does not know them yet. Rejects with ABORTED. */
  private async named(timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
    let forget = () => {};
    await within(timeoutMs, (done) => {
      void this.names.known.then(done);
      if (signal?.aborted) done();
      else if (signal) forget = onAbort(signal, done);
    });
    forget();
    if (signal?.aborted) throw connectingAborted(signal);
  }

  /** Puts the link to use. Throws, with the link dropped, where it is of no use. */
  private up(opened: OpenedLink): void {
    const { link } = opened;
    // First of all: what waits may take all the room that the agent gives.
    this.watchState(link);
    this.link = link;
    this.lastLink = link;
    this.channels.up(opened);
    this.calls.open(link);
    this.readings.open(link);
    this.hear(link, link.hello.state);
  }

  /** Throws NOT_CONNECTED, or the error that the link was lost with meanwhile. */
  private watchState(link: AgentLink): void {
    const states: Exchange = {
      take: (frame) => {
        if (frame.type === 'state') this.hear(link, frame.state);
      },
      ended() {},
      lost() {},
    };
    if (link.cause) throw link.cause;
    try {
      link.begin(states, (id) => ({ type: 'watch-state', id }));
    } catch (error) {
      const text = `the agent at ${this.address.shown} has no room for this connection: ${messageOf(error)}`;
      const cause = new ConnectionError('NOT_CONNECTED', text, {}, error);
      link.drop(cause);
      throw cause;
    }
  }

  private hear(link: AgentLink, state: WireState): void {
    if (this.over) return;
    this.hash = state.tableHash ?? this.hash;
    this.names.learn(link, state.tableHash);
    this.cell.hear(state);
  }

  private lost(link: AgentLink, cause: ConnectionError): void {
    link.lost(cause);
    if (link === this.lastLink) this.lostAt = performance.now();
    if (link !== this.link) return;
    this.link = undefined;
    this.channels.lost(cause);
    this.calls.lost(cause);
    this.onClosed?.();
    this.reconnector.lost(cause);
  }

  private async finish(timeoutMs: number): Promise<void> {
    if (!this.over) {
      this.over = closed();
      await within(timeoutMs, (done) => {
        this.onIdle = done;
        this.settled();
      });
    }
    const { link } = this;
    this.end(this.over);
    if (!link) return;
    await new Promise<void>((resolve) => {
      this.onClosed = resolve;
    });
  }

  private end(error: ConnectionError): void {
    this.over = error;
    this.reconnector.end();
    this.channels.end(error);
    this.calls.lost(error);
    this.readings.end();
    this.link?.close('the client has closed the connection');
    if (this.state !== 'closed') this.cell.away('closed', error.message);
  }

  private resync(): EventItem {
    const { generation } = this.status;
    return { resync: { generation, reason: `${this.cause.message}; events may have been missed` } };
  }
}

const closed = () => new ConnectionError('CLOSED', 'the connection is closed by this program', { outcome: 'not-sent' });

/** Resolves when `begin` calls what it is given, or after `timeoutMs`. */
function within(timeoutMs: number, begin: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs);
    begin(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
