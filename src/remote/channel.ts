/** A channel of an agent: a local object that stays the same while the connection to the agent is lost and made anew. */

import { onAbort, onFirstAbort } from '../abort.js';
import { failing } from '../mux/call-site.js';
import { Buffers } from '../mux/channel/buffers.js';
import { makeDump } from '../mux/channel/dump.js';
import { makeEvents } from '../mux/channel/events.js';
import type { Fields } from '../mux/codec/codec.js';
import { ConnectionError, type Outcome, VppmuxError } from '../mux/errors.js';
import { badOption } from '../mux/options/check-options.js';
import { millisecondsProblem } from '../mux/options/kinds.js';
import { streamBytes } from '../mux/options/stream-bytes.js';
import type { Channel, Dump, EventItem, EventOptions, EventStream, RequestOptions, Untyped } from '../mux/types.js';
import { aborted, channelClosed, interrupted, type Subject } from './errors/failures.js';
import { RemoteFault } from './errors/remote-fault.js';
import type { Asked, AskedOptions } from './exchange/asked.js';
import { DumpRequest, type DumpSink } from './exchange/dump-request.js';
import type { EventSink } from './exchange/lasting.js';
import { Request } from './exchange/request.js';
import { Subscription } from './exchange/subscription.js';
import { type Room, Window } from './exchange/window.js';
import type { AgentLink } from './link/agent-link.js';
import { type ChannelSettings, wireTime } from './options.js';
import type { OpenFrame } from './protocol/index.js';

/** The connection, as a channel knows it. */
export interface ChannelHost {
  /** The link that requests go through. Throws NOT_CONNECTED or CLOSED. */
  usable(): AgentLink;
  has(messageName: string): boolean | undefined;
  /** The marker for events that may be missing; undefined where the program wants none. */
  readonly missed: (() => EventItem) | undefined;
  readonly room: Room;
  forget(channel: RemoteChannel): void;
  /** Something that a caller waited for has ended. */
  settled(): void;
}

/** Milliseconds by which deadlines here lie behind the agent's: where the caller gives a time, and where the agent may add to its own. */
const BEHIND_MS = 2000;
const FAR_BEHIND_MS = 60_000;
/** A dump may take its time twice at the agent: until its turn comes, and then at VPP. */
const DUMP_WAITS = 2;

export class RemoteChannel implements Channel<Untyped> {
  private readonly window: Window;
  private readonly asked = new Set<Asked>();
  private readonly subscriptions = new Set<Subscription>();
  private readonly buffers = new Buffers();
  private over: { readonly why: unknown } | undefined;
  /** The link whose agent has it open. */
  private link: AgentLink | undefined;
  private forgetSignal = () => {};

  constructor(
    readonly id: number,
    private readonly settings: ChannelSettings,
    private readonly host: ChannelHost,
  ) {
    this.window = new Window(settings.requestBuffer, host.room);
    if (settings.signals.length > 0) this.forgetSignal = onFirstAbort(settings.signals, (reason) => this.end(reason));
  }

  get closed(): boolean {
    return this.over !== undefined;
  }

  has(messageName: string): boolean | undefined {
    return this.host.has(messageName);
  }

  request(name: string, fields: Fields = {}, options: RequestOptions = {}): Promise<Fields> {
    const { timeoutMs, anyRetval } = options;
    return new Promise((resolve) => {
      try {
        const asking = { channel: this.id, message: name, fields, timeoutMs: wireTime(timeoutMs), anyRetval };
        this.submit(new Request(this.asking(name, options), asking, resolve));
      } catch (error) {
        resolve(failing(error));
      }
    });
  }

  dump(name: string, fields: Fields = {}, options: RequestOptions = {}): Dump {
    const { replyBuffer, replyBytes } = this.settings;
    const start = (sink: DumpSink) => {
      let dump: DumpRequest | undefined;
      try {
        const asking = { channel: this.id, message: name, fields, timeoutMs: wireTime(options.timeoutMs) };
        dump = new DumpRequest(this.asking(name, options, DUMP_WAITS), asking, sink, this.settings);
        this.submit(dump);
      } catch (error) {
        sink.error(error as Error);
      }
      return () => dump?.cancel(aborted({ name, channel: this.id }, dump.outcome, undefined));
    };
    // Credit bounds what waits for a reader: nothing has to be compared with each read of a socket.
    const bounds = { replyBuffer, replyBytes, readStamp: () => -1, buffers: this.buffers, callSites: false };
    return makeDump(start, bounds);
  }

