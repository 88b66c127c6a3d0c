/**
 * `/status/live`: the whole status to each client when it comes and at every change. A client that does not read is cut off before
 * it costs memory; a dead one is found by pings.
 */

import { type Log, type MessageSocket, SocketWriter } from '../../sdk/index.js';

/** The part of a WebSocket that is used. */
export interface LiveSocket extends MessageSocket {
  on(event: 'pong' | 'close', listener: () => void): unknown;
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
  private options: LiveOptions;
  /** The status that was pushed last: a change of no visible part is none. */
  private last = '';
  private readonly clients = new Set<LiveClient>();
  private timer: NodeJS.Timeout | undefined;

  constructor(options: LiveOptions) {
    this.options = options;
    this.schedule();
  }

  /** Applies other limits to all clients. */
  configure(options: Pick<LiveOptions, 'pingMs' | 'maxBuffer'>): void {
    this.options = { ...this.options, ...options };
    this.schedule();
  }

  add(socket: LiveSocket): void {
    const client = new LiveClient(socket);
    this.clients.add(client);
    socket.on('pong', () => {
      client.hasAnswered = true;
    });
    socket.on('close', () => this.remove(client));
    this.last = this.options.present();
    client.send(this.last);
  }

  /** Sends the present status to all clients, if it differs from the last one. */
  push(): void {
    if (this.clients.size === 0) return;
    const text = this.options.present();
    const changed = text !== this.last;
    this.last = text;
    for (const client of this.clients) {
      if (client.unread > this.options.maxBuffer) this.drop(client, 'does not read what it is sent');
      else if (changed) client.send(text);
    }
  }

  /** Ends all clients. Their sockets are closed by somebody else: the last status reaches them before. */
  close(): void {
    clearInterval(this.timer);
    for (const client of this.clients) {
      client.flush();
      this.remove(client);
    }
  }

  private schedule(): void {
    clearInterval(this.timer);
    this.timer = setInterval(() => this.ping(), this.options.pingMs).unref();
  }

  private ping(): void {
    for (const client of this.clients) {
      if (!client.hasAnswered) {
        this.drop(client, 'does not answer pings');
        continue;
      }
      client.hasAnswered = false;
      client.socket.ping();
    }
  }

  private drop(client: LiveClient, why: string): void {
    this.options.log.info(`a client of /status/live ${why}; it is cut off`);
    this.remove(client);
    client.socket.terminate();
  }

  private remove(client: LiveClient): void {
    client.close();
    this.clients.delete(client);
  }
}

/** One client: its messages wait, in order, until the network has taken those before. */
class LiveClient {
  private readonly writer: SocketWriter;
  private readonly waiting: string[] = [];
  /** Bytes that the network has not taken yet. */
  unread = 0;
  /** Whether it has answered since the last ping. */
  hasAnswered = true;

  constructor(readonly socket: LiveSocket) {
    let underWay = 0;
    this.writer = new SocketWriter(socket, () => {
      this.unread -= underWay;
      const text = this.waiting.shift();
      underWay = Buffer.byteLength(text ?? '');
      return text;
    });
  }

  send(text: string): void {
    this.waiting.push(text);
    this.unread += Buffer.byteLength(text);
    this.writer.wake();
  }

  /** Sends the messages that wait, without waiting for the network. */
  flush(): void {
    for (const text of this.waiting) this.socket.send(text, () => {});
  }

  /** Discards the messages that wait. */
  close(): void {
    this.writer.close();
    this.waiting.length = 0;
  }
}
