/** The states of topics in the page, and which of them its views want. */

import { type FeedMessage, type JsonObject, patched } from '../../src/plugins/dashboard/protocol/index.js';
import { Value } from './value.js';

/** A topic as the page knows it. */
export interface TopicView<S = JsonObject> {
  /** Undefined until it has come, and while it cannot be read. */
  readonly state?: S;
  /** Milliseconds since 1970, by the agent's clock. */
  readonly at?: number;
  /** The reason why it cannot be read. */
  readonly error?: string;
}

const NOTHING: TopicView = {};
/** Topics that are kept, wanted or not. */
const MOST = 64;

interface Entry {
  readonly value: Value<TopicView>;
  wanted: number;
}

export class TopicStore {
  private readonly entries = new Map<string, Entry>();
  /** Called when views want other topics. */
  onWanted: () => void = () => {};

  value(name: string): Value<TopicView> {
    return this.entry(name).value;
  }

  /** Names of the topics that are wanted now. */
  get wanted(): readonly string[] {
    return [...this.entries].filter(([, { wanted }]) => wanted > 0).map(([name]) => name);
  }

  /** Wants a topic until the returned function is called; its last state is forgotten then. */
  want(name: string): () => void {
    const entry = this.entry(name);
    entry.wanted += 1;
    if (entry.wanted === 1) {
      this.forget(name);
      this.onWanted();
    }
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      entry.wanted -= 1;
      if (entry.wanted > 0) return;
      // The next view may follow the same value already.
      entry.value.set(NOTHING);
      this.onWanted();
    };
  }

  /** Forgets all states: they are of another dataplane. Views want what they wanted. */
  clear(): void {
    for (const { value } of this.entries.values()) value.set(NOTHING);
  }

  receive(message: FeedMessage): void {
    if (!('topic' in message)) return;
    const entry = this.entries.get(message.topic);
    // Nobody looks any more; its last messages were on their way.
    if (entry === undefined || entry.wanted === 0) return;
    const { at } = message;
    if ('error' in message) entry.value.set({ at, error: message.error });
    else if ('full' in message) entry.value.set({ at, state: message.full });
    else {
      const { state } = entry.value.current;
      if (state !== undefined) entry.value.set({ at, state: message.patch ? patched(state, message.patch) : state });
    }
  }

  /** Drops topics that were wanted once, when there are many of them. */
  private forget(but: string): void {
    if (this.entries.size <= MOST) return;
    for (const [name, { wanted }] of this.entries) if (wanted === 0 && name !== but) this.entries.delete(name);
  }

  private entry(name: string): Entry {
    const known = this.entries.get(name);
    if (known !== undefined) return known;
    const entry = { value: new Value(NOTHING), wanted: 0 };
    this.entries.set(name, entry);
    return entry;
  }
}
