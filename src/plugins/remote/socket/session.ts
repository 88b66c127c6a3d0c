/**
 * The channels of one client, and its streams by the numbers that it chose. A session begins with a WebSocket and ends with it, or
 * is lost with it for a while: then its subscriptions go on, and another WebSocket may take it over.
 */

import { RefusedError, type Untyped, VppmuxError } from '../../../mux/index.js';
import type { AgentFrame, ChannelError, ClientFrame, OpenFrame, ResumeFrame } from '../../../remote/protocol/index.js';
import { type Channel, Fault, type OperationsClient } from '../../../sdk/index.js';
import { reasonOf } from '../../../thrown.js';
import type { Held } from '../caller.js';
import { channelErrorOf } from '../channel-error-of.js';
import type { Visit } from '../visit.js';
import { CallTurns } from './call-turns.js';
import { FrameFault } from './frame-fault.js';
import type { Link } from './link.js';
import { holdsFrame, type OpeningFrame, type OpeningSession, openStream } from './open-stream.js';
import type { SessionServices } from './session-services.js';
import type { OpenStream, StreamEnd } from './stream.js';

/** Bytes of requests and calls that may wait for their answers. */
const PENDING_BYTES = 16 * 1024 * 1024;

interface Entry {
  /** Undefined while it is being opened. */
  stream: OpenStream | undefined;
  readonly bytes: number;
  readonly free: () => void;
}

interface OwnChannel {
  readonly channel: Channel<Untyped>;
  readonly replyBytes: number;
  readonly replyTimeoutMs: number;
}

export class Session {
  private readonly channels = new Map<number, OwnChannel>();
  private readonly streams = new Map<number, Entry>();
  private calls: OperationsClient | undefined;
  private readonly callTurns = new CallTurns();
  private pendingBytes = 0;
  private current: Link | undefined;
  private freePlace = () => {};
  /** The session as streams see it; made once for each socket. */
  private opening: OpeningSession | undefined;

  constructor(
    readonly visit: Visit,
    private readonly services: SessionServices,
  ) {}

  /** Undefined while its socket is lost. */
  get link(): Link | undefined {
    return this.current;
  }

  /** Sends on `link` from now on. Throws HttpError when its caller has too many sockets. */
  attach(link: Link): void {
    this.freePlace = this.visit.hold('sockets');
    this.current = link;
    this.opening = this.openingOn(link);
  }

  /** Numbers of what is open. */
  get size(): { readonly channels: number; readonly streams: number } {
    return { channels: this.channels.size, streams: this.streams.size };
  }

  /** Does what a frame asks for. Throws FrameFault without an answer where the frame may not come now. */
  receive(frame: Exclude<ClientFrame, ResumeFrame>, bytes: number): void {
    switch (frame.type) {
      case 'open':
        this.answering({ channel: frame.channel }, () => this.openChannel(frame));
        break;
      case 'close':
        this.closeChannel(frame.channel);
        break;
      case 'credit':
        this.credit(frame.id, frame.count);
        break;
      case 'cancel':
        this.cancel(frame.id);
        break;
      case 'ping':
        this.send({ type: 'pong' });
        break;
      default:
        this.openStream(frame, bytes);
    }
  }

  /** Sends the error that `error` is, as the end of what it is about. Never throws: streams call it from timers and promises. */
  refuse(about: { readonly id: number } | { readonly channel: number }, error: unknown): void {
    const { link, services } = this;
    if (link === undefined) return;
    const send = (wire: ChannelError) => {
      link.send({ type: 'error', ...about, error: wire });
      services.refused(wire.code);
    };
    let cause = error;
    try {
      const known = channelErrorOf(error, (reply) => link.form.fieldsOut(undefined, reply));
      if (known !== undefined) {
        send(known);
        return;
      }
    } catch (unwritable) {
      cause = unwritable;
    }
    services.log.warn(`a remote channel of ${this.visit.label}: ${reasonOf(cause)}`);
    send({ code: 'INTERNAL', message: 'the agent failed at this; its log says why' });
  }

  /** Ends all that does not outlive a socket. False when nothing is left that another socket could go on with. */
  lose(): boolean {
    this.current = undefined;
    this.freePlace();
    for (const [id, { stream }] of [...this.streams]) {
      if (stream?.lost) stream.lost();
      else this.drop(id);
    }
    void this.calls?.close();
    this.calls = undefined;
    return this.streams.size > 0;
  }

  /** Goes on with the streams that `frame` names, on the socket that has been attached; all others end. */
  resume({ streams, channels }: ResumeFrame): void {
    const { link } = this;
    if (link === undefined) return;
    if (channels !== undefined) this.keepChannels(new Set(channels));
    const wanted = new Map(streams.map((each) => [each.id, each]));
    const kept = [...this.streams].filter(([id, { stream }]) => wanted.has(id) && stream?.resumed !== undefined);
    const ids = new Set(kept.map(([id]) => id));
    for (const id of [...this.streams.keys()]) if (!ids.has(id)) this.drop(id);
    this.send({ type: 'resumed', channels: [...this.channels.keys()], streams: [...ids] });
    for (const [id, { stream }] of kept) {
      const { seq = 0, credit = 0 } = wanted.get(id) ?? {};
      try {
        stream?.resumed?.(link, seq, credit);
      } catch (error) {
        this.drop(id);
        this.refuse({ id }, error);
      }
    }
  }

  /** Ends everything; nobody is told. */
  end(reason: string): void {
    this.current = undefined;
    for (const id of [...this.streams.keys()]) this.drop(id);
    this.channels.clear();
    void this.calls?.close();
    this.calls = undefined;
    this.visit.leave(reason);
  }

  private send(frame: AgentFrame): void {
    this.current?.send(frame);
  }

