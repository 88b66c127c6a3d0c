/**
 * One request or one WebSocket of a caller, from its arrival to its end. What it opens, it opens here: whichever way it ends, its
 * channels are closed, its places are free, and its signal is aborted, which gives up its requests.
 */

import type { Dump, Untyped } from '../../mux/index.js';
import type { Access, Channel } from '../../sdk/index.js';
import { type Caller, type Held, type OwnChannelOptions, tooMany } from './caller.js';

export class Visit {
  private readonly leaving = new AbortController();
  private readonly ends = new Set<() => void>();
  private common: Channel<Untyped> | undefined;
  /** Its own channels, each with what closes it. */
  private readonly channels = new Map<Channel<Untyped>, () => void>();

  constructor(
    /** The token and address that it came from: its shares are those of all visits of this caller. */
    readonly caller: Caller,
    private readonly left: () => void,
  ) {
    caller.visits += 1;
  }

  /** Name of its token, or `loopback`. */
  get name(): string {
    return this.caller.name;
  }

  /** Name and address, for people. */
  get label(): string {
    return this.caller.label;
  }

  get access(): Access {
    return this.caller.access;
  }

  /** Aborted when it leaves. */
  get signal(): AbortSignal {
    return this.leaving.signal;
  }

  /** Counts one call and the bytes of it. Throws HttpError RATE_LIMITED when the caller is over its share; that call does not count. */
  call(bytes = 0): void {
    const wait = this.caller.spend(0) || this.caller.takeCall();
    if (wait > 0) {
      const keys = 'calls-per-second, bytes-per-second in remote.conf';
      throw tooMany(`${this.label} is over its share (${keys}); go on in ${wait} ms`, wait);
    }
    this.caller.spend(bytes);
  }

  /** Counts calls, and gives the milliseconds until the next one may come: for ways that can hold a caller back. */
  calls(count: number): number {
    return this.caller.spendCalls(count);
  }

  /** Counts bytes sent or received, and gives the milliseconds until the next ones may go. */
  spend(bytes: number): number {
    return this.caller.spend(bytes);
  }

  /** Takes a place for a dump or a stream, until the function given back is called or the visit ends. Throws HttpError RATE_LIMITED. */
  hold(kind: Held): () => void {
    return this.until(this.caller.hold(kind));
  }

  /** Calls `begin` when the caller may have one more dump, in order, until the function given back is called. */
  dumpInTurn(begin: () => void): () => void {
    return this.until(this.caller.dumpInTurn(begin));
  }

  /** Counts what waits of a dump towards the caller's share, with what `waiting` gives besides, until the function given back is called. */
  share(dump: Dump, waiting?: () => number): () => void {
    return this.until(this.caller.share(dump, waiting));
  }

  /** Reserves bytes for events that wait for a reader, `most` at most, until the visit ends or `free` is called. */
  reserve(most: number): { readonly bytes: number; readonly free: () => void } {
    const { bytes, free } = this.caller.reserve(most);
    return { bytes, free: this.until(free) };
  }

  /** Counts a change of what a WebSocket has sent and the network has not taken. True while the caller has too much of that. */
  unsent(change: number): boolean {
    return this.caller.unsent(change);
  }

  /** The channel that all HTTP requests of the caller share. */
  get shared(): Channel<Untyped> {
    if (this.common === undefined) {
      this.common = this.caller.enterCommon();
      this.until(() => this.caller.leaveCommon());
    }
    return this.common;
  }

  /** Opens a channel of its own, which `close` may end before the visit does. Throws VppmuxError. */
  open(options: OwnChannelOptions): Channel<Untyped> {
    const channel = this.caller.open({ ...options, name: nameOf(options.name, this.label) });
    this.channels.set(
      channel,
      this.until(() => {
        this.channels.delete(channel);
        channel.close();
      }),
    );
    return channel;
  }

  /** Closes a channel that it has opened, and forgets it. */
  close(channel: Channel<Untyped>): void {
    this.channels.get(channel)?.();
  }

  /** Has `end` called when the visit ends, or earlier by the function given back; once. */
  until(end: () => void): () => void {
    const once = () => {
      if (this.ends.delete(once)) end();
    };
    this.ends.add(once);
    if (this.signal.aborted) once();
    return once;
  }

  /** Ends everything; `reason` is the cause of what fails by that. Nothing happens the second time. */
  leave(reason = `${this.label} has left`): void {
    if (this.signal.aborted) return;
    this.leaving.abort(new Error(reason));
    for (const end of [...this.ends]) end();
    this.caller.visits -= 1;
    this.left();
  }
}

const nameOf = (name: string | undefined, label: string) => (name === undefined ? label : `${name} (${label})`);
