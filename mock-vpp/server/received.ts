/** Messages from clients: counts since the start, and the last few bodies, decoded when asked for. */
import type { Fields, Message } from '../../src/mux/internal.js';

export interface ReceivedMessage {
  readonly name: string;
  /** Registration index of the client that sent it. */
  readonly client: number;
  /** Decoded body, `client_index` and `context` included. */
  readonly fields: Fields;
}

interface Slot {
  message: Message;
  client: number;
  bytes: Buffer;
  length: number;
}

const SLOT_BYTES = 64;

export class Received {
  private readonly counts = new Map<string, number>();
  /** A ring: slot of the n-th message is n modulo `keep`. Buffers are used again, so keeping costs a copy only. */
  private readonly slots: Slot[] = [];
  private total = 0;

  constructor(private readonly keep: number) {}

  add(message: Message, client: number, bytes: Buffer, start: number, end: number): void {
    this.counts.set(message.name, (this.counts.get(message.name) ?? 0) + 1);
    if (this.keep === 0) return;
    const index = this.total++ % this.keep;
    let slot = this.slots[index];
    if (slot === undefined) slot = this.slots[index] = { message, client, bytes: Buffer.alloc(SLOT_BYTES), length: 0 };
    const length = end - start;
    if (slot.bytes.length < length) slot.bytes = Buffer.alloc(length);
    bytes.copy(slot.bytes, 0, start, end);
    slot.message = message;
    slot.client = client;
    slot.length = length;
  }

  /** Number of messages of this name; without a name, of all. */
  count(name?: string): number {
    if (name !== undefined) return this.counts.get(name) ?? 0;
    let sum = 0;
    for (const count of this.counts.values()) sum += count;
    return sum;
  }

  /** The last messages kept, oldest first. */
  list(name?: string): ReceivedMessage[] {
    const found: ReceivedMessage[] = [];
    for (let n = Math.max(0, this.total - this.keep); n < this.total; n++) {
      const { message, client, bytes, length } = this.slots[n % this.keep];
      if (name !== undefined && message.name !== name) continue;
      found.push({ name: message.name, client, fields: message.decode(bytes.subarray(0, length)) });
    }
    return found;
  }

  clear(): void {
    this.counts.clear();
    this.slots.length = 0;
    this.total = 0;
  }
}
