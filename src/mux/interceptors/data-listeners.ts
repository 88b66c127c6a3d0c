/** Listeners of one connection's data events, and the channels they listen to. */

import { VppmuxError } from '../errors.js';
import type { ChannelInfo, ChannelMessage, ConnectOptions, DataEvents, DataListener } from '../types.js';
import { ChannelGuard } from './channel-guard.js';
import { type Callback, concerns, ListenerBinding } from './listener-binding.js';

/** A channel that can be listened to. */
export interface ListenedChannel {
  readonly info: ChannelInfo;
  readonly closed: boolean;
  /** Undefined while there is nothing to guard; made and dropped by the data listeners. */
  guard: ChannelGuard | undefined;
  /** Fails those of its waiting requests and its subscriptions that are refused now. */
  recheck(): void;
}

export class DataListeners implements DataEvents {
  private readonly listeners = new Set<DataListener>();
  private readonly logged = new WeakMap<DataListener, Set<Callback>>();

  constructor(
    private readonly channels: ReadonlySet<ListenedChannel>,
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
        for (const binding of channel.guard?.remove((each) => each.listener === listener) ?? []) binding.end();
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
  opened(channel: ListenedChannel): void {
    for (const listener of [...this.listeners]) this.attach(channel, listener);
  }

  /** Called when a channel was closed, or its connection ended for good. */
  closed(channel: ListenedChannel): void {
    for (const binding of channel.guard?.remove(() => true) ?? []) binding.closed();
    dropIdle(channel);
  }

  /** Tells the listeners that hear of refusals of a message that is never sent, which no listener decides. */
  forbidden(channel: ListenedChannel, message: ChannelMessage, reason: string): void {
    for (const listener of [...this.listeners]) {
      if (!listener.refused) continue;
      // A listener whose `opened` is still running is not bound yet; do not call it twice.
      const isStranger = !concerns(listener, channel.info);
      const binding = isStranger ? this.bind(listener, channel.info) : channel.guard?.bindingOf(listener);
      binding?.refused(message, { refuse: 'FORBIDDEN_MESSAGE', text: reason });
    }
  }

  private attach(channel: ListenedChannel, listener: DataListener): void {
    if (channel.closed || !this.listeners.has(listener)) return;
    if (!concerns(listener, channel.info)) return;
    channel.guard ??= new ChannelGuard(channel.info);
    const { guard } = channel;
    const binding = this.bind(listener, guard.info);
    // Its `opened` may have closed the channel, or removed the listener.
    if (channel.closed) binding.closed();
    else if (!this.listeners.has(listener)) binding.end();
    else guard.add(binding);
    dropIdle(channel);
  }

  private bind(listener: DataListener, info: ChannelInfo): ListenerBinding {
    return new ListenerBinding(listener, info, (callback, problem) => this.complain(listener, callback, problem));
  }

  private complain(listener: DataListener, callback: Callback, problem: string): void {
    const logged = this.logged.get(listener) ?? new Set();
    if (logged.has(callback)) return;
    this.logged.set(listener, logged.add(callback));
    const whose = listener.name === undefined ? '' : ` "${listener.name}"`;
    this.log('warn', `the listener${whose} of the data events does wrong in ${callback}: it ${problem}`);
  }
}

function dropIdle(channel: ListenedChannel): void {
  if (channel.guard?.isIdle) channel.guard = undefined;
}
