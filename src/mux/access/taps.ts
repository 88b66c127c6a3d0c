/** Listeners of one connection's data events, and the channels they listen to. */

import { VppmuxError } from '../errors.js';
import type { ChannelMessage, ChannelSession, ConnectOptions, DataEvents, DataListener } from '../types.js';
import { type Callback, concerns, Ear } from './ear.js';
import { Guard } from './guard.js';

/** A channel that can be listened to. */
export interface Tapped {
  readonly info: ChannelSession;
  readonly closed: boolean;
  /** Undefined while there is nothing to guard; made and dropped by the data listeners. */
  guard: Guard | undefined;
  /** Fails those of its waiting requests and its subscriptions that are refused now. */
  recheck(): void;
}

export class Taps implements DataEvents {
  private readonly listeners = new Set<DataListener>();
  private readonly told = new WeakMap<DataListener, Set<Callback>>();

  constructor(
    private readonly channels: ReadonlySet<Tapped>,
    private readonly log: NonNullable<ConnectOptions['log']>,
  ) {}

  listen<A>(heard: DataListener<A>): () => void {
    // Each attachment goes back to the listener that made it, so its type does not matter here.
    const listener = heard as DataListener;
    if (this.listeners.has(listener))
      throw new VppmuxError('BAD_OPTION', 'this listener of the data events listens already');
    this.listeners.add(listener);
    for (const channel of [...this.channels]) this.attach(channel, listener);
    return () => {
      if (!this.listeners.delete(listener)) return;
      for (const channel of this.channels) {
        for (const ear of channel.guard?.remove((each) => each.listener === listener) ?? []) ear.end();
        dropIdle(channel);
      }
    };
  }

  decideAgain<A>(listener: DataListener<A>): void {
    for (const { guard } of this.channels) guard?.decideAgain(listener);
    for (const channel of [...this.channels]) channel.recheck();
  }

  /** Called at a new session: another VPP, or another run of it, may define the same names otherwise. */
  onSession(): void {
    for (const { guard } of this.channels) guard?.decideAgain();
  }

  /** Called when a channel was opened. */
  opened(channel: Tapped): void {
    for (const listener of [...this.listeners]) this.attach(channel, listener);
  }

  /** Called when a channel was closed, or its connection ended for good. */
  closed(channel: Tapped): void {
    for (const ear of channel.guard?.remove(() => true) ?? []) ear.closed();
    dropIdle(channel);
  }

  /** Tells the listeners that hear of refusals of a message that is never sent, which no listener decides. */
  forbidden(channel: Tapped, message: ChannelMessage, reason: string): void {
    for (const listener of [...this.listeners]) {
      if (!listener.refused) continue;
      // A listener whose `opened` is still running is not bound yet; do not call it twice.
      const isStranger = !concerns(listener, channel.info);
      const ear = isStranger ? this.earFor(listener, channel.info) : channel.guard?.earOf(listener);
      ear?.refused(message, { refuse: 'FORBIDDEN_MESSAGE', text: reason });
    }
  }

  private attach(channel: Tapped, listener: DataListener): void {
    if (channel.closed || !this.listeners.has(listener)) return;
    if (!concerns(listener, channel.info)) return;
    channel.guard ??= new Guard(channel.info);
    const { guard } = channel;
    const ear = this.earFor(listener, guard.session);
    // Its `opened` may have closed the channel, or removed the listener.
    if (channel.closed) ear.closed();
    else if (!this.listeners.has(listener)) ear.end();
    else guard.add(ear);
    dropIdle(channel);
  }

  private earFor(listener: DataListener, session: ChannelSession): Ear {
    return new Ear(listener, session, (callback, problem) => this.complain(listener, callback, problem));
  }

  private complain(listener: DataListener, callback: Callback, problem: string): void {
    const told = this.told.get(listener) ?? new Set();
    if (told.has(callback)) return;
    this.told.set(listener, told.add(callback));
    const whose = listener.name === undefined ? '' : ` "${listener.name}"`;
    this.log('warn', `the listener${whose} of the data events does wrong in ${callback}: it ${problem}`);
  }
}

function dropIdle(channel: Tapped): void {
  if (channel.guard?.isIdle) channel.guard = undefined;
}
