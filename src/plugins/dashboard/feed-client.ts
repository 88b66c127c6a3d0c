/**
 * One client of the feed. Nothing waits for it but the names of its topics: what it is sent is made when the network has taken the
 * message before, so a slow one gets fewer and newer states, and costs no memory.
 */

import { type MessageSocket, SocketWriter } from '../../sdk/index.js';
import type { LiveTopic } from './live-topic.js';

export class FeedClient {
  /** Whether it has answered since the last ping. */
  hasAnswered = true;
  /** Messages that it has sent in this interval. */
  messages = 0;
  private readonly writer: SocketWriter;
  /** Its topics, with the versions that it has. */
  private readonly topics = new Map<LiveTopic, number>();
  private readonly stale = new Set<LiveTopic>();
  private first: string | undefined;

  /** `hello` is sent first. */
  constructor(socket: MessageSocket, hello: string) {
    this.first = hello;
    this.writer = new SocketWriter(socket, () => this.next());
    this.writer.wake();
  }

  get wanted(): readonly LiveTopic[] {
    return [...this.topics.keys()];
  }

  add(topic: LiveTopic): void {
    if (this.topics.has(topic)) return;
    this.topics.set(topic, 0);
    if (topic.version > 0) this.changed(topic);
  }

  remove(topic: LiveTopic): void {
    this.topics.delete(topic);
    this.stale.delete(topic);
  }

  /** Tells that the topic has a new version. */
  changed(topic: LiveTopic): void {
    if (!this.topics.has(topic)) return;
    this.stale.add(topic);
    this.writer.wake();
  }

  close(): void {
    this.writer.close();
    this.topics.clear();
    this.stale.clear();
  }

  private next(): string | undefined {
    if (this.first !== undefined) {
      const hello = this.first;
      this.first = undefined;
      return hello;
    }
    const [topic] = this.stale;
    if (topic === undefined) return undefined;
    this.stale.delete(topic);
    const text = topic.messageFrom(this.topics.get(topic) ?? 0);
    this.topics.set(topic, topic.version);
    return text;
  }
}