  events(name: string, options: EventOptions = {}): EventStream {
    const { replyBuffer } = this.settings;
    const replyBytes = streamBytes(options.replyBytes, this.settings.replyBytes);
    const start = (sink: EventSink) => this.subscribe(name, sink, { ...options, replyBytes });
    return makeEvents(start, { replyBuffer, replyBytes, onGap() {}, buffers: this.buffers, callSites: false });
  }

  close(): void {
    this.end(undefined);
  }

  /** True while it waits for no answer. */
  get isIdle(): boolean {
    return this.asked.size === 0;
  }

  /** The frame that opens it. */
  get opening(): OpenFrame {
    return { type: 'open', channel: this.id, ...given(this.settings.given) };
  }

  /** The agent has it: what waits goes out. `kept`: numbers of the streams that go on from the link before. */
  opened(link: AgentLink, kept: ReadonlySet<number>): void {
    this.link = link;
    for (const subscription of [...this.subscriptions]) subscription.resumed(link, kept);
    this.window.open(link);
  }

  /** The streams that are to go on at `link`. */
  resuming(link: AgentLink) {
    return [...this.subscriptions].map((each) => each.resume(link)).filter((entry) => entry !== undefined);
  }

  /** The link is lost: what waits in the window fails as well; what was sent learns it of the link. */
  lost(cause: ConnectionError): void {
    this.link = undefined;
    this.window.close();
    for (const each of [...this.asked]) each.lost(cause);
  }

  /** Ends it: its user, its signal, the agent or the connection has closed it. */
  end(why: unknown, tell = true): void {
    if (this.over) return;
    this.over = { why };
    this.forgetSignal();
    this.host.forget(this);
    this.window.close();
    for (const each of [...this.asked]) each.fails(this.errorOf(each.subject, each.outcome));
    for (const each of [...this.subscriptions]) each.stop();
    if (tell) this.link?.send({ type: 'close', channel: this.id });
    this.link = undefined;
  }

  /** The error of a call on the closed channel: that of the agent, or of the connection, where one of them has ended it. */
  private errorOf(subject: Subject, outcome: Outcome): Error {
    const why = this.over?.why;
    if (why instanceof RemoteFault) return why;
    if (!(why instanceof VppmuxError)) return channelClosed(subject, outcome, why);
    return why instanceof ConnectionError ? interrupted(subject, outcome, why) : why;
  }

  private submit(asked: Asked): void {
    this.asked.add(asked);
    asked.submit();
  }

  /** Throws CHANNEL_CLOSED, NOT_CONNECTED, CLOSED or BAD_OPTION. */
  private asking(name: string, { timeoutMs, signal }: RequestOptions, waits = 1): AskedOptions {
    const subject = { name, channel: this.id };
    if (this.over) throw this.errorOf(subject, 'not-sent');
    const problem = timeoutMs === undefined ? undefined : millisecondsProblem(timeoutMs);
    if (problem !== undefined) throw badOption('timeoutMs', `timeoutMs ${problem}`);
    const { replyTimeoutMs } = this.host.usable().hello.limits;
    const deadlineMs =
      timeoutMs === undefined
        ? waits * (this.settings.replyTimeoutMs ?? replyTimeoutMs) + FAR_BEHIND_MS
        : waits * timeoutMs + BEHIND_MS;
    return { subject, window: this.window, deadlineMs, signal, onOver: this.onOver };
  }

  private readonly onOver = (asked: Asked) => {
    this.asked.delete(asked);
    this.host.settled();
  };

  private subscribe(
    message: string,
    sink: EventSink,
    { want, subscribe, signal, replyBytes = this.settings.replyBytes }: EventOptions,
  ): () => void {
    if (this.over) {
      sink.error(this.errorOf({ name: message, channel: this.id }, 'not-sent'));
      return () => {};
    }
    let forgetSignal = () => {};
    const { missed } = this.host;
    const asking = { channel: this.id, message, ...given({ want, subscribe }) };
    const subscription = new Subscription({ asking, bounds: { ...this.settings, replyBytes }, missed }, sink, () => {
      forgetSignal();
      this.subscriptions.delete(subscription);
    });
    this.subscriptions.add(subscription);
    if (signal?.aborted) subscription.stop();
    else if (signal) forgetSignal = onAbort(signal, () => subscription.stop());
    if (this.link) subscription.begin(this.link);
    return () => subscription.stop();
  }
}

/** The members of `options` that are given: others stay off the wire. */
function given<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Partial<T>;
}