  /** Tells the client what `work` throws; a FrameFault without an answer is thrown on. */
  private answering(about: { readonly id: number } | { readonly channel: number }, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (error instanceof FrameFault && error.answer === undefined) throw error;
      this.refuse(about, error);
    }
  }

  private openChannel({ type: _, channel: number, ...options }: OpenFrame): void {
    const { visit, services } = this;
    const limits = services.limits();
    if (this.channels.has(number)) throw new FrameFault(`open: channel ${number} is open already`);
    if (this.channels.size >= limits.channels) {
      throw new Fault('BUSY', `${limits.channels} channels are open on this socket (max-channels in remote.conf)`);
    }
    if (options.access === 'write' && visit.access === 'read') {
      throw new RefusedError('READ_ONLY', `${visit.name} may only read, and so can its channels`, {
        outcome: 'not-sent',
      });
    }
    const { replyBytes = limits.replyBytes, replyTimeoutMs = limits.replyTimeoutMs } = options;
    if (replyBytes > limits.replyBytes) {
      const text = `replyBytes is at most ${limits.replyBytes} (max-buffer in remote.conf), not ${replyBytes}`;
      throw new VppmuxError('BAD_OPTION', text);
    }
    const channel = visit.open({ ...options, replyBytes, replyTimeoutMs });
    this.channels.set(number, { channel, replyBytes, replyTimeoutMs });
    this.send({ type: 'opened', channel: number, number: channel.id });
  }

  /** Closes all other channels without telling the client, which has closed them while it had no socket. */
  private keepChannels(wanted: ReadonlySet<number>): void {
    for (const [number, own] of [...this.channels]) {
      if (wanted.has(number)) continue;
      for (const [id, { stream }] of [...this.streams]) if (stream?.channel === number) this.drop(id);
      this.channels.delete(number);
      this.visit.close(own.channel);
    }
  }

  private closeChannel(number: number): void {
    const own = this.channels.get(number);
    if (own === undefined) {
      this.send({ type: 'closed', channel: number, reason: 'it is not open' });
      return;
    }
    this.channels.delete(number);
    this.visit.close(own.channel);
    for (const { stream } of [...this.streams.values()]) {
      if (stream?.channel === number) stream.channelClosed?.(closedError(number));
    }
    this.send({ type: 'closed', channel: number, reason: 'the client closed it' });
  }

  private openStream(frame: OpeningFrame, bytes: number): void {
    const { id } = frame;
    if (this.streams.has(id)) throw new FrameFault(`${frame.type}: id ${id} is in use`);
    this.answering({ id }, () => {
      const entry = this.enter(frame, bytes);
      this.streams.set(id, entry);
      this.pendingBytes += entry.bytes;
      try {
        if (this.opening === undefined) throw new Error('a frame came without a socket');
        entry.stream = openStream(this.opening, frame, this.endOf(id, entry));
      } catch (error) {
        this.remove(id, entry);
        throw error;
      }
    });
  }

  /** Throws Fault or HttpError where there is no room for it. */
  private enter(frame: OpeningFrame, bytes: number): Entry {
    const { type } = frame;
    const most = this.services.limits().streams;
    if (this.streams.size >= most) {
      throw new Fault('BUSY', `${most} requests and streams are under way on this socket (max-ids in remote.conf)`);
    }
    const held = holdsFrame(frame) ? bytes : 0;
    if (this.pendingBytes > 0 && this.pendingBytes + held > PENDING_BYTES) {
      throw new Fault('BUSY', `requests of more than ${PENDING_BYTES} bytes wait for their answers on this socket`);
    }
    const kind = HELD[type];
    const free = kind === undefined ? () => {} : this.visit.hold(kind);
    return { stream: undefined, bytes: held, free };
  }

  private openingOn(link: Link): OpeningSession {
    const { services, visit } = this;
    return {
      ...{ services, visit, link, callTurns: this.callTurns },
      channel: (number) => {
        const own = this.channels.get(number);
        if (own === undefined) throw closedError(number);
        return own;
      },
      operations: () => {
        const { name, access } = visit;
        this.calls ??= services.operations.open({ name, access, via: 'remote' });
        return this.calls;
      },
    };
  }

  private endOf(id: number, entry: Entry): StreamEnd {
    return {
      id,
      finish: (frame) => {
        if (this.remove(id, entry)) this.answering({ id }, () => this.send(frame));
      },
      fail: (error) => {
        if (this.remove(id, entry)) this.refuse({ id }, error);
      },
    };
  }

  private credit(id: number, count: number): void {
    // One that has just ended is no fault of the client.
    const entry = this.streams.get(id);
    if (entry?.stream?.credit === undefined) return;
    try {
      entry.stream.credit(count);
    } catch (error) {
      this.drop(id);
      this.refuse({ id }, error);
    }
  }

  private cancel(id: number): void {
    if (!this.streams.has(id)) return;
    this.drop(id);
    this.send({ type: 'end', id });
  }

  private drop(id: number): void {
    const entry = this.streams.get(id);
    if (entry === undefined) return;
    this.remove(id, entry);
    entry.stream?.end();
  }

  /** False when it had ended before. */
  private remove(id: number, entry: Entry): boolean {
    if (this.streams.get(id) !== entry) return false;
    this.streams.delete(id);
    this.pendingBytes -= entry.bytes;
    entry.free();
    return true;
  }
}

/** Frames that open what its caller has a bound for; a dump takes its place itself, when its turn comes. */
const HELD: { readonly [Type in OpeningFrame['type']]?: Held } = {
  events: 'streams',
  stats: 'counters',
};

function closedError(channel: number): VppmuxError {
  return new VppmuxError('CHANNEL_CLOSED', `channel ${channel} of this socket is not open`, { outcome: 'not-sent' });
}
