/** The window of a client: a channel's, which tells when nothing of the client waits any more, so that its socket is read on. */

import { Window } from '../channel/window.js';
import type { Exchange, ExchangeState } from '../session/exchange.js';

/** Requests that may wait before the client is read no further. */
const BACKLOG = 64;
/** The same in bytes. Few large requests would use up what may wait of all channels together. */
const BACKLOG_BYTES = 1024 * 1024;

export class RelayWindow extends Window {
  private wasBacklogged = false;

  constructor(
    id: number,
    requestBuffer: number,
    isReader: boolean,
    private readonly onRoom: () => void,
  ) {
    super(id, requestBuffer, isReader);
  }

  /** True when so much waits that no more is to be read. */
  get isBacklogged(): boolean {
    this.wasBacklogged ||= this.waiting >= BACKLOG || this.queuedBytes >= BACKLOG_BYTES;
    return this.wasBacklogged;
  }

  override sendNext(): boolean {
    const hasSent = super.sendNext();
    this.check();
    return hasSent;
  }

  override settled(exchange: Exchange, before: ExchangeState): void {
    super.settled(exchange, before);
    this.check();
  }

  private check(): void {
    if (!this.wasBacklogged || this.waiting >= BACKLOG / 2 || this.queuedBytes >= BACKLOG_BYTES / 2) return;
    this.wasBacklogged = false;
    this.onRoom();
  }
}
