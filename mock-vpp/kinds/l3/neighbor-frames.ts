/**
 * Writes the details of neighbours. The frame of each is encoded when it is dumped first, and kept until the neighbour changes;
 * from then on it is a copy with id, context and age patched. Held by the dump of 100,000 neighbours.
 */
import type { Message } from '../../../src/mux/internal.js';
import { type Neighbor, neighborFields, now } from '../../dataplane/l3/neighbors.js';
import { offsetOf } from '../../handlers/offsets.js';
import type { Client } from '../../wire/client.js';
import { frame, HEADER_BYTES } from '../../wire/frame.js';
import type { Outgoing } from '../../wire/outgoing.js';

export class NeighborWriter {
  private readonly message: Message;
  private readonly id: number;
  private readonly contextAt: number;
  private readonly ageAt: number;
  /** Seconds; the same for all of one dump. */
  private readonly at = now();

  constructor({ message, id }: Outgoing) {
    this.message = message;
    this.id = id;
    this.contextAt = HEADER_BYTES + message.def.contextOffset;
    this.ageAt = HEADER_BYTES + offsetOf(message.def, 'age');
  }

  write(client: Client, neighbor: Neighbor, context: number): void {
    const { outbox } = client;
    neighbor.frame ??= frame(this.message.encode({ neighbor: neighborFields(neighbor) }));
    const like = neighbor.frame;
    outbox.reserve(like.length);
    const { bytes, pos } = outbox;
    bytes.set(like, pos);
    bytes.writeUInt16BE(this.id, pos + HEADER_BYTES);
    bytes.writeUInt32BE(context, pos + this.contextAt);
    bytes.writeDoubleLE(Math.max(0, this.at - neighbor.updatedAt), pos + this.ageAt);
    outbox.pos = pos + like.length;
    outbox.flushSoon();
    client.written(pos);
  }
}
