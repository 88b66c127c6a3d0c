/**
 * `/status/live`: the whole status to each client when it comes and at every change. A client that does not read
 * is cut off before it costs memory, one that is dead is found by pings.
 */

import type { Log } from '../../sdk/index.js';

/** What of a WebSocket is used. */
export interface LiveClient {
  /** Bytes not yet taken by the network. */
  readonly bufferedAmount: number;
  on(event: 'pong' | 'close', listener: () => void): unknown;
  send(text: string): void;
  ping(): void;
  terminate(): void;
}

export interface LiveOptions {
  /** The status as it is now, as text. */
  readonly present: () => string;
  readonly pingMs: number;
  /** Bytes that may wait for a client. */
  readonly maxBuffer: number;
  readonly log: Log;
}

export class LiveClients {
  #options: LiveOptions;
  /** What was pushed last: a change of no visible part is none. */
  #last = '';
  /** Client → whether it has answered since the last ping. */
  readonly #clients = new Map<LiveClient, boolean>();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#schedule();
  }

  /** From now on with these; clients stay. */
  configure(options: Pick<LiveOptions, 'pingMs' | 'maxBuffer'>): void {
    this.#options = { ...this.#options, ...options };
    this.#schedule();
  }

  add(client: LiveClient): void {
    this.#clients.set(client, true);
    client.on('pong', () => this.#clients.set(client, true));
    client.on('close', () => this.#clients.delete(client));
    this.#last = this.#options.present();
    client.send(this.#last);
  }

  /** Sends the present status to all, if it is another than they have. */
  push(): void {
    if (this.#clients.size === 0) return;
    const text = this.#options.present();
    const changed = text !== this.#last;
    this.#last = text;
    for (const client of this.#clients.keys()) {
      if (client.bufferedAmount > this.#options.maxBuffer) this.#drop(client, 'does not read what it is sent');
      else if (changed) client.send(text);
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.#clients.clear();
  }

  #schedule(): void {
    clearInterval(this.#timer);
    this.#timer = setInterval(() => this.#ping(), this.#options.pingMs).unref();
  }

  #ping(): void {
    for (const [client, answered] of this.#clients) {
      if (!answered) {
        this.#drop(client, 'does not answer pings');
        continue;
      }
      this.#clients.set(client, false);
      client.ping();
    }
  }

  #drop(client: LiveClient, why: string): void {
    this.#options.log.info(`a client of /status/live ${why}; it is cut off`);
    this.#clients.delete(client);
    client.terminate();
  }
}
