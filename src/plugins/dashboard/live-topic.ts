/** One topic while clients look at it: read once for all of them, and each message made once. */

import { reasonOf } from '../../sdk/index.js';
import { difference, type JsonObject } from './protocol/index.js';
import type { OpenTopic } from './topic.js';

export class LiveTopic {
  /** Counts the messages; 0 before the first. */
  version = 0;
  private readonly name: string;
  private readonly opened: OpenTopic;
  private readonly changed: (topic: LiveTopic) => void;
  private state: JsonObject | undefined;
  private at = 0;
  private reason = '';
  private isReading = false;
  private isClosed = false;
  /** The whole state as a message, made when a client needs it. */
  private whole: string | undefined;
  /** The change of the last version as a message; undefined where that is everything. */
  private change: string | undefined;

  /** `changed` is called for each new version. */
  constructor(name: string, opened: OpenTopic, changed: (topic: LiveTopic) => void) {
    this.name = name;
    this.opened = opened;
    this.changed = changed;
  }

  /** Reads the state. Does nothing while an earlier read has not settled. Never rejects. */
  async refresh(): Promise<void> {
    if (this.isReading) return;
    this.isReading = true;
    try {
      this.accept((await this.opened.read()) as JsonObject);
    } catch (error) {
      this.fail(reasonOf(error));
    } finally {
      this.isReading = false;
    }
    if (!this.isClosed) this.changed(this);
  }

  /** The message that brings a client from the version that it has, 0 for none, to the present one. */
  messageFrom(version: number): string {
    if (version === this.version - 1 && this.change !== undefined) return this.change;
    this.whole ??= JSON.stringify({ topic: this.name, at: this.at, ...this.present() });
    return this.whole;
  }

  close(): void {
    this.isClosed = true;
    this.opened.close?.();
  }

  private accept(now: JsonObject): void {
    const { state: before, name: topic } = this;
    this.next();
    this.state = now;
    if (before !== undefined) this.change = JSON.stringify({ topic, at: this.at, patch: difference(before, now) });
  }

  private fail(reason: string): void {
    this.next();
    this.state = undefined;
    this.reason = reason;
  }

  private next(): void {
    this.version += 1;
    this.at = Date.now();
    this.whole = undefined;
    this.change = undefined;
  }

  private present(): object {
    return this.state === undefined ? { error: this.reason } : { full: this.state };
  }
}
