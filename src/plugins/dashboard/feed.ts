/** The feed: clients, the topics that they look at, and the clock that moves them. While nobody looks, nothing is read. */

import type { HttpCaller, Log, MessageSocket } from '../../sdk/index.js';
import { FeedClient } from './feed-client.js';
import { LiveTopic } from './live-topic.js';
import { FEED_CLOSE, type Hello, MOST_TOPICS } from './protocol/index.js';
import type { TopicSource } from './topic.js';

/** The part of a WebSocket that is used. */
export interface FeedSocket extends MessageSocket {
  on(event: 'pong' | 'close', listener: () => void): unknown;
  on(event: 'message', listener: (data: { toString(): string }) => void): unknown;
  ping(): void;
  close(code: number, reason: string): void;
  terminate(): void;
}

export interface FeedLimits {
  readonly intervalMs: number;
  readonly maxClients: number;
}

interface FeedOptions {
  /** By name. `state` is sent to everybody. */
  readonly topics: ReadonlyMap<string, TopicSource>;
  readonly limits: FeedLimits;
  readonly version: string;
  readonly log: Pick<Log, 'info'>;
}

const ALWAYS = 'state';
/** Intervals between two pings. */
const PING_EACH = 10;
/** Messages of one client in an interval. */
const MOST_MESSAGES = 50;

export class Feed {
  private readonly options: FeedOptions;
  private limits: FeedLimits;
  private readonly clients = new Map<FeedClient, FeedSocket>();
  private readonly live = new Map<string, LiveTopic>();
  private timer: NodeJS.Timeout | undefined;
  private ticks = 0;

  constructor(options: FeedOptions) {
    this.options = options;
    this.limits = options.limits;
  }

  /** Numbers of clients and of topics that are read for them. */
  get size(): { readonly clients: number; readonly topics: number } {
    return { clients: this.clients.size, topics: this.live.size };
  }

  /** Applies other limits; clients that are there stay. */
  configure(limits: FeedLimits): void {
    this.limits = limits;
    if (this.timer !== undefined) this.schedule();
  }

  add(socket: FeedSocket, { name, access }: Pick<HttpCaller, 'name' | 'access'>): void {
    const { maxClients, intervalMs } = this.limits;
    if (this.clients.size >= maxClients) {
      socket.close(FEED_CLOSE.TOO_MANY, `${maxClients} others are looking already (max-clients in dashboard.conf)`);
      return;
    }
    const hello: Hello = { hello: { version: this.options.version, access, caller: name, intervalMs } };
    const client = new FeedClient(socket, JSON.stringify(hello));
    this.clients.set(client, socket);
    socket.on('pong', () => {
      client.hasAnswered = true;
    });
    socket.on('close', () => this.remove(client));
    socket.on('message', (data) => this.receive(client, String(data)));
    this.subscribe(client, []);
    if (this.timer === undefined) this.schedule();
  }

  /** Ends all clients; their sockets are closed by somebody else. */
  close(): void {
    for (const client of this.clients.keys()) this.remove(client);
  }

  /** Reads everything that somebody looks at; resolves when all is read. */
  async tick(): Promise<void> {
    this.ticks += 1;
    if (this.ticks % PING_EACH === 0) this.ping();
    for (const client of this.clients.keys()) client.messages = 0;
    await Promise.all([...this.live.values()].map((topic) => topic.refresh()));
  }

  private schedule(): void {
    clearInterval(this.timer);
    this.timer = setInterval(() => void this.tick(), this.limits.intervalMs).unref();
  }

  private receive(client: FeedClient, text: string): void {
    if (!this.clients.has(client)) return; // cut off: what it sent meanwhile still comes in
    client.messages += 1;
    const topics = client.messages > MOST_MESSAGES ? undefined : topicsOf(text);
    if (topics !== undefined) {
      this.subscribe(client, topics);
      return;
    }
    this.clients.get(client)?.close(FEED_CLOSE.BAD_MESSAGE, `a message is { "topics": […] }, ${MOST_TOPICS} at most`);
    this.remove(client);
  }

  private subscribe(client: FeedClient, names: readonly string[]): void {
    const wanted = new Set([ALWAYS, ...names].map((name) => this.open(name)));
    const dropped = client.wanted.filter((topic) => !wanted.has(topic));
    for (const topic of dropped) client.remove(topic);
    for (const topic of wanted) client.add(topic);
    this.closeUnwanted();
  }

  /** The live topic of this name, begun if nobody looks at it yet. One that is not known is live as well: with its error. */
  private open(name: string): LiveTopic {
    const known = this.live.get(name);
    if (known !== undefined) return known;
    const changed = (topic: LiveTopic) => {
      for (const client of this.clients.keys()) client.changed(topic);
    };
    const topic = new LiveTopic(name, this.opened(name), changed);
    this.live.set(name, topic);
    void topic.refresh();
    return topic;
  }

  private opened(name: string) {
    const [kind, ...rest] = name.split(':');
    try {
      const source = this.options.topics.get(kind);
      if (source === undefined) throw new Error(`there is no topic ${kind}`);
      return source(rest.join(':'));
    } catch (error) {
      return { read: () => Promise.reject(error) };
    }
  }

  private closeUnwanted(): void {
    const wanted = new Set([...this.clients.keys()].flatMap((client) => client.wanted));
    for (const [name, topic] of this.live) {
      if (wanted.has(topic)) continue;
      this.live.delete(name);
      topic.close();
    }
  }

  private ping(): void {
    for (const [client, socket] of this.clients) {
      if (client.hasAnswered) {
        client.hasAnswered = false;
        socket.ping();
        continue;
      }
      this.options.log.info('a client of the dashboard does not answer pings; it is cut off');
      this.remove(client);
      socket.terminate();
    }
  }

  private remove(client: FeedClient): void {
    client.close();
    this.clients.delete(client);
    this.closeUnwanted();
    if (this.clients.size > 0) return;
    clearInterval(this.timer);
    this.timer = undefined;
  }
}

/** The topics of a client's message; undefined where it is none. */
function topicsOf(text: string): readonly string[] | undefined {
  try {
    const { topics } = JSON.parse(text) as { topics?: unknown };
    if (!Array.isArray(topics) || topics.length > MOST_TOPICS) return undefined;
    return topics.every((each) => typeof each === 'string' && each.length <= 200) ? topics : undefined;
  } catch {
    return undefined;
  }
}
