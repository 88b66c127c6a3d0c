/**
 * Writes the details of routes. A details frame is encoded once for each list of paths; every further route
 * with these paths is a copy of it with seven fields patched. Held by the million-route test.
 */
import type { Fields, Message } from '../../../src/mux/internal.js';
import type { FibTable, Route } from '../../dataplane/routing/fib.js';
import type { PathList } from '../../dataplane/routing/paths.js';
import { findOffset, offsetOf } from '../../handlers/offsets.js';
import type { Client } from '../../wire/client.js';
import { frame, HEADER_BYTES } from '../../wire/frame.js';
import type { Outgoing } from '../../wire/outgoing.js';

export class RouteWriter {
  private readonly message: Message;
  private readonly id: number;
  private readonly at: Record<'context' | 'tableId' | 'statsIndex' | 'family' | 'address' | 'length', number>;
  /** Offset of the source; -1 in the first version of the message, which has none. */
  private readonly sourceAt: number;

  constructor({ message, id }: Outgoing) {
    const route = (path: string) => HEADER_BYTES + offsetOf(message.def, `route.${path}`);
    this.message = message;
    this.id = id;
    this.at = {
      context: HEADER_BYTES + message.def.contextOffset,
      tableId: route('table_id'),
      statsIndex: route('stats_index'),
      family: route('prefix.address.af'),
      address: route('prefix.address.un'),
      length: route('prefix.len'),
    };
    const source = findOffset(message.def, 'route.src');
    this.sourceAt = source < 0 ? -1 : HEADER_BYTES + source;
  }

  write(client: Client, table: FibTable, route: Route, context: number): void {
    const { outbox } = client;
    const { at } = this;
    const like = route.paths.frames.get(this.message) ?? this.encode(route.paths);
    outbox.reserve(like.length);
    const { bytes, pos } = outbox;
    like.copy(bytes, pos);
    bytes.writeUInt16BE(this.id, pos + HEADER_BYTES);
    bytes.writeUInt32BE(context, pos + at.context);
    bytes.writeUInt32BE(table.tableId, pos + at.tableId);
    bytes.writeUInt32BE(route.statsIndex, pos + at.statsIndex);
    bytes[pos + at.length] = route.length;
    if (this.sourceAt >= 0) bytes[pos + this.sourceAt] = route.source;
    const address = route.given ?? route.key;
    if (typeof address === 'number') bytes.writeInt32BE(address, pos + at.address);
    else {
      bytes[pos + at.family] = 1;
      bytes.write(address, pos + at.address, 16, 'latin1');
    }
    outbox.pos = pos + like.length;
    outbox.flushSoon();
    client.written(pos);
  }

  private encode(paths: PathList): Buffer {
    const route: Fields = { prefix: '0.0.0.0/0', paths: paths.paths.map((path) => path.fields) };
    const made = frame(this.message.encode({ route }));
    paths.frames.set(this.message, made);
    return made;
  }
}
