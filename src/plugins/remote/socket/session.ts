/**
 * The channels of one client, and its streams by the numbers that it chose. A session begins with a WebSocket and ends with it, or
 * is lost with it for a while: then its subscriptions go on, and another WebSocket may take it over.
 */

import type { ClientFrame, OpenFrame, ResumeFrame } from '../../../remote/protocol/index.js';
import type { OperationsClient } from '../../../sdk/index.js';
import type { Visit } from '../visit.js';
import { type About, Answers } from './answers.js';
import { CallTurns } from './call-turns.js';
import type { Link } from './link.js';
import type { OpeningSession } from './open-stream.js';
import { SessionChannels } from './session-channels.js';
import type { SessionServices } from './session-services.js';
import { SessionStreams } from './session-streams.js';

export class Session {
  private readonly answers: Answers;
  private readonly channels: SessionChannels;
  private readonly streams: SessionStreams;
  private calls: OperationsClient | undefined;
  private readonly callTurns = new CallTurns();
  private freePlace = () => {};
  /** The session as streams see it; made once for each socket. */
  private opening: OpeningSession | undefined;

  constructor(
    readonly visit: Visit,
    private readonly services: SessionServices,
  ) {
    this.answers = new Answers(visit, services);
    this.channels = new SessionChannels(visit, () => services.limits());
    this.streams = new SessionStreams(visit, () => services.limits(), this.answers);
  }

  /** Undefined while its socket is lost. */
  get link(): Link | undefined {
    return this.answers.link;
  }

  /** Sends on `link` from now on. Throws HttpError when its caller has too many sockets. */
  attach(link: Link): void {
    this.freePlace = this.visit.hold('sockets');
    this.answers.link = link;
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
        this.answers.answering({ channel: frame.channel }, () => this.openChannel(frame));
        break;
      case 'close':
        this.closeChannel(frame.channel);
        break;
      case 'credit':
        this.streams.credit(frame.id, frame.count);
        break;
      case 'cancel':
        this.streams.cancel(frame.id);
        break;
      case 'ping':
        this.answers.send({ type: 'pong' });
        break;
      default:
        this.streams.open(this.opening, frame, bytes);
    }
  }

  /** Sends the error that `error` is, as the end of what it is about. Never throws. */
  refuse(about: About, error: unknown): void {
    this.answers.refuse(about, error);
  }

  /** Ends all that does not outlive a socket. False when nothing is left that another socket could go on with. */
  lose(): boolean {
    this.answers.link = undefined;
    this.freePlace();
    this.streams.lose();
    this.endCalls();
    return this.streams.size > 0;
  }

  /** Goes on with the streams that `frame` names, on the socket that has been attached; all others end. */
  resume({ streams, channels }: ResumeFrame): void {
    const { link } = this;
    if (link === undefined) return;
    if (channels !== undefined) this.keepChannels(new Set(channels));
    this.streams.resume(link, streams, (ids) => {
      this.answers.send({ type: 'resumed', channels: [...this.channels.numbers], streams: [...ids] });
    });
  }

  /** Ends everything; nobody is told. */
  end(reason: string): void {
    this.answers.link = undefined;
    this.streams.end();
    this.channels.clear();
    this.endCalls();
    this.visit.leave(reason);
  }

  private openChannel(frame: OpenFrame): void {
    const { id } = this.channels.open(frame);
    this.answers.send({ type: 'opened', channel: frame.channel, number: id });
  }

  private closeChannel(number: number): void {
    const isOpen = this.channels.close(number);
    if (isOpen) this.streams.channelClosed(number);
    this.answers.send({ type: 'closed', channel: number, reason: isOpen ? 'the client closed it' : 'it is not open' });
  }

  /** Closes all other channels without telling the client, which has closed them while it had no socket. */
  private keepChannels(wanted: ReadonlySet<number>): void {
    for (const number of this.channels.numbers) {
      if (wanted.has(number)) continue;
      this.streams.dropOf(number);
      this.channels.close(number);
    }
  }

  private endCalls(): void {
    void this.calls?.close();
    this.calls = undefined;
  }

  private openingOn(link: Link): OpeningSession {
    const { services, visit } = this;
    return {
      ...{ services, visit, link, callTurns: this.callTurns },
      channel: (number) => this.channels.get(number),
      operations: () => {
        const { name, access } = visit;
        this.calls ??= services.operations.open({ name, access, via: 'remote' });
        return this.calls;
      },
    };
  }
}
