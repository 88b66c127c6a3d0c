/** A client of the feed without a network, which takes messages when the test lets it. */

import type { FeedSocket } from '../../../src/plugins/dashboard/feed.js';
import { type FeedMessage, type JsonObject, patched } from '../../../src/plugins/dashboard/protocol/index.js';

export class FakeSocket implements FeedSocket {
  readonly messages: FeedMessage[] = [];
  /** States as a client knows them. */
  readonly states: Record<string, JsonObject | undefined> = {};
  closed: string | undefined;
  pings = 0;
  private readonly listeners: Record<string, ((data: { toString(): string }) => void)[]> = {};
  private taken: ((error?: Error) => void) | undefined;
  private isReading = true;

  send(text: string, taken: (error?: Error) => void): void {
    this.accept(JSON.parse(text));
    if (this.isReading) setImmediate(taken);
    else this.taken = taken;
  }

  on(event: string, listener: (data: { toString(): string }) => void): void {
    this.listeners[event] = [...(this.listeners[event] ?? []), listener];
  }

  emit(event: 'message' | 'pong' | 'close', data: unknown = ''): void {
    for (const listener of this.listeners[event] ?? []) listener({ toString: () => String(data) });
  }

  want(...topics: string[]): void {
    this.emit('message', JSON.stringify({ topics }));
  }

  /** The network takes nothing more after the next message. */
  pause(): void {
    this.isReading = false;
  }

  resume(): void {
    this.isReading = true;
    this.taken?.();
    this.taken = undefined;
  }

  ping(): void {
    this.pings += 1;
  }

  close(code: number, reason: string): void {
    this.closed = `${code} ${reason}`;
  }

  terminate(): void {
    this.closed = 'terminated';
  }

  /** Kinds of the messages about a topic: `full`, `patch`, `same`, `error`. */
  kinds(topic: string): string[] {
    return this.messages.flatMap((message) => {
      if (!('topic' in message) || message.topic !== topic) return [];
      if ('full' in message) return ['full'];
      if ('error' in message) return ['error'];
      return [message.patch === undefined ? 'same' : 'patch'];
    });
  }

  private accept(message: FeedMessage): void {
    this.messages.push(message);
    if (!('topic' in message)) return;
    if ('full' in message) this.states[message.topic] = message.full;
    else if ('error' in message) delete this.states[message.topic];
    else if (message.patch) {
      this.states[message.topic] = patched(this.states[message.topic] ?? {}, message.patch);
    }
  }
}
