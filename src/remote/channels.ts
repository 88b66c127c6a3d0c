/** The channels of one connection, over its links. */

import type { ConnectionError } from '../mux/errors.js';
import type { RemoteChannel } from './channel.js';
import { tooMany } from './errors/failures.js';
import { errorFromWire } from './errors/from-wire.js';
import { type AgentLink, type ControlFrame, Numbers } from './link/agent-link.js';
import type { OpenedLink } from './link/open-link.js';
import type { ResumeFrame } from './protocol/index.js';

const NONE: ReadonlySet<number> = new Set();

export class Channels {
  private readonly numbers = new Numbers();
  private readonly all = new Map<number, RemoteChannel>();

  get isEmpty(): boolean {
    return this.all.size === 0;
  }

  get ids(): number[] {
    return [...this.all.keys()];
  }

  /** True while none of them waits for an answer. */
  get areIdle(): boolean {
    return this.list.every((channel) => channel.isIdle);
  }

  /** Makes one with a number of its own, and opens it at `link`, if there is one. */
  add(make: (id: number) => RemoteChannel, link: AgentLink | undefined): RemoteChannel {
    const channel = make(this.numbers.next());
    this.all.set(channel.id, channel);
    if (link) this.open(channel, link);
    return channel;
  }

  forget({ id }: RemoteChannel): void {
    this.all.delete(id);
  }

  /** The streams that are to go on at `link`. */
  resuming(link: AgentLink): ResumeFrame['streams'] {
    return this.list.flatMap((channel) => channel.resuming(link));
  }

  /** Opens them at a new link, except for those that the agent has kept. */
  up({ link, kept }: OpenedLink): void {
    const streams = new Set(kept.streams);
    for (const id of kept.channels) this.opened(id, link, streams);
    for (const channel of this.list) if (!kept.channels.includes(channel.id)) this.open(channel, link);
  }

  /** Takes a frame that is about one of them. */
  control(frame: ControlFrame, link: AgentLink): void {
    if (!('channel' in frame) || frame.channel === undefined) return;
    if (frame.type === 'opened') this.opened(frame.channel, link, NONE);
    else {
      const why = frame.type === 'error' ? errorFromWire(frame.error) : new Error(frame.reason);
      this.all.get(frame.channel)?.end(why, false);
    }
  }

  lost(cause: ConnectionError): void {
    for (const channel of this.list) channel.lost(cause);
  }

  end(error: ConnectionError): void {
    for (const channel of this.list) channel.end(error);
  }

  /** A copy: what is done with one may end others. */
  private get list(): RemoteChannel[] {
    return [...this.all.values()];
  }

  /** The agent has it: it is put to use, or closed where its user has closed it meanwhile. */
  private opened(id: number, link: AgentLink, kept: ReadonlySet<number>): void {
    const channel = this.all.get(id);
    if (channel) channel.opened(link, kept);
    else link.send({ type: 'close', channel: id });
  }

  private open(channel: RemoteChannel, link: AgentLink): void {
    const { channels: most } = link.hello.limits;
    if (this.all.size > most) channel.end(tooMany('channels', most));
    else link.send(channel.opening);
  }
}
